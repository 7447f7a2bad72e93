import Domain
import JSON
import Postgres
import Schema
import Store
import TestDatabase

/// SplitMix64: the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension PostObservation {
    /// An observation of post 1 with what every observation has to carry.
    init(at time: Int64, _ carried: ColumnMap<Cell>) {
        self.init(
            statusID: "1", discoveredAt: Timestamp(microseconds: time), lastSeenAt: Timestamp(microseconds: time),
            carried: ([.url: .text("https://x.example/1"), .authorHandle: .text("ada")] as ColumnMap<Cell>).merging(carried))
    }

    /// Few distinct ids, times and values, so that ties, replays and gaps are common.
    static func random(_ random: inout Seeded, id: String? = nil) -> PostObservation {
        var carried: ColumnMap<Cell> = [:]
        for column in PostColumn.allCases where PostColumn.required.contains(column) || Bool.random(using: &random) {
            let number = Int64.random(in: 0...3, using: &random)
            switch column.kind {
            case .url: carried[column] = .text("https://x.example/\(number)")
            case .handle: carried[column] = .text("handle\(number)")
            case .text: carried[column] = number == 0 ? .null : .text(["a", "B", "é 😀"][Int(number) - 1])
            case .tier: carried[column] = number == 0 ? .null : .text(WatchTier.allCases[Int(number) - 1].rawValue)
            case .boolean: carried[column] = .boolean(number > 1)
            case .counter: carried[column] = number == 0 && column.isNullable ? .null : .integer(number)
            case .delta: carried[column] = number == 0 ? .null : .integer(number - 2)
            case .timestamp: carried[column] = number == 0 ? .null : .timestamp(.random(&random, steps: 4))
            }
        }
        return PostObservation(
            statusID: id ?? "\(Int.random(in: 1...3, using: &random))",
            discoveredAt: .random(&random, steps: 4), lastSeenAt: .random(&random, steps: 4), carried: carried)
    }
}

extension Timestamp {
    /// One of a few moments, some of which are less than a quarter of an hour apart, and some more.
    static func random(_ random: inout Seeded, steps: Int64) -> Timestamp {
        Timestamp(microseconds: Int64.random(in: 1...steps, using: &random) * 6 * 60 * 1_000_000)
    }
}

extension BatchOrigin {
    init(isDryRun: Bool = false, source: String? = nil, bodyHash: String = "", idempotencyKey: String? = nil) {
        self.init(isDryRun: isDryRun, ingestKey: "test", source: source, bodyHash: bodyHash, idempotencyKey: idempotencyKey)
    }
}

extension TestDatabase {
    /// - Parameters:
    ///   - pageBudget: with a small one a page looks at few posts.
    ///   - pageBytes: with a small one a page has room for few long texts.
    static func withArchive(
        pageBudget: Int = 8_000_000, pageBytes: Int = 4 << 20, _ body: (PostgresArchive, TestDatabase) async throws -> Void
    ) async throws {
        try await with { database in
            let pool = Pool(database.options, options: .init(maximum: 8, waitTimeout: .seconds(600)))
            let archive = PostgresArchive(
                reader: pool, writer: pool, schemaVersion: Migration.latest, pageBudget: pageBudget, pageBytes: pageBytes)
            do { try await body(archive, database) } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    /// Every post as the table holds it.
    func states() async throws -> [String: PostObservation] {
        let names = PostColumn.allCases.map(\.rawValue).joined(separator: ", ")
        let statement = Statement(
            "test.states", "SELECT status_id, discovered_at, last_seen_at, observed_at, \(unescaped: names) FROM posts",
            decode: { row in try PostObservation(row) })
        let posts = try await connect { try await $0.query(statement) }
        return Dictionary(uniqueKeysWithValues: posts.map { ($0.statusID, $0) })
    }

    /// Which row version each post is.
    func rowVersions() async throws -> [String] {
        try await connect { connection in
            try await connection.query(
                Statement(
                    "test.versions", "SELECT concat(status_id, ' ', ctid, ' ', xmin, ' ', xmax) FROM posts ORDER BY status_id",
                    decode: { try $0.text(0) }))
        }
    }
}

extension PostObservation {
    fileprivate init(_ row: Row) throws {
        self.init(
            statusID: try row.text(0), discoveredAt: Timestamp(microseconds: try row.timestamp(1)),
            lastSeenAt: Timestamp(microseconds: try row.timestamp(2)), carried: [:])
        times = [:]
        if let json = try row.jsonbOrNil(3), case .object(let object) = try JSONReader.read(json) {
            for member in object.members {
                guard let column = PostColumn(rawValue: member.name) else { continue }
                if case .string(let time) = member.value {
                    times[column] = .at(try Timestamp(iso8601: time))
                } else {
                    times[column] = .never
                }
            }
        }
        for (index, column) in PostColumn.allCases.enumerated() {
            let place = index + 4
            switch column.kind {
            case .url, .handle, .text, .tier: cells[column] = try row.textOrNil(place).map(Cell.text) ?? .null
            case .boolean: cells[column] = try row.boolOrNil(place).map(Cell.boolean) ?? .null
            case .counter, .delta: cells[column] = try row.int64OrNil(place).map(Cell.integer) ?? .null
            case .timestamp: cells[column] = try row.timestampOrNil(place).map { .timestamp(Timestamp(microseconds: $0)) } ?? .null
            }
        }
    }
}
