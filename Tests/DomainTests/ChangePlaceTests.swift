import Domain
import Testing

@Suite struct ChangePlaceTests {
    @Test(arguments: ["1-0", "17-42", "9223372036854775807-999", "3-1000", "17-42-0", "2-0-2147483647"])
    func aPlaceIsReadAsItWasWritten(text: String) {
        #expect(ChangePlace(text)?.description == text)
    }

    @Test(arguments: [
        "", "-", "1", "1-", "-1", "0-0", "1--1", "+1-0", "1-+0", "01-0", "1-00", " 1-0", "1-0 ", "1_0", "a-b", "1-0x", "１-0",
        "9223372036854775808-0", "now", "1.0-0", "1-0-", "1-0--1", "1-0-01", "1-0-1-1", "1-0~",
    ])
    func anythingElseIsNone(text: String) {
        #expect(ChangePlace(text) == nil)
    }

    @Test(arguments: [
        "1-0", "17-42-7", "17-42-7~", "17-0~post~31", "17-0-7~post~c3a9", "17-0-7~report~32303235",
        "17-0-7~metrics~31~latest_observed~1771752600000000", "17-0-7~metrics~31~initial_capture~-5",
    ])
    func aCursorIsReadAsItWasWritten(text: String) {
        #expect(ChangeCursor(text)?.description == text)
    }

    @Test(arguments: [
        "", "~", "~post~31", "17-0~~", "17-0~post", "17-0~post~", "17-0~post~3", "17-0~post~3G", "17-0~post~C3A9", "17-0~post~c3",
        "17-0~post~00", "17-0~post~31~", "17-0~embedding~31", "17-0~report~31~latest_observed~5", "17-0~metrics~31",
        "17-0~metrics~31~later~5",
        "17-0~metrics~31~latest_observed~+5", "17-0~metrics~31~latest_observed~999999999999999999", "17-0~post~+131", "17-0~post~-1",
    ])
    func anythingElseIsNoCursor(text: String) {
        #expect(ChangeCursor(text) == nil)
    }

    @Test func aKeyIsAsLongAsPostgresCanHaveIt() {
        let long = "17-0~post~" + String(repeating: "31", count: 2_704)
        #expect(ChangeCursor(long) != nil && ChangeCursor(long + "31") == nil)
    }

    @Test func placesAreInTheOrderOfTheirNumbers() {
        #expect(ChangePlace(position: 2, offset: 999) < ChangePlace(position: 10, offset: 0))
        #expect(ChangePlace(position: 2, offset: 9) < ChangePlace(position: 2, offset: 10))
    }
}
