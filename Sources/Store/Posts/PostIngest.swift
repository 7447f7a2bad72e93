internal import Domain
internal import JSON
internal import Postgres

/// Posts from collectors.
enum PostIngest {
    struct Result: Sendable {
        var statusID: String
        var outcome: IngestOutcome
    }

    /// Upserts `posts`, which holds each id once, and says what became of each.
    ///
    /// - Parameters:
    ///   - velocities: for each what its history is, should it be new.
    ///   - holdingAll: until the transaction ends nobody else writes any of them, be it news or not.
    static func upsert(_ posts: [PostObservation], velocities: [Velocity?], holdingAll: Bool, batch: Int64) -> Statement<Result> {
        let derived: [SQL] = ["\(int64Array: velocities.map { $0?.views })", "\(int64Array: velocities.map { $0?.likes })"]
        let news = (columns(of: posts) + derived).joined(separator: ", ")
        return Statement(
            "posts.ingest",
            """
            WITH news (\(members)) AS MATERIALIZED (
                SELECT * FROM unnest(\(news))
            ), batch (id) AS (
                SELECT \(int64: batch)
            ), before AS MATERIALIZED (
                -- Which of them are older than what is known, and which change it: only these are written, or locked.
                SELECT news.status_id, news.last_seen_at < stored.last_seen_at AS is_stale,
                       \(isNews) AS is_news
                FROM news LEFT JOIN posts AS stored USING (status_id)
            ), chosen AS (
                -- Where the batch brings history, all of its posts are locked, news or not.
                SELECT news.* FROM news JOIN before USING (status_id) WHERE before.is_news OR \(bool: holdingAll)
            ), written AS (
                -- The comparison is made once more, under the lock: another writer may have come between.
                \(write)
                RETURNING status_id, xmax = 0 AS is_new
            )
            SELECT before.status_id, written.is_new, coalesce(before.is_stale, false)
            FROM before LEFT JOIN written USING (status_id)
            """,
            read: { row in
                Result(statusID: try row.text(), outcome: IngestOutcome(isNew: try row.boolOrNil(), isStale: try row.bool()))
            })
    }

    // Long texts, made once.
    private static let members: SQL = "\(columns: PostMerge.columns + PostMerge.derived)"
    private static let isNews = PostMerge.isNews("news", "stored")
    private static let write = PostMerge.write("chosen AS news", batch: "(SELECT id FROM batch)")

    /// One array parameter per column.
    private static func columns(of posts: [PostObservation]) -> [SQL] {
        var columns: [SQL] = ["\(textArray: posts.map(\.statusID))"]
        for column in PostColumn.allCases {
            let cells = posts.map { $0.cells[column] ?? .null }
            switch column.kind {
            case .text, .url, .handle, .tier: columns.append("\(textArray: cells.map(\.text))")
            case .counter, .delta: columns.append("\(int64Array: cells.map(\.integer))")
            case .boolean: columns.append("\(boolArray: cells.map(\.boolean))")
            case .timestamp: columns.append("\(timestampArray: cells.map(\.microseconds))")
            }
        }
        columns.append("\(momentArray: posts.map(\.discoveredAt))")
        columns.append("\(momentArray: posts.map(\.lastSeenAt))")
        columns.append("\(jsonbArray: posts.map(\.times.json))")
        return columns
    }
}

extension ColumnMap<PostObservation.ObservedAt> {
    /// As the column `observed_at` has it; nil when no column was observed at another time than the row.
    var json: String? {
        guard !isEmpty else { return nil }
        var writer = JSONWriter()
        writer.object { writer in
            for column in PostColumn.allCases {
                switch self[column] {
                case nil: break
                case .never: writer.member(column.rawValue, nil as Timestamp?)
                case .at(let time): writer.member(column.rawValue, time)
                }
            }
        }
        return writer.text
    }
}

extension IngestOutcome {
    /// - Parameter isNew: nil when nothing was written.
    init(isNew: Bool?, isStale: Bool) {
        self =
            switch isNew {
            case true: .inserted
            case false: .updated
            case nil: isStale ? .stale : .unchanged
            }
    }
}

extension Cell {
    fileprivate var text: String? { if case .text(let value) = self { value } else { nil } }
    fileprivate var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    fileprivate var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    fileprivate var microseconds: Int64? { if case .timestamp(let value) = self { value.microseconds } else { nil } }
}
