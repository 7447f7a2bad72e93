import Domain
import Testing

@Suite struct ChangePlaceTests {
    @Test(arguments: ["1-0", "17-42", "9223372036854775807-999", "3-1000"])
    func aPlaceIsReadAsItWasWritten(text: String) {
        #expect(ChangePlace(text)?.description == text)
    }

    @Test(arguments: [
        "", "-", "1", "1-", "-1", "0-0", "1--1", "+1-0", "1-+0", "01-0", "1-00", "1-0-0", " 1-0", "1-0 ", "1_0", "a-b", "1-0x", "１-0",
        "9223372036854775808-0", "now", "1.0-0",
    ])
    func anythingElseIsNone(text: String) {
        #expect(ChangePlace(text) == nil)
    }

    @Test func placesAreInTheOrderOfTheirNumbers() {
        #expect(ChangePlace(position: 2, offset: 999) < ChangePlace(position: 10, offset: 0))
        #expect(ChangePlace(position: 2, offset: 9) < ChangePlace(position: 2, offset: 10))
    }
}
