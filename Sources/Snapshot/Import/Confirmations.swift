internal import Postgres
internal import Store

/// Remembers which imports found rows of another import as they had to be: to take that one back would take these rows from both.
enum Confirmations {
    /// Whether there is another import than `batch`, be it taken back or not: rows that were kept name it.
    static func mayBe(of batch: Int64) -> Statement<Bool> {
        Statement(
            "import.others", "SELECT EXISTS (SELECT FROM batches WHERE kind = 'import' AND id <> \(int64: batch))", read: { try $0.bool() })
    }

    /// After the rows of `table` were merged.
    static func record(of table: SourceTable, by batch: Int64) -> Statement<Void> {
        record(of: table.target, found: "\(table: table.target.staging)", by: batch)
    }

    static func recordHistory(by batch: Int64) -> Statement<Void> { record(of: .metrics, found: DerivedMetrics.relation, by: batch) }

    private static func record(of table: ArchiveTable, found: SQL, by batch: Int64) -> Statement<Void> {
        Statement(
            "import.confirm.\(table.name)",
            """
            INSERT INTO import_confirmations (import, confirmed)
            SELECT DISTINCT batch.id, stored.inserted_by
            FROM (SELECT \(int64: batch) AS id) AS batch, \(found) AS found
            JOIN \(table: Identifier(table)) AS stored USING (\(columns: table.key))
            JOIN batches AS bringer ON bringer.id = stored.inserted_by AND bringer.kind = 'import'
            WHERE stored.inserted_by <> batch.id AND stored.updated_by IS DISTINCT FROM batch.id
            ON CONFLICT DO NOTHING
            """)
    }
}
