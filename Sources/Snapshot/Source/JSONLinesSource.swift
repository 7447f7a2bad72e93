internal import Domain
internal import Foundation
internal import JSON

/// A folder with one `<table>.jsonl` per table and one JSON object per line.
struct JSONLinesSource: SnapshotSource {
    let folder: URL

    private static let ending = ".jsonl"
    /// Files that hold rows in another form, which nobody reads.
    private static let otherEndings = ["json", "ndjson", "csv", "tsv", "gz", "zst", "bz2", "xz", "zip", "db", "sqlite"]

    /// - Throws: `SnapshotError` when the folder holds no such file, or one that is no regular file.
    init(folder: URL) throws {
        self.folder = folder
        let names = try fileNames()
        guard !names.isEmpty else { throw SnapshotError.emptyFolder(folder.path) }
        for name in names where try FileKind.isFolder(path(name)) { throw SnapshotError.notReadable(path(name), reason: "it is a folder") }
    }

    /// The files with rows, by name.
    func fileNames() throws -> [String] {
        try everyName().filter { SourceName.lowered($0).hasSuffix(Self.ending) }
    }

    func relations() throws -> [SourceRelation] {
        try everyName().compactMap { name in
            if name.hasSuffix(Self.ending) {
                let title = String(name.dropLast(Self.ending.count))
                return SourceRelation(name: title, title: title)
            }
            // A file is named whole where its ending is written otherwise.
            if SourceName.lowered(name).hasSuffix(Self.ending) {
                return SourceRelation(name: name, title: String(name.dropLast(Self.ending.count)))
            }
            let ending = SourceName.lowered(name).split(separator: ".").last.map(String.init) ?? ""
            guard name != ExportManifest.name, Self.otherEndings.contains(ending) else { return nil }
            return SourceRelation(name: name, title: String(name.prefix { $0 != "." }), kind: .otherForm)
        }
    }

    func rowCount(_ table: String) throws -> Int? { nil }

    func countedRows(_ table: String) throws -> (Int?, reason: String?) {
        guard let name = try fileName(of: table) else { return (nil, "a file in another form") }
        var (lines, count) = (try LineReader(folder.appendingPathComponent(name)), 0)
        while try lines.next() != nil { count += 1 }
        return (count, nil)
    }

    func columns(_ table: String) throws -> SourceColumns { SourceColumns() }

    func valueCounts(_ table: String) throws -> [ImportSummary.Count] {
        var counts: [String: Int] = [:]
        try forEachObject(table) { members in
            for member in members where member.value != .null { counts[member.name, default: 0] += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { .init(name: $0.key, count: $0.value) }
    }

    private func forEachObject(_ table: String, _ body: ([JSONObject.Member]) throws -> Void) throws {
        var lines = try reader(table)
        while let line = try lines.next() {
            guard case .whole(let bytes) = line, case .object(let object)? = try? JSONReader.read(bytes) else { continue }
            try body(object.members)
        }
    }

    /// A line that is no JSON object becomes a row without columns but the line itself, so that it is rejected by rule
    /// `json` and the rest of the file goes on.
    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws {
        var lines = try reader(table)
        var row = SourceRow()
        while let line = try lines.next() {
            row.number += 1
            row.clear()
            row.read(line)
            try body(&row)
        }
    }

    private func reader(_ table: String) throws -> LineReader {
        try LineReader(folder.appendingPathComponent(fileName(of: table) ?? table + Self.ending))
    }

    /// The file with the rows of the relation `name`; nil when it is in another form.
    private func fileName(of name: String) throws -> String? {
        let names = try fileNames()
        return names.contains(name + Self.ending) ? name + Self.ending : names.contains(name) ? name : nil
    }

    private func everyName() throws -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch {
            throw SnapshotError.notReadable(folder.path, reason: error.localizedDescription)
        }
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

extension SourceRow {
    /// The name of the only column of a row that could not be read.
    static let unreadable = "unreadable line"

    fileprivate mutating func read(_ line: LineReader.Line) {
        switch line {
        case .tooLong(let beginning, let count):
            names = [Self.unreadable]
            append(tooLong: beginning, bytes: count)
        case .whole(let bytes):
            guard let value = try? JSONReader.read(bytes), case .object(let object) = value else {
                names = [Self.unreadable]
                append(limited: bytes)
                return
            }
            if !names.elementsEqual(object.members, by: { $0 == $1.name }) { names = object.members.map(\.name) }
            for member in object.members { append(member.value) }
        }
    }

    /// An integer beyond 64 bits stays as it is written; a floating-point number would falsify it.
    private static func isOfInteger(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .null: cells.append(.null)
        case .boolean(let boolean): cells.append(.boolean(boolean))
        case .string(let text): append(limited: text.utf8)
        case .number(let text):
            if let integer = IntegerRule.parse(text.utf8) {
                cells.append(.integer(integer))
            } else if text.utf8.contains(where: { !Self.isOfInteger($0) }), let real = Double(text) {
                // A number that no double holds is infinite, as it is in SQLite.
                cells.append(.real(real))
            } else {
                append(limited: text.utf8)
            }
        case .object(let object) where append(encoded: object): break
        case .array, .object:
            var writer = JSONWriter()
            writer.value(value)
            append(limited: writer.bytes)
        }
    }

    private mutating func append(limited text: some Collection<UInt8>) {
        if takes(text.count) { append(text: text) } else { append(tooLong: text, bytes: text.count) }
    }
}
