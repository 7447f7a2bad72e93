internal import Domain
internal import Foundation

/// The file that takes every rejected row, whole, with the rule that it broke: one JSON object per line.
///
/// It is written beside its final name and moved there at the end, so that a file under that name is always complete.
final class RejectFile {
    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private(set) var count = 0

    private var partialPath: String { path + ".partial" }

    /// - Throws: `SnapshotError.cannotWriteRejects`.
    init(path: String) throws {
        self.path = path
        let partial = path + ".partial"
        do {
            try Data().write(to: URL(fileURLWithPath: partial))
            file = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
        } catch {
            throw SnapshotError.cannotWriteRejects(path, reason: error.localizedDescription)
        }
    }

    func add(_ table: SourceTable, _ row: SourceRow, _ violation: Violation) throws {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("table", table.name)
            writer.member("row", Int64(row.number))
            writer.key("key")
            writer.object { writer in
                let binding = ColumnBinding(table, names: row.names)
                for (column, source) in zip(table.columns, binding.sources) where table.key.contains(column.name) {
                    guard let source else { continue }
                    writer.key(column.name)
                    row.write(row.cells[source], to: &writer)
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
        count += 1
        if buffer.count > 1 << 16 { try flush() }
    }

    /// Puts the file under its name, or removes it when there was nothing to reject.
    func finish() throws {
        try flush()
        try? file.close()
        do {
            try? FileManager.default.removeItem(atPath: path)
            if count == 0 {
                try FileManager.default.removeItem(atPath: partialPath)
            } else {
                try FileManager.default.moveItem(atPath: partialPath, toPath: path)
            }
        } catch {
            throw SnapshotError.cannotWriteRejects(path, reason: error.localizedDescription)
        }
    }

    /// Leaves no trace, for an import that did not happen.
    func discard() {
        try? file.close()
        try? FileManager.default.removeItem(atPath: partialPath)
    }

    private func flush() throws {
        do { try file.write(contentsOf: Data(buffer)) } catch {
            throw SnapshotError.cannotWriteRejects(path, reason: error.localizedDescription)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
