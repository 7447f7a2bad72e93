import Domain
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("2026-02-22T09:30:00Z", 1_771_752_600_000_000),
            ("2026-02-22T09:30:00.5Z", 1_771_752_600_500_000),
            ("2026-02-22 09:30:00.123456", 1_771_752_600_123_456),
            ("2026-02-22T11:30:00.000001+02:00", 1_771_752_600_000_001),
            ("2026-02-22T04:00:00-0530", 1_771_752_600_000_000),
            ("2026-02-22T11:30+02", 1_771_752_600_000_000),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)])
    func readsTheProfile(text: String, microseconds: Int64) throws {
        #expect(try Timestamp(iso8601: text) == Timestamp(microseconds: microseconds))
    }

    @Test(arguments: [
        "", "2026-02-22", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-22T24:00:00Z", "2026-02-22T09:60:00Z",
        "2026-02-22T09:30:60Z", "2026-02-22T09:30:00.Z", "2026-02-22T09:30:00Zjunk", " 2026-02-22T09:30:00Z", "1771752600",
        "2026-02-22T09:30:00+25:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "2026-2-2T09:30:00Z", "3h",
    ])
    func refusesWhatIsNoMoment(text: String) {
        #expect(throws: Timestamp.ParseFailure.malformed) { try Timestamp(iso8601: text) }
    }

    @Test func refusesASeventhDigitInsteadOfCuttingIt() {
        #expect(throws: Timestamp.ParseFailure.tooPrecise) { try Timestamp(iso8601: "2026-02-22T09:30:00.1234567Z") }
    }

    @Test func everyMicrosecondSurvivesWritingAndReading() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let moment = Timestamp(
                microseconds: .random(in: Timestamp.earliest.microseconds...Timestamp.latest.microseconds, using: &random))
            #expect(try Timestamp(iso8601: moment.iso8601) == moment)
            #expect(moment.iso8601.utf8.count == 27)
        }
    }

    @Test(arguments: ["1234560", "12345600", "123456000", "1234567", "123456001", "12345601", "1234560000", "000000000", "0000000000"])
    func moreThanSixFractionDigitsHaveToBeZeros(_ digits: String) throws {
        let text = "2026-02-22T09:30:00.\(digits)+02:00"
        if digits.count <= 9, digits.dropFirst(6).allSatisfy({ $0 == "0" }) {
            #expect(try Timestamp(iso8601: text) == Timestamp(iso8601: "2026-02-22T09:30:00.\(digits.prefix(6))+02:00"))
        } else {
            #expect(throws: Timestamp.ParseFailure.tooPrecise) { try Timestamp(iso8601: text) }
        }
    }

    @Test func theTimeOfPostingComesFromTheID() {
        #expect(StatusID.postedAt("2025000000000000000")?.iso8601 == "2026-02-21T00:09:57.337000Z")
        #expect(StatusID.postedAt("20") == nil)
        #expect(StatusID.postedAt("not a number") == nil)
        #expect(StatusID.postedAt("99999999999999999999") == nil)
    }
}
