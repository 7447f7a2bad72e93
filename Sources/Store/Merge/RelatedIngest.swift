internal import Domain
internal import Postgres

extension RelatedMerge {
    /// Upserts the items of a batch, and says for the place of each what became of it.
    ///
    /// - Parameters:
    ///   - columns: those that a writer sets.
    ///   - news: selects the items, each key once, with `columns` and `item`, which counts from 1.
    ///   - known: selects those rows of `news` that can be stored, and `is_stale` where they bring nothing because they are old. The rest
    ///     refers to posts that there are not.
    func ingest(
        _ name: String, _ columns: [Identifier], news: SQL, known: SQL = "SELECT *, false AS is_stale FROM news", batch: Int64
    ) -> Statement<(Int, IngestOutcome)> {
        let names = key.map(\.name)
        return Statement(
            name,
            """
            WITH batch (id) AS (
                SELECT \(int64: batch)
            ), news AS MATERIALIZED (
                \(news)
            ), known AS MATERIALIZED (
                \(known)
            ), written AS (
                \(upsert(columns, from: "known", batch: "(SELECT id FROM batch)"))
                RETURNING \(columns: names), xmax = 0 AS is_new
            )
            SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
            FROM news LEFT JOIN known USING (item)
            LEFT JOIN written ON (\(columns: names, of: "written")) = (\(columns: names, of: "news"))
            """,
            read: { row in
                let item = Int(try row.int64()) - 1
                let (isKnown, isNew, isStale) = (try row.bool(), try row.boolOrNil(), try row.bool())
                return (item, isKnown ? IngestOutcome(isNew: isNew, isStale: isStale) : .rejected([.unknownPost]))
            })
    }

    /// Selects the rows of `news` whose post there is; those that are older than what is stored, by the column `time`, are stale.
    func ofKnownPosts(olderBy time: Identifier) -> SQL {
        """
        SELECT news.*, news.\(column: time) < stored.\(column: time) AS is_stale
        FROM news JOIN posts USING (status_id) LEFT JOIN \(table: table) AS stored USING (status_id)
        """
    }
}
