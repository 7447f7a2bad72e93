internal import Postgres
internal import Store

/// Merges a staged table into the archive and counts what that changed. Replays change nothing.
struct LoadSQL {
    let table: SourceTable
    /// The import that writes.
    let batch: Int64

    private var staging: String { StagingSQL(table: table).name }

    struct Written: Sendable {
        var inserted: Int64
        var updated: Int64
    }

    var load: Statement<Written> {
        Statement(
            "snapshot.load.\(table.target)",
            """
            WITH written AS (
                \(unescaped: table.target == "posts" ? PostMerge.upsert(from: staging, batch: "\(batch)") : upsert)
                RETURNING xmax = 0 AS is_new
            )
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """, decode: { row in Written(inserted: try row.int64(0), updated: try row.int64(1)) })
    }

    /// The snapshot wins over what the archive holds, except where the archive has later news.
    private var upsert: String {
        let names = table.columns.map(\.name)
        let values = names.filter { !table.key.contains($0) }
        let touched = ["updated_by = excluded.inserted_by"] + (table.target == "watch_accounts" ? ["updated_at = now()"] : [])
        let stored = values.map { "stored.\($0)" }.joined(separator: ", ")
        let excluded = values.map { "excluded.\($0)" }.joined(separator: ", ")
        let isNews = newsTime.map { "excluded.\($0) >= stored.\($0) AND " } ?? ""
        return """
            INSERT INTO \(table.target) AS stored (\(names.joined(separator: ", ")), inserted_by)
            SELECT \(names.map { "news.\($0)" }.joined(separator: ", ")), \(batch)
            FROM \(staging) AS news
            WHERE NOT EXISTS (
                SELECT 1 FROM \(table.target) AS same
                WHERE (\(names.map { "same.\($0)" }.joined(separator: ", "))) IS NOT DISTINCT FROM (\(names.map { "news.\($0)" }.joined(separator: ", ")))
                  AND (\(table.key.map { "same.\($0)" }.joined(separator: ", "))) = (\(table.key.map { "news.\($0)" }.joined(separator: ", "))))
            ORDER BY \(table.key.map { "news.\($0)" }.joined(separator: ", "))
            ON CONFLICT (\(table.key.joined(separator: ", "))) DO UPDATE SET
                \((values.map { "\($0) = excluded.\($0)" } + touched).joined(separator: ", "))
            WHERE \(isNews)(\(stored)) IS DISTINCT FROM (\(excluded))
            """
    }

    /// The column that tells which of two rows is the later news.
    private var newsTime: String? {
        switch table.target {
        case "reports": "reported_at"
        case "embeddings": "updated_at"
        default: nil
        }
    }
}
