/// The archive's part of access: the state of keys and sessions, uses of keys, and feed tokens of readers.
public protocol AccessKeeping: Sendable {
    /// Nil when nothing has changed since `revision`.
    func accessState(since revision: Int64?) async throws(ArchiveError) -> AccessState?
    /// Notes when keys were used, by their numbers. What is known to be later stays.
    func note(uses: [Int64: Timestamp]) async throws(ArchiveError)
    /// The feed tokens of a reader that are good, in the order in which they were made.
    func feedTokens(of owner: String) async throws(ArchiveError) -> [AccessKey]
    /// Nil when its owner has as many as `limit` already.
    func createFeedToken(_ token: NewAccessKey, limit: Int) async throws(ArchiveError) -> AccessKey?
    /// Whether `owner` had a good one with this number.
    func revokeFeedToken(_ id: Int64, of owner: String) async throws(ArchiveError) -> Bool
}
