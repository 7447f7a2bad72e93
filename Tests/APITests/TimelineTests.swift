import Domain
import JSON
import Synchronization
import Testing

@Suite struct TimelineTests {
    private let server: TestServer

    init() throws { server = try TestServer() }

    private struct Bucket: Equatable {
        var start: String
        var label: String
    }

    /// The buckets of the answer; each has to end where the next one begins.
    private func buckets(_ query: String) async throws -> [Bucket] {
        let answer = try await server.get("/v1/stats/timeline?\(query)")
        #expect(answer.status == 200, "\(answer.body)")
        guard case .array(let items)? = try answer.json["buckets"] else { return [] }
        var end: JSONValue?
        return items.compactMap { item in
            guard case .object(let bucket) = item, case .string(let start)? = bucket["start"],
                case .string(let label)? = bucket["local_start"]
            else { return nil }
            if let end { #expect(bucket["start"] == end) }
            end = bucket["end"]
            return Bucket(start: start.replacing(":00.000000Z", with: "Z"), label: label)
        }
    }

    @Test func anHourThatComesTwiceIsTwoBuckets() async throws {
        let found = try await buckets("bucket=hour&tz=Europe/Berlin&since=2026-10-25T01:30:00%2B02:00&until=2026-10-25T03:00:00%2B01:00")
        #expect(
            found == [
                Bucket(start: "2026-10-24T23:00Z", label: "2026-10-25T01:00:00+02:00"),
                Bucket(start: "2026-10-25T00:00Z", label: "2026-10-25T02:00:00+02:00"),
                Bucket(start: "2026-10-25T01:00Z", label: "2026-10-25T02:00:00+01:00"),
                Bucket(start: "2026-10-25T02:00Z", label: "2026-10-25T03:00:00+01:00"),
            ])
    }

