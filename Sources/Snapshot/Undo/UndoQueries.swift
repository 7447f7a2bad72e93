internal import Domain
internal import Postgres
internal import Store

/// The statements that take an import back.
enum UndoQueries {
    /// The imports that were taken back before.
    static let undone = Statement(
        "import.undone", "SELECT id FROM batches WHERE kind = 'import' AND undone_at IS NOT NULL ORDER BY id", read: { try $0.int64() })

    /// Locks rows against writers and new references until the transaction ends. Every writer locks in this order, table after table and
    /// key after key, so there are no deadlocks. Runs are written one by one and need no order; writers of a post's history lock the post.
    struct Held {
        var table: ArchiveTable
        /// What is held besides the rows of the imports.
        var others: SQL = ""

        func statement(_ undone: [Int64]) -> Statement<Void> {
            let name = Identifier(table)
            return Statement(
                "import.hold.\(table.name)",
                """
                WITH undone (ids) AS (SELECT \(int64Array: undone)), held AS (
                    SELECT FROM \(table: name), undone WHERE inserted_by = ANY(undone.ids) \(others)
                    ORDER BY \(columns: table.key) FOR UPDATE OF \(table: name)
                )
                SELECT count(*) FROM held
                """)
        }
    }

    static let held = [
        Held(table: .watchAccounts), Held(table: .reports), Held(table: .embeddings),
        // Posts of others, to whose history the imports added.
        Held(
            table: .posts,
            others:
                "OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.inserted_by = ANY((SELECT ids FROM undone)::BIGINT[]))"
        ),
    ]

    /// Posts come last, because the others refer to them.
    static let tables: [ArchiveTable] = [.metrics, .reports, .embeddings, .watchAccounts, .runs, .posts]

    /// Whether nobody but the imports in `undone.ids` has brought or changed the row `t`.
    private static let isTheirsAlone: SQL = """
        t.inserted_by = ANY(undone.ids) AND coalesce(t.updated_by = ANY(undone.ids), true)
            AND coalesce(t.changed_before <@ undone.ids, true)
        """

    struct Removed: Sendable {
        var rows: Int64
        /// The labels of imports that found rows of the same bringers as they had to be, and hold.
        var confirming: [String]
    }

    /// Removes the rows that nobody but the imports `undone` has written, and records those that somebody may follow. A post that anything
    /// refers to stays, so nothing goes along with it but its earlier texts.
    static func remove(_ undone: [Int64], from table: ArchiveTable) -> Statement<Removed> {
        let referring: [Identifier] = table == .posts ? tables.filter(\.refersToPosts).map(Identifier.init) + ["gone_posts"] : []
        let conditions: [SQL] =
            [isTheirsAlone] + referring.map { "NOT EXISTS (SELECT FROM \(table: $0) AS r WHERE r.status_id = t.status_id)" }
        let remove: SQL = """
            DELETE FROM \(table: Identifier(table)) AS t USING undone
            WHERE \(conditions.joined(separator: "\nAND "))
            RETURNING t.*
            """
        return Statement(
            "import.undo.\(table.name)",
            """
            WITH undone (ids) AS (SELECT \(int64Array: undone)),
            removed AS (
                \(remove)
            )
            SELECT count(*), coalesce((
                SELECT array_agg(DISTINCT batches.label) FROM undone, import_confirmations AS c JOIN batches ON batches.id = c.import
                WHERE batches.undone_at IS NULL AND NOT batches.id = ANY(undone.ids) AND c.confirmed IN (SELECT inserted_by FROM removed)), '{}')
            FROM removed
            """, read: { Removed(rows: try $0.int64(), confirming: try $0.textArrayOfOptionals().compactMap(\.self)) })
    }

    struct Left: Sendable {
        var kept, changed, overwritten: Int64
    }

    static func left(_ batch: Int64, _ undone: [Int64], in table: ArchiveTable) -> Statement<Left> {
        Statement(
            "import.kept.\(table.name)",
            """
            SELECT count(*) FILTER (WHERE t.inserted_by = batch.id),
                   count(*) FILTER (WHERE t.inserted_by = batch.id AND NOT (\(isTheirsAlone))),
                   count(*) FILTER (WHERE t.inserted_by IS DISTINCT FROM batch.id)
            FROM \(table: Identifier(table)) AS t, (SELECT \(int64: batch)) AS batch (id), (SELECT \(int64Array: undone)) AS undone (ids)
            WHERE batch.id IN (t.inserted_by, t.updated_by)
            """,
            read: { row in Left(kept: try row.int64(), changed: try row.int64(), overwritten: try row.int64()) })
    }

    static let refreshVelocity = VelocityQueries.refresh("(SELECT status_id FROM posts WHERE views_velocity IS NOT NULL) AS ids")

    /// What an unfinished import has staged may refer to posts that are gone now; it is staged anew.
    static let forgetStages = Statement<Void>("import.forget-stages", "DELETE FROM import_stages")

    /// Records that the import was taken back, which frees its label.
    static func record(_ batch: Int64) -> Statement<Void> {
        Statement("import.record-undo", "UPDATE batches SET undone_at = now() WHERE id = \(int64: batch)")
    }
}
