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
        let (new, old) = ("\(news).\(column.name)", "\(stored).\(column.name)")
        let collation = column.isText ? " COLLATE \"C\"" : ""
        return """
            (\(time(column, news)) > \(time(column, stored)) \
            OR \(time(column, news)) = \(time(column, stored)) AND \(new) IS NOT NULL AND (\(old) IS NULL OR \(new) > \(old)\(collation)))
            """
    }

    /// Whether the row `news` would change a column or the time of the row `stored`. The two common cases, a later and an
    /// earlier observation of everything, are settled by one comparison.
    func brings(_ news: String, newsTo stored: String) -> String {
        let isComplete = "\(news).observed_at IS NULL AND \(stored).observed_at IS NULL"
        let winners = columns.map { wins($0, news, over: stored) }.joined(separator: "\n    OR ")
        return """
            (\(news).\(time) > \(stored).\(time)
             OR CASE WHEN \(news).\(time) < \(stored).\(time) AND \(isComplete) THEN false ELSE \(winners) END)
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
