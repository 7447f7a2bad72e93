internal import Domain
internal import Postgres

/// Copies the tables of a snapshot, normalised, into staging tables: the common first half of import and validation.
struct Stager: Sendable {
    let source: any SnapshotSource
    let lifetime: StagingSQL.Lifetime
    /// The clock that moments of the source are judged by.
    let now: Timestamp
    /// The authors whose posts are kept out.
    let blocked: Set<String>
    /// The posts that were erased for good.
    let erased: Set<String>
    /// Whether the values of all source columns are counted, apart from those that are read.
    var countsValues = false
    let progress: @Sendable (SnapshotProgress) -> Void

    /// Bytes that are handed to `COPY` at once.
    private static let chunk = 1 << 18  // 256 KiB
    /// Rows between two looks at whether the caller gave up.
    private static let rowsPerLook = 1_000

    /// Creates and fills the staging table of `table` and takes duplicates and orphans out of it again.
    ///
    /// - Parameter postsIn: the relations that hold the posts which rows may refer to.
    /// - Returns: also how many values of each source column were not read, whatever became of their rows, where all are counted.
    func stage(
        _ table: SourceTable, postsIn relations: [Identifier], rejects: RejectPart?, _ connection: isolated Connection
    ) async throws -> (summary: ImportSummary.Table, unread: [ImportSummary.Count]) {
        let staging = StagingSQL(table: table)
        try await connection.execute(staging.drop)
        try await connection.execute(staging.create(lifetime))
        var (normaliser, values, read) = try await copy(table, staging, rejects, connection)
        try await connection.execute(staging.analyze)
        let duplicates = try await connection.execute(staging.removeDuplicates, timeout: .seconds(3_600))
        try reject(try await orphans(table, staging, relations, connection), of: table, rejects, &normaliser)
        var summary = ImportSummary.Table(table, normaliser.tally)
        summary.read = read
        summary.duplicate = duplicates
        summary.rejected = normaliser.tally.rejected
        summary.erased = normaliser.tally.erased
        let isRead = normaliser.tally.read
        let unread = values.all.sorted { $0.key < $1.key }.map { ImportSummary.Count(name: $0, count: $1 - isRead[$0, default: 0]) }
        return (summary, unread)
    }

    private func copy(
        _ table: SourceTable, _ staging: StagingSQL, _ rejects: RejectPart?, _ connection: isolated Connection
    ) async throws -> (Normaliser, ValueCounts, read: Int) {
        var normaliser = Normaliser(table, now: now, blocked: blocked, erased: erased)
        var values = ValueCounts()
        var read = 0
        let total = try source.rowCount(table.stored)
        try await connection.copyIn("snapshot.copy.\(table.target.name)", staging.copy.text, timeout: .seconds(3_600)) { writer in
            try writer.write(BinaryRows.header)
            try source.forEachRow(table.stored) { row in
                read = row.number
                if countsValues { values.add(row) }
                do throws(Violation) { try normaliser.append(row) } catch {
                    normaliser.countReject(error, row)
                    // Of an erased post nothing is kept, in the reject file either.
                    if error.rule != .erased { try rejects?.add(row, error) }
                }
                if normaliser.rows.bytes.count >= Self.chunk {
                    try writer.write(normaliser.rows.bytes)
                    normaliser.discardRows()
                }
                if row.number % Self.rowsPerLook == 0 {
                    try Task.checkCancellation()
                    progress(.reading(table: table.name, done: row.number, total: total))
                }
            }
            try writer.write(normaliser.rows.bytes + BinaryRows.trailer)
            normaliser.discardRows()
        }
        progress(.reading(table: table.name, done: read, total: read))
        return (normaliser, values, read)
    }

    private func orphans(
        _ table: SourceTable, _ staging: StagingSQL, _ relations: [Identifier], _ connection: isolated Connection
    ) async throws -> Set<Int> {
        guard table.target.refersToPosts else { return [] }
        return Set(try await connection.query(staging.removeOrphans(postsIn: relations), timeout: .seconds(3_600)).map(Int.init))
    }

    /// Reads the table once more for the orphans, because a rejected row is kept whole and as it came.
    private func reject(
        _ orphans: Set<Int>, of table: SourceTable, _ rejects: RejectPart?, _ normaliser: inout Normaliser
    ) throws {
        guard !orphans.isEmpty else { return }
        try source.forEachRow(table.stored) { row in
            guard orphans.contains(row.number) else { return }
            let key = ColumnBinding(table, names: row.names).keyCells(of: row).first?.cell
            let violation = Violation(rule: .orphan, column: "status_id", cell: key ?? .null)
            normaliser.countReject(violation, row)
            try rejects?.add(row, violation)
        }
    }
}
