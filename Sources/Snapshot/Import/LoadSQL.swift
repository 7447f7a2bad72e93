internal import Domain
internal import Postgres
internal import Store

/// Merges a staged table into the archive and counts what that changed. Replays change nothing.
struct LoadSQL {
    let table: SourceTable
    /// The import that writes.
    let batch: Int64
    /// A relation of posts that are locked until the transaction ends, whether the snapshot changes them or not.
    var held: Identifier?

    struct Written: Sendable {
        var inserted: Int64
        var updated: Int64
    }

    var load: Statement<Written> {
        let target = table.target
        let returned: [SQL] = ["xmax = 0 AS is_new"] + (target.changeKind == nil ? [] : ["status_id"])
        return Statement(
            "snapshot.load.\(target.name)",
            """
            WITH
                \(target.recorded("written", "\(merge)\nRETURNING \(returned.joined(separator: ", "))"))
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """, read: { row in Written(inserted: try row.int64(), updated: try row.int64()) })
    }

    /// Merges the staged rows by the rule that holds for collectors too.
    private var merge: SQL {
        switch table.target.merge {
        case .post: PostMerge.upsert(from: DerivedMetrics.withVelocity, batch: "\(int64: batch)", holding: held)
        case .related(let merge):
            merge.upsert(
                table.columns.map(\.identifier) + (table.keepsTimes ? ["observed_at"] : []), from: "\(table: table.target.staging)",
                batch: "\(int64: batch)", isImport: true)
        }
    }
}
