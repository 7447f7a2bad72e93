internal import Postgres

/// The merge rule of `Domain`, set-based, for any table whose rows are merged observations.
///
/// Both sides are rows with the time of their newest observation, the columns, and `observed_at` for the columns that were
/// observed at another time. For each column the value with the newer time wins, and of two with the same time the greater one;
/// NULL is the least. The schema defines `observation_time` and `merged_observed_at`.
struct ObservedMerge: MergeRule {
    /// The column with the time of a row's newest observation.
    let time: Identifier
    let columns: [MergedColumn]

    /// When the value of `column` in `row` was observed.
    func time(_ column: MergedColumn, _ row: Identifier) -> SQL {
        "observation_time(\(table: row).observed_at, \(literal: column.name), \(table: row).\(column: time))"
    }

    func wins(_ column: MergedColumn, _ news: Identifier, over stored: Identifier) -> SQL {
        wins(column, news, at: time(column, news), over: stored, at: time(column, stored))
    }

    /// The same for values that were observed at times that are known already.
    func wins(
        _ column: MergedColumn, _ news: Identifier, at newsTime: SQL, over stored: Identifier, at storedTime: SQL
    ) -> SQL {
        """
        (\(newsTime), \(column.rank(news)))
            > (\(storedTime), \(column.rank(stored)))
        """
    }

    /// The common cases, observations of everything that are earlier, and any observation that comes again, need no look at the times
    /// of the columns.
    func brings(_ news: Identifier, newsTo stored: Identifier) -> SQL {
        """
        (\(table: news).\(column: time) > \(table: stored).\(column: time) OR CASE
            WHEN \(table: news).\(column: time) < \(table: stored).\(column: time)
                AND \(table: news).observed_at IS NULL AND \(table: stored).observed_at IS NULL
            THEN false
            WHEN \(table: news).\(column: time) = \(table: stored).\(column: time)
                AND \(table: news).observed_at IS NOT DISTINCT FROM \(table: stored).observed_at
            THEN
                \(any { $0.isGreater(news, than: stored) })
            ELSE
                \(any { wins($0, news, over: stored) })
            END)
        """
    }

    var assignments: [SQL] {
        assignments() + ["\(column: time) = greatest(stored.\(column: time), excluded.\(column: time))"]
    }

    /// The merged columns, and others that follow from what wins, but for the time of the row.
    ///
    /// - Parameter derived: columns with their values. `wins` has for each column whether the value of `excluded` replaces the stored one,
    ///   `stored_at` when the stored one was observed.
    func assignments(with derived: [(column: Identifier, value: SQL)] = []) -> [SQL] {
        let names = columns.map(\.name)
        let values: [SQL] = names.map {
            "CASE WHEN wins.\(column: $0) THEN excluded.\(column: $0) ELSE stored.\(column: $0) END"
        }
        // OFFSET 0 is an optimization fence: each time and each comparison is computed once.
        return [
            """
            -- Of each column the value that was observed last; of two of one moment the greater.
            (\(columns: names + derived.map(\.column))) = (
                SELECT
                    \((values + derived.map(\.value)).joined(separator: ",\n"))
                FROM
                    (SELECT
                        \(times("excluded"))
                        OFFSET 0) AS news_at,
                    (SELECT
                        \(times("stored"))
                        OFFSET 0) AS stored_at,
                    LATERAL (SELECT
                        \(comparisons)
                        OFFSET 0) AS wins)
            """,
            """
            observed_at = CASE WHEN excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
                ELSE merged_observed_at(excluded.observed_at, excluded.\(column: time), stored.observed_at, stored.\(column: time)) END
            """,
        ]
    }

    private func times(_ row: Identifier) -> SQL {
        columns.map { "\(time($0, row)) AS \(column: $0.name)" as SQL }.joined(separator: ",\n")
    }

    private var comparisons: SQL {
        columns.map { column in
            let (newsTime, storedTime): (SQL, SQL) = ("news_at.\(column: column.name)", "stored_at.\(column: column.name)")
            return "\(wins(column, "excluded", at: newsTime, over: "stored", at: storedTime)) AS \(column: column.name)" as SQL
        }.joined(separator: ",\n")
    }

    /// Of two observations of one moment the greater value wins. A row that was seen again later keeps the columns that the later
    /// observation lacked, so that there a greater value is damage.
    func laterNews(_ column: Identifier, _ found: Identifier, over expected: Identifier) -> SQL {
        guard column != time else { return "\(table: found).\(column: time) > \(table: expected).\(column: time)" }
        guard let merged = columns.first(where: { $0.name == column }) else { return "false" }
        return """
            (\(wins(merged, found, over: expected))
                AND (\(table: found).\(column: time) = \(table: expected).\(column: time) OR \(time(merged, found)) > \(time(merged, expected))))
            """
    }
}
