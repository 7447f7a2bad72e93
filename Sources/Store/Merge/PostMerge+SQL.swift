internal import Domain
public import Postgres

/// `PostObservation.merged(with:)` for rows of `posts`.
public enum PostMerge {
    static let rule = ObservedMerge(time: "last_seen_at", columns: PostColumn.allCases.map(\.merged))

    /// Every column that a writer sets, in the order of the table.
    public static let columns: [Identifier] =
        ["status_id"] + PostColumn.allCases.map(Identifier.init) + ["discovered_at", "last_seen_at", "observed_at"]

    /// What a new row has besides: its velocity. That of a known post follows its history.
    static let derived: [Identifier] = ["views_velocity", "likes_velocity"]

    /// The rows of an import: inserts or merges those of the relation `news`, which holds at most one row per `status_id`, has `columns` and the
    /// velocity of new posts, and may hold rows that bring nothing new.
    ///
    /// - Parameters:
    ///   - batch: the number of the batch that the rows came in.
    ///   - held: a relation with each `status_id` once: of those posts too that are no news, nobody else writes any until the
    ///     transaction ends.
    public static func upsert(from news: SQL, batch: SQL, holding held: Identifier?) -> SQL {
        let join: SQL = held.map { "\nLEFT JOIN \(table: $0) AS held USING (status_id)" } ?? ""
        let isHeld: SQL = held == nil ? "" : " OR held.status_id IS NOT NULL"
        return write(
            """
            \(news) AS news
            LEFT JOIN posts AS stored USING (status_id)\(join)
            WHERE \(isNews("news", "stored"))\(isHeld)
            """, batch: batch, isImport: true)
    }

    /// Whether the row `news` is new or would change the row `stored`, its like in `posts`, if any.
    static func isNews(_ news: Identifier, _ stored: Identifier) -> SQL {
        "(\(table: stored).status_id IS NULL OR \(brings(news, newsTo: stored)))"
    }

    /// Inserts or merges the rows `news` of `relation`. All of them are locked, known ones and new ones, in the order of their
    /// keys, so that two writers never wait for each other in a circle.
    static func write(_ relation: SQL, batch: SQL, isImport: Bool = false) -> SQL {
        """
        INSERT INTO posts AS stored (\(columns: columns + derived), inserted_by)
        SELECT \(columns: columns + derived, of: "news"), \(batch)
        FROM \(relation)
        ORDER BY news.status_id COLLATE "C"
        ON CONFLICT (status_id) DO UPDATE SET
            \(isImport ? "\(assignments),\n\(ImportTrace.assignment)" : assignments)
        WHERE \(brings("excluded", newsTo: "stored"))
        """
    }

    /// Whether a later write explains that a row `found` has another value in `column` than the row `expected`.
    public static func laterNews(_ column: Identifier, _ found: Identifier, over expected: Identifier) -> SQL {
        switch column.name {
        case "discovered_at": "\(table: found).discovered_at < \(table: expected).discovered_at"
        default: rule.laterNews(column, found, over: expected)
        }
    }

    /// Whether the row `news` would change the row `stored`.
    private static func brings(_ news: Identifier, newsTo stored: Identifier) -> SQL {
        "(\(table: news).discovered_at < \(table: stored).discovered_at OR \(rule.brings(news, newsTo: stored)))"
    }

    private static let assignments: SQL = {
        let isNewer: SQL = "excluded.last_seen_at > stored.last_seen_at"
        let merged = rule.assignments(with: [("set_by", setBy)])
        let others: [SQL] = [
            "last_seen_at = greatest(stored.last_seen_at, excluded.last_seen_at)",
            "discovered_at = least(stored.discovered_at, excluded.discovered_at)", "updated_at = now()",
            "updated_by = excluded.inserted_by", "seen_by = CASE WHEN \(isNewer) THEN excluded.inserted_by ELSE stored.seen_by END",
        ]
        return (merged + others).joined(separator: ",\n")
    }()

    /// The columns that another batch set than the one that `seen_by` names. A column that no observation has carried was set by nobody.
    private static let setBy: SQL = {
        let isNewer: SQL = "excluded.last_seen_at > stored.last_seen_at"
        let seenBy: SQL = "CASE WHEN \(isNewer) THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END"
        let setters: [SQL] = PostColumn.allCases.map(Identifier.init).map { name in
            """
            \(literal: name), nullif(CASE WHEN wins.\(column: name) THEN excluded.inserted_by
                ELSE coalesce((stored.set_by ->> \(literal: name))::BIGINT,
                    CASE WHEN isfinite(stored_at.\(column: name)) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, \(seenBy))
            """
        }
        return """
            CASE WHEN \(isNewer) AND excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
                ELSE nullif(jsonb_strip_nulls(jsonb_build_object(
                    \(setters.joined(separator: ",\n")))), '{}') END
            """
    }()
}

extension PostColumn {
    /// As `PostMerge` merges it.
    var merged: MergedColumn {
        switch kind {
        case .text, .url, .handle, .tier: .text(Identifier(self), nullable: isNullable)
        case .boolean, .timestamp, .counter, .delta: .other(Identifier(self), nullable: isNullable)
        }
    }
}
