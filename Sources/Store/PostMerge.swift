internal import Domain

/// The merge rule of `PostState.merged(with:)`, set-based.
///
/// Both sides are rows of `posts`. For each column the value with the newer observation time wins, and of two with the
/// same time the greater one; nulls are the least. `migrations/0002` defines the two functions.
public enum PostMerge {
    /// Every column that a writer sets, in the order of the table.
    public static let columns = ["status_id"] + PostColumn.allCases.map(\.rawValue) + ["discovered_at", "last_seen_at", "observed_at"]

    /// Inserts or merges the rows of the relation `news`, which holds at most one row per `status_id`, has `columns`,
    /// and may hold rows that bring nothing new. Rows are locked in the order of their keys, so that two writers never
    /// wait for each other in a circle.
    ///
    /// - Parameter batch: SQL for the number of the batch that the rows came in.
    public static func upsert(from news: String, batch: String) -> String {
        """
        INSERT INTO posts AS stored (\(columns.joined(separator: ", ")), inserted_by)
        SELECT \(columns.map { "news.\($0)" }.joined(separator: ", ")), \(batch)
        FROM \(news) AS news LEFT JOIN posts AS stored USING (status_id)
        WHERE stored.status_id IS NULL
           OR \(brings("news", newsTo: "stored"))
        ORDER BY news.status_id
        ON CONFLICT (status_id) DO UPDATE SET
            \(assignments.joined(separator: ",\n    "))
        WHERE \(brings("excluded", newsTo: "stored"))
        """
    }

    /// Whether the row `news` would change the row `stored`.
    private static func brings(_ news: String, newsTo stored: String) -> String {
        let newer = "\(news).last_seen_at > \(stored).last_seen_at"
        let earlier = "\(news).discovered_at < \(stored).discovered_at"
        let winners = PostColumn.allCases.map { wins($0, news, over: stored) }
        return "(\(([newer, earlier] + winners).joined(separator: "\n    OR ")))"
    }

    private static func wins(_ column: PostColumn, _ news: String, over stored: String) -> String {
        let (new, old) = ("\(news).\(column.rawValue)", "\(stored).\(column.rawValue)")
        let collation = isText(column) ? " COLLATE \"C\"" : ""
        return """
            (\(time(column, news)) > \(time(column, stored)) \
            OR \(time(column, news)) = \(time(column, stored)) AND \(new) IS NOT NULL AND (\(old) IS NULL OR \(new) > \(old)\(collation)))
            """
    }

    private static func time(_ column: PostColumn, _ row: String) -> String {
        "observation_time(\(row).observed_at, '\(column.rawValue)', \(row).last_seen_at)"
    }

    private static func isText(_ column: PostColumn) -> Bool {
        switch column.kind {
        case .text, .url, .handle, .tier: true
        case .boolean, .timestamp, .counter, .delta: false
        }
    }

    private static let assignments: [String] =
        PostColumn.allCases.map { column in
            let name = column.rawValue
            return "\(name) = CASE WHEN \(wins(column, "excluded", over: "stored")) THEN excluded.\(name) ELSE stored.\(name) END"
        } + [
            "discovered_at = least(stored.discovered_at, excluded.discovered_at)",
            "last_seen_at = greatest(stored.last_seen_at, excluded.last_seen_at)",
            "observed_at = merged_observed_at(excluded.observed_at, excluded.last_seen_at, stored.observed_at, stored.last_seen_at)",
            "updated_at = now()", "updated_by = excluded.inserted_by",
        ]
}
