internal import Domain
internal import Postgres
internal import Store

/// Merges a staged table into the archive and counts what that changed. Replays change nothing.
struct LoadSQL {
    let table: SourceTable
    /// The import that writes.
    let batch: Int64
    /// A relation of posts that nobody else writes until the transaction ends, be they news or not.
    var held: Identifier?

    struct Written: Sendable {
        var inserted: Int64
        var updated: Int64
    }

    var load: Statement<Written> {
        Statement(
            "snapshot.load.\(table.target)",
            """
            WITH written AS (
                \(table.merge(batch, held))
                RETURNING xmax = 0 AS is_new\(table.changes == nil ? "" : ", status_id")
            )\(table.changes.map { ", recorded AS (\n    \(ChangeRecord.insert($0, from: "written"))\n)" as SQL } ?? "")
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """, decode: { row in Written(inserted: try row.int64(0), updated: try row.int64(1)) })
    }
}

extension SourceTable {
    /// As what its rows are recorded when they change; nil when nobody follows them.
    fileprivate var changes: ChangeKind? {
        switch target {
        case "posts": .post
        case "reports": .report
        default: nil
        }
    }

    /// Merges the staged rows by the rule that holds for collectors too.
    fileprivate func merge(_ batch: Int64, _ held: Identifier?) -> SQL {
        let (staging, number): (SQL, SQL) = (SQL(unescaped: StagingSQL(table: self).name), "\(int64: batch)")
        func related(_ merge: RelatedMerge) -> SQL {
            merge.upsert(columns.map(\.identifier) + (keepsTimes ? ["observed_at"] : []), from: staging, batch: number)
        }
        return switch target {
        case "posts": PostMerge.upsert(from: DerivedMetrics.withVelocity, batch: number, holding: held)
        case "reports": related(.reports)
        case "pipeline_runs": related(.runs)
        case "embeddings": related(.embeddings)
        default: related(.watchAccounts)
        }
    }
}
