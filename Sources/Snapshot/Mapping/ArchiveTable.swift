internal import Domain
internal import Postgres
internal import Store

/// A table of the archive that an import fills, and what sets it apart. The only place that knows one table from another by its name.
enum ArchiveTable: String, CaseIterable, Sendable {
    case watchAccounts = "watch_accounts"
    case posts
    case reports
    case runs = "pipeline_runs"
    case embeddings
    case metrics = "post_metrics_snapshots"

    /// Its name in Postgres.
    var name: String { rawValue }

    /// The name of the table that a snapshot's rows are staged in.
    var staging: Identifier {
        switch self {
        case .watchAccounts: "incoming_watch_accounts"
        case .posts: "incoming_posts"
        case .reports: "incoming_reports"
        case .runs: "incoming_pipeline_runs"
        case .embeddings: "incoming_embeddings"
        case .metrics: "incoming_post_metrics_snapshots"
        }
    }

    /// The columns that tell its rows apart.
    var key: [Identifier] {
        switch self {
        case .watchAccounts: ["handle"]
        case .posts, .reports, .embeddings: ["status_id"]
        case .runs: ["run_at", "mode", "source"]
        case .metrics: ["status_id", "snapshot_type", "snapshot_at"]
        }
    }

    /// The column that says when a row was observed, where the archive remembers the same of each single column.
    var timeColumn: Identifier? {
        switch self {
        case .posts: "last_seen_at"
        case .reports: "reported_at"
        case .watchAccounts, .runs, .embeddings, .metrics: nil
        }
    }

    /// Whether its rows refer to a post.
    var refersToPosts: Bool {
        switch self {
        case .reports, .embeddings, .metrics: true
        case .watchAccounts, .posts, .runs: false
        }
    }

    /// As what its rows are recorded when they change; nil when nobody follows them.
    var changeKind: ChangeKind? {
        switch self {
        case .posts: .post
        case .reports: .report
        case .metrics: .metrics
        case .watchAccounts, .runs, .embeddings: nil
        }
    }

    /// The common table expression `written`, and one that records its rows where their changes are followed.
    func recorded(_ written: Identifier, _ write: SQL) -> SQL {
        let recording: [SQL] = changeKind.map { ["recorded AS (\n    \(ChangeRecord.insert($0, from: written))\n)"] } ?? []
        return (["\(table: written) AS (\n    \(write)\n)"] + recording).joined(separator: ",\n")
    }

    /// How rows are merged, for collectors and for snapshots alike.
    enum Merge {
        /// Column by column, by the time of observation: `PostMerge`.
        case post
        case related(RelatedMerge)
    }

    var merge: Merge {
        switch self {
        case .posts: .post
        case .reports: .related(.reports)
        case .runs: .related(.runs)
        case .embeddings: .related(.embeddings)
        case .watchAccounts: .related(.watchAccounts)
        case .metrics: .related(.snapshots)
        }
    }

    /// The order of staged rows with one key: the first stays. The newest observation of a post, then the last row of the snapshot.
    var duplicateOrder: SQL {
        self == .posts ? "last_seen_at DESC, row_number DESC" : "row_number DESC"
    }
}
