/// What the API asks of the archive about who may do what.
public protocol AccessKeeping: Sendable {
    /// Nil when nothing has changed since `revision`.
    func accessState(since revision: Int64?) async throws(ArchiveError) -> AccessState?
}
