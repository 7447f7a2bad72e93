internal import Domain
internal import Postgres

/// Brings the counters of posts up to newer metrics snapshots: the feed and the history stay in step.
enum CounterMerge {
    private static let columns = Counters.all.map(\.column)

    /// Locks the posts of `ids` in the order of their keys, so that two writers never wait for each other in a circle, and says
    /// which there are.
    static func lock(_ ids: [String]) -> Statement<String> {
        Statement(
            "posts.lock",
            "SELECT status_id FROM posts WHERE status_id = ANY(\(textArray: ids)) ORDER BY status_id FOR NO KEY UPDATE",
            read: { try $0.text() })
    }

    /// Merges `news`, one per post, of which only the counters count. Returns the posts that it changed.
    static func update(_ news: [PostObservation], batch: Int64) -> Statement<String> {
        let counters = columns.map { column in
            let values = news.map { if case .integer(let value)? = $0.cells[column] { value } else { nil } as Int64? }
            return "\(int64Array: values), \(momentArray: news.map { $0.observedAt(column) })" as SQL
        }
        return Statement(
            "posts.counters",
            """
            UPDATE posts AS stored SET
                \(assignments),
                updated_at = now(), updated_by = news.batch
            FROM (
                SELECT *, \(int64: batch) AS batch
                FROM unnest(\(textArray: news.map(\.statusID)), \(counters.joined(separator: ", ")))
                    AS news (status_id, \(columns: columns.flatMap { [Identifier($0), time($0)] }))) AS news
            WHERE stored.status_id = news.status_id AND (
                \(columns.map(wins).joined(separator: "\nOR ")))
            RETURNING stored.status_id
            """, read: { try $0.text() })
    }

    /// The column of `news` with the time at which a counter was observed, NULL where it was not.
    private static func time(_ column: PostColumn) -> Identifier { Identifier(quoting: "\(column.rawValue)_at") }

    private static func wins(_ column: PostColumn) -> SQL {
        let (rule, column, newsTime): (ObservedMerge, MergedColumn, SQL) = (PostMerge.rule, column.merged, "news.\(column: time(column))")
        return rule.wins(column, "news", at: newsTime, over: "stored", at: rule.time(column, "stored"))
    }

    private static let assignments: SQL = {
        let names = columns.map(Identifier.init)
        let values: [SQL] = names.map { "CASE WHEN wins.\(column: $0) THEN news.\(column: $0) ELSE stored.\(column: $0) END" }
        let observedAt: SQL = columns.reduce("stored.observed_at") { before, column in
            let name = Identifier(column)
            return """
                with_observation(
                    \(before),
                    \(literal: name), CASE WHEN wins.\(column: name) THEN news.\(column: time(column)) END, stored.last_seen_at)
                """
        }
        let setters: [SQL] = names.map { "\(literal: $0), CASE WHEN wins.\(column: $0) THEN news.batch END" }
        let setBy: SQL = """
            coalesce(stored.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(
                \(setters.joined(separator: ",\n"))))
            """
        return """
            (\(columns: names), observed_at, set_by) = (
                SELECT
                    \((values + [observedAt, setBy]).joined(separator: ",\n"))
                FROM (SELECT
                    \(columns.map { "\(wins($0)) AS \(column: Identifier($0))" as SQL }.joined(separator: ",\n"))
                    OFFSET 0) AS wins)
            """
    }()
}
