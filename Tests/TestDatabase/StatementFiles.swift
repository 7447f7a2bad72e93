import Foundation

@testable public import Postgres

/// The statements of one target as files of `db/statements`, so that SQL is read as SQL, and a change of it as a diff.
///
/// `db/statements/ROOM/NAME.sql` is the statement `ROOM.NAME`, rendered with fixed arguments; what there is of each table has a folder:
/// `ROOM.STEP.TABLE` is `ROOM/STEP/TABLE.sql`. `XMONITOR_RECORD=1` writes the files.
public struct StatementFiles {
    private let target: String
    private let sources: URL
    private var texts: [String: String] = [:]
    private var names: Set<String> = []
    private var problems: [String] = []

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = root.appending(path: "db/statements")

    /// - Parameter sources: the folder of the target, from the root of the repository.
    public init(of target: String, sources: String) {
        self.target = target
        self.sources = Self.root.appending(path: sources)
    }

    /// - Parameter variant: tells statements of one name apart whose text depends on their arguments.
    public mutating func add<Output>(_ statement: Statement<Output>, _ variant: String? = nil) {
        let name = statement.name + (variant.map { "-\($0)" } ?? "")
        let types = statement.parameters.enumerated().map { "$\($0 + 1) \($1.type)" }.joined(separator: ", ")
        if texts[name] != nil { problems.append("\(name) is there twice: give one a variant.") }
        texts[name] = "\(head) \(name)\n" + (types.isEmpty ? "" : "-- \(types)\n") + statement.sql + "\n"
        names.insert(statement.name)
    }

    /// The first line of each file says whose it is.
    private var head: String { "-- \(target):" }

    /// What differs between the statements, their files and the source; nothing when all is well.
    public func check() throws -> [String] {
        if ProcessInfo.processInfo.environment["XMONITOR_RECORD"] == "1" { try record() }
        let recorded = try Self.files().filter { $0.value.hasPrefix(head) }
        let differing = texts.compactMap { name, text in
            guard let file = recorded[Self.path(name)] else { return "\(Self.path(name)) is missing." }
            return file == text ? nil : "\(Self.path(name)) differs:\n\(Self.difference(from: file, to: text))"
        }
        let paths = Set(texts.keys.map(Self.path))
        let orphans = recorded.keys.filter { !paths.contains($0) }.map { "\($0) belongs to no statement." }
        let files = (differing + orphans).sorted()
        return problems + files
            + (files.isEmpty ? [] : ["If this is as it should be, run the test again with XMONITOR_RECORD=1, and read the diff."])
            + (try unrendered().map { "\($0) is in \(sources.lastPathComponent), but no test renders it." })
    }

    private static func path(_ name: String) -> String {
        let parts = name.split(separator: ".", maxSplits: 2)
        return "\(parts.joined(separator: "/")).sql"
    }

    private func record() throws {
        let paths = Set(texts.keys.map(Self.path))
        for (path, text) in try Self.files() where text.hasPrefix(head) && !paths.contains(path) {
            try FileManager.default.removeItem(at: Self.folder.appending(path: path))
        }
        for (name, text) in texts {
            let file = Self.folder.appending(path: Self.path(name))
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    /// Every file of the folder by its path in it.
    private static func files() throws -> [String: String] {
        try texts(in: folder, ending: ".sql")
    }

    private static func texts(in folder: URL, ending suffix: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        for path in FileManager.default.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? [] where path.hasSuffix(suffix) {
            texts[path] = String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
        }
        return texts
    }

    /// The names that the source gives to statements and that none here has. What a name is made of at run time may be anything.
    private func unrendered() throws -> [String] {
        let inSource = try Self.texts(in: sources, ending: ".swift").values.flatMap { text in
            text.matches(of: /(?:Statement(?:<[^>]*>)?|\.ingest)\(\s*"([^"]+)"\s*,/).map { String($0.1) }
        }
        return inSource.filter { name in
            let parts = name.replacing(/\\\([^)]*\)/, with: "*").split(separator: "*", omittingEmptySubsequences: false)
            return !names.contains { known in
                parts.count == 1 ? known == name : known.hasPrefix(parts[0]) && known.hasSuffix(parts[parts.count - 1])
            }
        }
    }

    /// The lines that one has and the other lacks.
    private static func difference(from old: String, to new: String) -> String {
        let (old, new) = (
            old.split(separator: "\n", omittingEmptySubsequences: false), new.split(separator: "\n", omittingEmptySubsequences: false)
        )
        return new.difference(from: old).map { change in
            switch change {
            case .remove(let line, let text, _): "  - \(line + 1): \(text)"
            case .insert(let line, let text, _): "  + \(line + 1): \(text)"
            }
        }.joined(separator: "\n")
    }
}
