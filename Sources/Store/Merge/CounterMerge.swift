internal import Domain
internal import Postgres

/// Brings the counters of posts up to newer metrics snapshots: the feed and the history stay in step.
enum CounterMerge {
    private static let columns: [PostColumn] = [.likes, .reposts, .replies, .views]

    /// Locks the posts of `ids` in the order of their keys, so that two writers never wait for each other in a circle, and says
    /// which there are.
    static func lock(_ ids: [String]) -> Statement<String> {
        Statement(
            "posts.lock",
            "SELECT status_id FROM posts WHERE status_id = ANY(\(textArray: ids)) ORDER BY status_id FOR NO KEY UPDATE",
            decode: { try $0.text(0) })
    }

    /// Merges `news`, one per post, of which only the counters count. Returns the posts that it changed.
    static func update(_ news: [PostObservation], batch: Int64) -> Statement<String> {
        var arrays: [SQL] = ["\(textArray: news.map(\.statusID))"]
        for column in columns {
            let carried = news.map { $0.observedAt(column) == nil ? nil : $0.cells[column] }
            arrays.append("\(int64Array: carried.map { if case .integer(let value)? = $0 { value } else { nil } })")
            arrays.append("\(timestampArray: news.map { $0.observedAt(column)?.microseconds })")
        }
        let names = columns.flatMap { [$0.rawValue, "\($0.rawValue)_at"] }.joined(separator: ", ")
        return Statement(
            "posts.counters",
            """
            UPDATE posts AS stored SET
                \(unescaped: assignments), updated_at = now(), updated_by = \(int64: batch),
                set_by = coalesce(stored.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(\(setters(batch))))
            FROM unnest(\(arrays.joined(separator: ", "))) AS news (status_id, \(unescaped: names))
            WHERE stored.status_id = news.status_id AND (\(unescaped: columns.map(wins).joined(separator: " OR ")))
            RETURNING stored.status_id
            """, decode: { try $0.text(0) })
    }

    private static func wins(_ column: PostColumn) -> String {
        let (name, stored) = (column.rawValue, PostMerge.rule.time(PostMerge.column(column), "stored"))
        return "(news.\(name)_at > \(stored) OR news.\(name)_at = \(stored) AND news.\(name) > stored.\(name))"
    }

    private static let assignments: String = {
        let values = columns.map { "\($0.rawValue) = CASE WHEN \(wins($0)) THEN news.\($0.rawValue) ELSE stored.\($0.rawValue) END" }
        let times = columns.reduce("stored.observed_at") { before, column in
            "with_observation(\(before), '\(column.rawValue)', CASE WHEN \(wins(column)) THEN news.\(column.rawValue)_at END, stored.last_seen_at)"
        }
        return (values + ["observed_at = \(times)"]).joined(separator: ",\n    ")
    }()

    private static func setters(_ batch: Int64) -> SQL {
        columns.map { "'\(unescaped: $0.rawValue)', CASE WHEN \(unescaped: wins($0)) THEN \(int64: batch) END" }.joined(separator: ", ")
    }
}
