internal import Domain
internal import Foundation

/// A folder with one `<table>.jsonl` per table and one JSON object per line.
struct JSONLinesSource: SnapshotSource {
    let folder: URL

    /// - Throws: `SnapshotError` when the folder holds no such file.
    init(folder: URL) throws {
        self.folder = folder
        guard try !tableNames().isEmpty else { throw SnapshotError.emptyFolder(folder.path) }
    }

    func tableNames() throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(".jsonl".count)) }.sorted()
        } catch {
            throw SnapshotError.notReadable(folder.path, reason: error.localizedDescription)
        }
    }

    func rowCount(_ table: String) throws -> Int? { nil }

    func columnNames(_ table: String) throws -> [String] { [] }

    /// A line that is no JSON object becomes a row without columns but the line itself, so that it is rejected by rule
    /// `json` and the rest of the file goes on.
    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws {
        let file = folder.appendingPathComponent(table + ".jsonl")
        var lines = try LineReader(file)
        var row = SourceRow()
        while let line = try lines.next() {
            row.number += 1
            row.clear()
            row.read(line)
            try body(&row)
        }
    }
}

extension SourceRow {
    /// The name of the only column of a row that could not be read.
    static let unreadable = "unreadable line"

    fileprivate mutating func read(_ line: [UInt8]) {
        guard let value = try? JSONReader.read(line), case .object(let object) = value else {
            names = [Self.unreadable]
            append(text: line)
            return
        }
        if !names.elementsEqual(object.members, by: { $0 == $1.name }) { names = object.members.map(\.name) }
        for member in object.members { append(member.value) }
    }

    /// An integer beyond 64 bits stays as it is written; a floating-point number would falsify it.
    private static func isOfInteger(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .null: cells.append(.null)
        case .boolean(let boolean): cells.append(.boolean(boolean))
        case .string(let text): append(text: text.utf8)
        case .number(let text):
            if let integer = IntegerRule.parse(text.utf8) {
                cells.append(.integer(integer))
            } else if text.utf8.contains(where: { !Self.isOfInteger($0) }), let real = Double(text) {
                // A number that no double holds is infinite, as it is in SQLite.
                cells.append(.real(real))
            } else {
                append(text: text.utf8)
            }
        case .object(let object) where append(encoded: object): break
        case .array, .object:
            var writer = JSONWriter()
            writer.value(value)
            append(text: writer.bytes)
        }
    }
}
