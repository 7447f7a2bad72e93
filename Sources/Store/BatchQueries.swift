internal import Domain
internal import Postgres

/// The numbers of accepted writes.
enum BatchQueries {
    /// What a batch of ingest brought.
    enum Kind: String {
        case posts, metrics, reports, runs, embeddings
        case watchAccounts = "watch_accounts"
    }

    /// Records a batch and returns its number.
    static func begin(_ kind: Kind) -> Statement<Int64> {
        Statement("batches.begin", "INSERT INTO batches (kind) VALUES (\(text: kind.rawValue)) RETURNING id", decode: { try $0.int64(0) })
    }
}