    @Test func anHourThatIsLeftOutIsNoBucket() async throws {
        let found = try await buckets("bucket=hour&tz=America/New_York&since=2026-03-08T06:00:00Z&until=2026-03-08T07:00:00Z")
        #expect(
            found == [
                Bucket(start: "2026-03-08T06:00Z", label: "2026-03-08T01:00:00-05:00"),
                Bucket(start: "2026-03-08T07:00Z", label: "2026-03-08T03:00:00-04:00"),
            ])
    }

    /// Lord Howe Island changes its clocks by half an hour.
    @Test func halfAnHourIsABucketWhereClocksAreChangedByAsMuch() async throws {
        #expect(
            try await buckets("bucket=hour&tz=Australia/Lord_Howe&since=2026-04-04T14:10:00Z&until=2026-04-04T15:30:00Z") == [
                Bucket(start: "2026-04-04T14:00Z", label: "2026-04-05T01:00:00+11:00"),
                Bucket(start: "2026-04-04T15:00Z", label: "2026-04-05T01:30:00+10:30"),
                Bucket(start: "2026-04-04T15:30Z", label: "2026-04-05T02:00:00+10:30"),
            ])
        #expect(
            try await buckets("bucket=hour&tz=Australia/Lord_Howe&since=2026-10-03T15:40:00Z&until=2026-10-03T16:00:00Z") == [
                Bucket(start: "2026-10-03T15:30Z", label: "2026-10-04T02:30:00+11:00"),
                Bucket(start: "2026-10-03T16:00Z", label: "2026-10-04T03:00:00+11:00"),
            ])
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29", ["2026-03-28T23:00Z"]), ("Europe/Berlin", "2026-10-25", ["2026-10-24T22:00Z"]),
        ("Asia/Kathmandu", "2026-02-22", ["2026-02-21T18:15Z"]), ("Asia/Kolkata", "2026-02-22", ["2026-02-21T18:30Z"]),
        // Clocks were set forward from midnight to one, and back from midnight to eleven, and from one to midnight.
        ("America/Sao_Paulo", "2018-11-04", ["2018-11-04T03:00Z"]), ("America/Sao_Paulo", "2018-02-18", ["2018-02-18T03:00Z"]),
        ("America/Havana", "2026-03-08", ["2026-03-08T05:00Z"]), ("America/Havana", "2026-11-01", ["2026-11-01T04:00Z"]),
        // Samoa left out 30 December 2011.
        ("Pacific/Apia", "2011-12-31", ["2011-12-30T10:00Z"]),
    ])
    func aDayBeginsWhereClocksFirstShowIt(zone: String, day: String, starts: [String]) async throws {
        #expect(try await buckets("bucket=day&tz=\(zone)&since=\(day)&until=\(day)").map(\.start) == starts)
    }

    @Test func aDayThatAZoneLeftOutIsNoBucket() async throws {
        let found = try await buckets("bucket=day&tz=Pacific/Apia&since=2011-12-29&until=2011-12-31")
        #expect(found.map(\.label) == ["2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00"])
    }

    @Test func aWeekBeginsWithMonday() async throws {
        // 2026 begins in the week of 29 December 2025.
        let found = try await buckets("bucket=week&tz=Europe/Berlin&since=2026-01-04&until=2026-01-05")
        #expect(found.map(\.label) == ["2025-12-29T00:00:00+01:00", "2026-01-05T00:00:00+01:00"])
        #expect(try await buckets("bucket=week&since=1969-12-30&until=1970-01-01").map(\.label) == ["1969-12-29T00:00:00+00:00"])
    }

    @Test func aMonthBeginsWithItsFirstDay() async throws {
        let found = try await buckets("bucket=month&tz=Europe/Berlin&since=2024-02-29&until=2024-04-01")
        #expect(found.map(\.label) == ["2024-02-01T00:00:00+01:00", "2024-03-01T00:00:00+01:00", "2024-04-01T00:00:00+02:00"])
        for (last, first) in [("1969-12-31", "1970-01-01"), ("2026-12-31", "2027-01-01")] {
            let starts = ["\(last.prefix(8))01T00:00Z", "\(first)T00:00Z"]
            #expect(try await buckets("bucket=month&since=\(last)&until=\(first)").map(\.start) == starts)
        }
    }

    @Test(arguments: [
        ("hour", 48, "2026-02-20T11:00Z"), ("day", 30, "2026-01-24T00:00Z"), ("week", 26, "2025-08-25T00:00Z"),
        ("month", 24, "2024-03-01T00:00Z"),
    ])
    func withoutARangeTheBucketsEndWithTheNewestPost(unit: String, count: Int, first: String) async throws {
        server.archive.state.withLock { $0.newest = try? Timestamp(iso8601: "2026-02-22T10:15:00.5Z") }
        let found = try await buckets("bucket=\(unit)")
        #expect(found.count == count && found.first?.start == first)
        #expect(server.archive.state.withLock { $0.filter } == PostFilter())
    }

    @Test func anEmptyArchiveHasNoTime() async throws {
        #expect(try await buckets("bucket=hour").isEmpty)
        #expect(try await buckets("bucket=hour&since=2026-02-22T10:00:00Z").count == 1)
        #expect(try await buckets("until=2026-02-22").count == 30)
    }

    @Test func theFiltersOfTheFeedReachTheArchive() async throws {
        _ = try await buckets("until=2026-02-22&tier=teammate&tier=none&handle=%40Ada&significant=true&reported=false&q=a%25")
        #expect(
            server.archive.state.withLock { $0.filter }
                == PostFilter(
                    until: try Timestamp(iso8601: "2026-02-22T23:59:59.999999Z"), tiers: [.teammate, nil], handles: ["ada"],
                    isSignificant: true, isReported: false, text: "a%"))
    }

    @Test func bucketsOfWhichNothingWasCountedAreLeftOut() async throws {
        server.archive.state.withLock { state in
            state.coveredSince = try? Timestamp(iso8601: "2026-02-21T23:59:59.999999Z")
            (state.counts[.teammate], state.counts[nil]) = (3, 4)
        }
        let answer = try await server.get("/v1/stats/timeline?since=2026-02-20&until=2026-02-22").json
        #expect(answer["partial"] == .boolean(true) && answer["covered_since"] == .string("2026-02-21T23:59:59.999999Z"))
        let items = try #require(answer["buckets"]?.elements)
        let last = try #require(items.last?.object)
        #expect(items.count == 2 && answer["total"] == .number("7"))
        #expect(last["teammate"] == .number("3") && last["none"] == .number("4") && last["influencer"] == .number("0"))
        #expect(last["total"] == .number("7"))
    }

    @Test(arguments: [
        ("bucket=minute", "bucket"), ("bucket=", "bucket"), ("bucket=day&bucket=day", "bucket"), ("tz=Mars/Olympus", "tz"),
        ("tz=GMT%2B3", "tz"),
        ("tz=europe/berlin", "tz"), ("limit=5", "limit"), ("cursor=a", "cursor"), ("sort=likes", "sort"), ("top=5", "top"),
        // One more than a thousand, and as many as there are.
        ("bucket=hour&since=2026-01-01T00:30:00Z&until=2026-02-11T16:00:00Z", "bucket"),
        ("bucket=hour&since=0001-01-01&until=9999-12-31", "bucket"),
        ("bucket=day&since=0001-01-01&until=9999-12-31", "bucket"), ("bucket=week&since=0001-01-01&until=9999-12-31", "bucket"),
        ("bucket=month&since=0001-01-01&until=9999-12-31", "bucket"),
    ])
    func aWrongParameterIsNamed(query: String, parameter: String) async throws {
        let answer = try await server.get("/v1/stats/timeline?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json["parameter"] == .string(parameter))
        #expect(server.archive.state.withLock { $0.bounds } == nil)
    }

    @Test func aThousandBucketsAreNotTooMany() async throws {
        #expect(try await buckets("bucket=hour&since=2026-01-01T00:30:00Z&until=2026-02-11T15:59:59.999999Z").count == 1_000)
    }

    @Test(arguments: ["hour", "day", "week", "month"], ["UTC", "Asia/Kathmandu", "America/New_York"])
    func theEndsOfTimeAreBucketsToo(unit: String, zone: String) async throws {
        for day in ["0001-01-01", "9999-12-31"] {
            #expect(try await !buckets("bucket=\(unit)&tz=\(zone)&since=\(day)&until=\(day)").isEmpty)
        }
    }
}
