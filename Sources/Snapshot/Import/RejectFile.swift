internal import Domain
internal import Foundation
internal import JSON

/// The file that takes every rejected row, whole, with the rule that it broke: one JSON object per line.
///
/// Each table has a part of its own, so that an import that goes on later still has those of the tables before. At the end
/// the parts become one file; a file under the final name is always complete.
struct RejectFile: Sendable {
    /// Its final name.
    let path: String

    private func partPath(_ table: SourceTable) -> String { "\(path).\(table.name).partial" }

    /// Begins the part of `table` anew.
    ///
    /// - Throws: `SnapshotError.cannotWriteRejects`.
    func begin(_ table: SourceTable) throws -> RejectPart { try RejectPart(table, path: partPath(table), of: path) }

    /// The length of the part of `table` in bytes, 0 when there is none.
    func length(_ table: SourceTable) -> Int64 {
        var status = stat()
        guard lstat(partPath(table), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int64(status.st_size)
    }

    /// Puts the parts of `tables` together under the final name, or removes an earlier file when nothing was rejected.
    ///
    /// - Throws: `SnapshotError.cannotWriteRejects`.
    func assemble(_ tables: [SourceTable]) throws {
        let partial = path + ".partial"
        do {
            var isEmpty = true
            let whole = try RejectPart.handle(PrivateFile.create(partial))
            for table in tables {
                let descriptor = PrivateFile.read(partPath(table))
                guard descriptor >= 0 else { continue }
                let part = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
                while let chunk = try part.read(upToCount: 1 << 20), !chunk.isEmpty {
                    try whole.write(contentsOf: chunk)
                    isEmpty = false
                }
                try part.close()
            }
            try whole.close()
            try? FileManager.default.removeItem(atPath: path)
            if isEmpty {
                try FileManager.default.removeItem(atPath: partial)
            } else {
                try FileManager.default.moveItem(atPath: partial, toPath: path)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw SnapshotError.cannotWriteRejects(path, reason: RejectPart.reason(error))
        }
    }

    func removeParts() {
        for table in SourceTable.all { try? FileManager.default.removeItem(atPath: partPath(table)) }
    }
}

/// The rejected rows of one table.
final class RejectPart {
    private let table: SourceTable
    private let path: String
    private let finalPath: String
    private let file: FileHandle
    private var buffer: [UInt8] = []

    fileprivate init(_ table: SourceTable, path: String, of finalPath: String) throws {
        self.table = table
        self.path = path
        self.finalPath = finalPath
        do {
            file = try Self.handle(PrivateFile.create(path))
        } catch {
            throw SnapshotError.cannotWriteRejects(finalPath, reason: Self.reason(error))
        }
    }

    /// What the system said, in its own words.
    fileprivate static func reason(_ error: any Error) -> String {
        guard let code = (error as? POSIXError)?.code else { return error.localizedDescription }
        return String(cString: strerror(code.rawValue)).lowercased()
    }

    fileprivate static func handle(_ descriptor: Int32) throws -> FileHandle {
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func add(_ row: SourceRow, _ violation: Violation) throws {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("table", table.name)
            writer.member("row", Int64(row.number))
            writer.key("key")
            writer.object { writer in
                for (column, cell) in ColumnBinding(table, names: row.names).keyCells(of: row) {
                    writer.key(column)
                    row.write(cell, to: &writer)
                }
            }
            writer.member("field", violation.column)
            writer.member("rule", violation.rule.rawValue)
            writer.member("demand", violation.rule.demand)
            writer.key("value")
            row.write(violation.cell, to: &writer)
            writer.key("source")
            row.write(to: &writer)
        }
        buffer += writer.bytes + [UInt8(ascii: "\n")]
        if buffer.count > 1 << 16 { try flush() }
    }

    /// Makes the part complete; without a row there is none.
    func finish() throws {
        try flush()
        let isEmpty = (try? file.offset()) == 0
        try? file.close()
        if isEmpty { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Leaves no trace, for a table that was not staged.
    func discard() {
        try? file.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    private func flush() throws {
        guard !buffer.isEmpty else { return }
        do { try file.write(contentsOf: Data(buffer)) } catch {
            throw SnapshotError.cannotWriteRejects(finalPath, reason: Self.reason(error))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
