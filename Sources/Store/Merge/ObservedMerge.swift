/// The merge rule of `Domain`, set-based, for any table whose rows are merged observations.
///
/// Both sides are rows with a time of their newest observation, the columns, and `observed_at` for the columns that were
/// observed at another time. For each column the value with the newer time wins, and of two with the same time the greater one;
/// nulls are the least. The schema defines `observation_time` and `merged_observed_at`.
struct ObservedMerge: Sendable {
    struct Column: Sendable {
        let name: String
        let isText: Bool
    }

    /// The column with the time of a row's newest observation.
    let time: String
    let columns: [Column]

    /// When the value of `column` in `row` was observed.
    func time(_ column: Column, _ row: String) -> String { "observation_time(\(row).observed_at, '\(column.name)', \(row).\(time))" }

    /// Whether the value of `column` in `news` replaces that in `stored`.
    func wins(_ column: Column, _ news: String, over stored: String) -> String {
        "(\(time(column, news)) > \(time(column, stored)) OR \(time(column, news)) = \(time(column, stored)) AND \(isGreater(column, news, than: stored)))"
    }

    /// Whether `news` has the greater value, which settles a tie; nulls are the least.
    private func isGreater(_ column: Column, _ news: String, than stored: String) -> String {
        let (new, old) = ("\(news).\(column.name)", "\(stored).\(column.name)")
        return "\(new) IS NOT NULL AND (\(old) IS NULL OR \(new) > \(old)\(column.isText ? " COLLATE \"C\"" : ""))"
    }

    /// Whether the row `news` would change a column or the time of the row `stored`. The common cases, observations of everything
    /// that are earlier, and any observation that comes again, need no look at the times of the columns.
    func brings(_ news: String, newsTo stored: String) -> String {
        func any(_ condition: (Column) -> String) -> String { columns.map(condition).joined(separator: "\n    OR ") }
        return """
            (\(news).\(time) > \(stored).\(time) OR CASE
                WHEN \(news).\(time) < \(stored).\(time) AND \(news).observed_at IS NULL AND \(stored).observed_at IS NULL THEN false
                WHEN \(news).\(time) = \(stored).\(time) AND \(news).observed_at IS NOT DISTINCT FROM \(stored).observed_at
                THEN \(any { isGreater($0, news, than: stored) })
                ELSE \(any { wins($0, news, over: stored) }) END)
            """
    }

    /// The columns of the merged row, for `SET`.
    func assignments(_ news: String, over stored: String) -> [String] {
        columns.map { column in
            "\(column.name) = CASE WHEN \(wins(column, news, over: stored)) THEN \(news).\(column.name) ELSE \(stored).\(column.name) END"
        } + [
            "\(time) = greatest(\(stored).\(time), \(news).\(time))",
            """
            observed_at = CASE WHEN \(news).observed_at IS NULL AND \(stored).observed_at IS NULL THEN NULL
                ELSE merged_observed_at(\(news).observed_at, \(news).\(time), \(stored).observed_at, \(stored).\(time)) END
            """,
        ]
    }
}
