import Domain
import JSON
import Testing

/// What a rule has made of a value is what it makes of that again: a stored value can be sent, filtered by and imported anew.
@Suite struct RepeatedRuleTests {
    @Test(arguments: [
        ("@@quux", "quux"), ("@ quux2", "quux2"), (" @\u{3000}@ x ", "x"), ("＠quux", "quux"), ("@＠\u{85}@x\u{2028}", "x"), ("a@b@", "a@b@"),
        ("@İx", "i̇x"), ("ẞ", "ß"), ("ΑΣ", "ασ"), ("\u{212A}", "k"), ("@\u{301}x", "\u{301}x"), (" \u{301}x", "\u{301}x"),
        ("\u{200B}x", "\u{200B}x"),
    ])
    func everythingBeforeAHandleGoes(text: String, expected: String) {
        #expect(HandleRule.normalise(text)?.utf8.elementsEqual(expected.utf8) == true)
    }

    @Test(arguments: ["@@", "@ @", "＠", " ＠ ", "\u{A0}@\u{2003}"])
    func aHandleOfNothingButSignsIsNone(text: String) {
        #expect(HandleRule.normalise(text) == nil)
    }

    /// Every letter that has a lower-case form, every space, and random mixtures of them with what stands around handles.
    @Test func aHandleIsItsOwnStoredForm() {
        var random = SystemRandomNumberGenerator()
        let scalars = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter {
            $0.properties.changesWhenLowercased || $0.properties.isWhitespace || $0.properties.canonicalCombiningClass != .notReordered
        }
        let around: [Unicode.Scalar] = [
            "@", "\u{FF20}", " ", "\t", "\u{3000}", "\u{85}", "\u{301}", "\u{130}", "\u{1E9E}", "\u{3A3}", "x", "\u{FE6B}",
        ]
        #expect(scalars.count > 2_000)
        for scalar in scalars {
            for text in ["\(scalar)", "@\(scalar)x\(scalar)", "a\(scalar)@"] { expectStable(text) }
        }
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                if let scalar = (Bool.random(using: &random) ? around : scalars).randomElement(using: &random) { text.append(scalar) }
            }
            expectStable(String(text))
        }
    }

    private func expectStable(_ text: String) {
        guard let handle = HandleRule.normalise(text) else { return }
        let isSame = HandleRule.normalise(handle)?.utf8.elementsEqual(handle.utf8) == true
        let beginsWell = handle.unicodeScalars.first.map { $0 != "@" && $0 != "\u{FF20}" && !$0.properties.isWhitespace } == true
        let endsWell = handle.unicodeScalars.last?.properties.isWhitespace == false
        if !isSame || !beginsWell || !endsWell || handle.utf8.contains(where: { (0x41...0x5A).contains($0) }) {
            Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) }) became \(handle)")
        }
    }

    @Test func tiersAndModesAreTheirOwnStoredForm() {
        for tier in WatchTier.allCases { #expect(TierRule.parse(tier.rawValue) == .tier(tier)) }
        for mode in RunMode.allCases { #expect(RunModeRule.parse(mode.rawValue) == mode) }
        for word in ["1", "yes", "T", "0", "No", "f"] {
            let value = BooleanRule.parse(word)
            #expect(value != nil && BooleanRule.parse("\(value ?? false)") == value)
        }
    }

    @Test func numbersAreReadAsTheyAreWritten() {
        var random = SystemRandomNumberGenerator()
        for number in [0, 1, -1, .min, .max] + (0..<1_000).map({ _ in Int64.random(in: .min ... .max, using: &random) }) {
            #expect(IntegerRule.parse("\(number)".utf8) == number)
        }
    }

    @Test func aVectorThatWasWrittenAgainIsTheSame() throws {
        let vector = try JSONReader.read("[1, -2.5e-3, 0.1000, 1E+2, -0]")
        var writer = JSONWriter()
        writer.value(vector)
        let again = try JSONReader.read(writer.bytes)
        #expect(again == vector && VectorRule.dimensions(again) == VectorRule.dimensions(vector))
    }
}
