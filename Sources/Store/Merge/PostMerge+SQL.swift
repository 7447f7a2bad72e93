internal import Domain

/// `PostObservation.merged(with:)` for rows of `posts`.
public enum PostMerge {
    static let rule = ObservedMerge(time: "last_seen_at", columns: PostColumn.allCases.map(column))

    static func column(_ column: PostColumn) -> ObservedMerge.Column {
        switch column.kind {
        case .text, .url, .handle, .tier: .init(name: column.rawValue, isText: true)
        case .boolean, .timestamp, .counter, .delta: .init(name: column.rawValue, isText: false)
        }
    }

    /// Every column that a writer sets, in the order of the table.
    public static let columns = ["status_id"] + PostColumn.allCases.map(\.rawValue) + ["discovered_at", "last_seen_at", "observed_at"]

    /// What a new row has besides: its velocity. That of a known post follows its history.
    static let derived = ["views_velocity", "likes_velocity"]

    /// Inserts or merges the rows of the relation `news`, which holds at most one row per `status_id`, has `columns` and the
    /// velocity of new posts, and may hold rows that bring nothing new.
    ///
    /// - Parameters:
    ///   - batch: SQL for the number of the batch that the rows came in.
    ///   - held: a relation with each `status_id` once: of those posts too that are no news, nobody else writes any until the
    ///     transaction ends.
    public static func upsert(from news: String, batch: String, holding held: String?) -> String {
        let join = held.map { " LEFT JOIN \($0) AS held USING (status_id)" } ?? ""
        let isHeld = held == nil ? "" : " OR held.status_id IS NOT NULL"
        return write(
            "\(news) AS news LEFT JOIN posts AS stored USING (status_id)\(join) WHERE \(isNews("news", "stored"))\(isHeld)", batch: batch)
    }

    /// Whether the row `news` is new or would change the row `stored`, its like in `posts`, if any.
    static func isNews(_ news: String, _ stored: String) -> String {
        "(\(stored).status_id IS NULL OR \(brings(news, newsTo: stored)))"
    }

    /// Inserts or merges the rows `news` of `relation`. All of them are locked, known ones and new ones, in the order of their
    /// keys, so that two writers never wait for each other in a circle.
    static func write(_ relation: String, batch: String) -> String {
        """
        INSERT INTO posts AS stored (\((columns + derived).joined(separator: ", ")), inserted_by)
        SELECT \((columns + derived).map { "news.\($0)" }.joined(separator: ", ")), \(batch)
        FROM \(relation)
        ORDER BY news.status_id COLLATE "C"
        ON CONFLICT (status_id) DO UPDATE SET
            \(assignments.joined(separator: ",\n    "))
        WHERE \(brings("excluded", newsTo: "stored"))
        """
    }

    /// Whether the row `news` would change the row `stored`.
    private static func brings(_ news: String, newsTo stored: String) -> String {
        "(\(news).discovered_at < \(stored).discovered_at OR \(rule.brings(news, newsTo: stored)))"
    }

    private static let assignments: [String] =
        rule.assignments("excluded", over: "stored") + [
            "discovered_at = least(stored.discovered_at, excluded.discovered_at)", "updated_at = now()",
            "updated_by = excluded.inserted_by", "seen_by = \(seenBy)", "set_by = \(setBy)",
        ]

    private static let isNewer = "excluded.last_seen_at > stored.last_seen_at"
    private static let seenBy = "CASE WHEN \(isNewer) THEN excluded.inserted_by ELSE stored.seen_by END"

    /// The columns that another batch set than the one that `seen_by` names.
    private static let setBy: String = {
        let base = "CASE WHEN \(isNewer) THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END"
        let entries = rule.columns.map { column in
            // A column that no observation has carried was set by nobody.
            let whole = "CASE WHEN isfinite(\(rule.time(column, "stored"))) THEN coalesce(stored.seen_by, stored.inserted_by) END"
            let before = "coalesce((stored.set_by ->> '\(column.name)')::BIGINT, \(whole))"
            let setter = "CASE WHEN \(rule.wins(column, "excluded", over: "stored")) THEN excluded.inserted_by ELSE \(before) END"
            return "'\(column.name)', nullif(\(setter), \(base))"
        }
        return """
            CASE WHEN \(isNewer) AND excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
                ELSE nullif(jsonb_strip_nulls(jsonb_build_object(\(entries.joined(separator: ", ")))), '{}') END
            """
    }()
}
