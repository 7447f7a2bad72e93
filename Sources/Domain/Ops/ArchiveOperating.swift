/// The archive's part of operators' requests.
public protocol ArchiveOperating: Sendable {
    /// What the archive holds of an author.
    func rows(of handle: String) async throws(ArchiveError) -> PostRows
    /// Removes all of it in one transaction, or nothing when `order` names another number of rows.
    func purge(_ order: Purge) async throws(ArchiveError) -> Purge.Result
}
