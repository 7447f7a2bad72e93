public import Domain
public import Postgres

/// Removes everything that the archive holds of an author. Collectors go on writing meanwhile, so the rows are held before they are counted
/// and removed: docs/adr/0012-held-before-removed.md has the reasons.
public enum PurgeQueries {
    static let removal = PostRemoval(name: "purge")

    /// Counts the rows of an author, without a lock.
    public static func rows(of handle: String) -> Statement<PostRows> { removal.rows(of: .author(handle)) }

    /// In one transaction.
    ///
    /// - Parameter patience: how long a statement may take; nil for the usual time.
    static func run(_ order: Purge, patience: Duration?, _ connection: isolated Connection) async throws -> Purge.Result {
        // An import brings posts before what refers to them, and would miss those that go in between.
        try await connection.execute(ImportLock.wait, timeout: patience)
        if order.blocks { try await connection.execute(Blocks.enter(alone: true), timeout: patience) }
        let (posts, found) = try await removal.hold(.author(order.handle), patience: patience, connection)
        guard found.total == order.confirmed else { return .miscounted(found) }
        try await removal.remove(posts, patience: patience, connection)
        var events = [AuditEvent(.postsPurged, by: order.principal, of: order.handle, found.details)]
        if order.blocks, try await connection.execute(Blocks.insert(order.handle, by: order.principal)) > 0 {
            events.append(AuditEvent(.handleBlocked, by: order.principal, of: order.handle))
        }
        try await connection.execute(AuditQueries.insert(events))
        return .removed(found)
    }

    /// The same as a command, which may wait long for others. Writers of the author's posts wait until it has ended; all others go on.
    public static func run(_ order: Purge, _ connection: isolated Connection) async throws -> Purge.Result {
        try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            try await run(order, patience: .seconds(3_600), connection)
        }
    }
}
