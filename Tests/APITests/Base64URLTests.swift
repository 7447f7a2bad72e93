import Foundation
import Testing

@testable import API

@Suite struct Base64URLTests {
    @Test func bytesComeBackFromCharactersThatNeedNoEscape() {
        for length in 0..<70 {
            for seed in 0..<20 {
                let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ seed &* 131 &+ ($0 * $0) / 3) }
                let text = Base64URL.encode(bytes)
                #expect(
                    text.utf8.allSatisfy {
                        Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber || $0 == 45 || $0 == 95
                    })
                #expect(Base64URL.decode(text).map(Array.init) == bytes)
            }
        }
        #expect(Base64URL.encode([0xfb, 0xff, 0xfe]) == "-__-")
    }

    @Test(arguments: ["!", "a", "ab$d", "é", "abcde", "ab cd"]) func otherTextIsRefused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
