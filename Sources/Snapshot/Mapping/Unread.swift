/// A table or a column of a snapshot that holds values and is not read.
public struct Unread: Hashable, Sendable {
    /// As the snapshot names it.
    public var table: String
    /// As the snapshot names it; nil: the whole table.
    public var column: String?
    /// Rows of a table, values that are not null of a column; nil when they cannot be counted.
    public var count: Int?
    /// Why it cannot be read; nil when it only has no place in the archive.
    public var reason: String?
    /// The table or the column that is missing and that this may be.
    public var mayBe: String?
}

extension Unread: CustomStringConvertible {
    /// `the table tweets_v2 (3 rows; it may be tweets)`
    public var description: String {
        let unit = column == nil ? "row" : "value"
        let facts = [count.map { "\($0) \(unit)\($0 == 1 ? "" : "s")" }, reason, mayBe.map { "it may be \($0)" }]
        let name = column.map { "the column \(table).\($0)" } ?? "the table \(table)"
        return "\(name.singleLine) (\(facts.compactMap { $0?.singleLine }.joined(separator: "; ")))"
    }
}

extension [Unread] {
    /// Whether nothing was left that may belong into the archive.
    public var isHarmless: Bool { allSatisfy { $0.mayBe == nil } }

    /// One line for people, with what may belong into the archive first; nil when everything was read.
    public var line: String? {
        guard !isEmpty else { return nil }
        let parts = (filter { $0.mayBe != nil } + filter { $0.mayBe == nil }).map(\.description).joined(separator: ", ")
        return isHarmless ? "Not read, because the archive has no place for it: \(parts)." : "NOT EVERYTHING WAS READ: \(parts)."
    }
}

extension SnapshotSource {
    /// The relations that hold rows and are not read.
    ///
    /// - Parameter absent: the tables that are not there, or have no row.
    func unreadTables(_ binding: TableBinding, absent: [SourceTable]) throws -> [Unread] {
        try binding.leftBehind.filter { $0.kind != .shadow }.compactMap { relation in
            let (count, reason) = try countedRows(relation.name)
            guard count != 0 else { return nil }
            let columns = absent.isEmpty ? [] : (try? valueCounts(relation.name).map(\.name)) ?? []
            let meant = absent.first { Likeness.mayBe(relation.title, oneOf: $0.everyName) || $0.couldBeRead(columns) }
            return Unread(table: relation.name, count: count, reason: reason, mayBe: meant?.name)
        }
    }

    /// The columns of `table` that hold values and are not read.
    ///
    /// - Parameters:
    ///   - values: source column → how many of its values nobody reads.
    ///   - missing: target columns that the source has no column for.
    func unreadColumns(_ table: SourceTable, values: [ImportSummary.Count], missing: [String]) throws -> [Unread] {
        let targets = table.columns.filter { missing.contains($0.name) }
        func meant(_ name: String) -> String? { targets.first { Likeness.mayBe(name, oneOf: $0.sourceNames) }?.name }
        // What was read in other rows is known for what it is.
        func isKnown(_ name: String) -> Bool { table.columns.contains { $0.sourceNames.contains(SourceName.folded(name)) } }
        return values.filter { $0.count > 0 }.map {
            Unread(table: table.stored, column: $0.name, count: $0.count, mayBe: isKnown($0.name) ? nil : meant($0.name))
        }
            + (try columns(table.stored)).unreadable.map {
                Unread(table: table.stored, column: $0.name, reason: $0.reason, mayBe: meant($0.name))
            }
    }
}

extension SourceTable {
    /// What a person may have called it.
    fileprivate var everyName: [String] { [name, target.name] }

    /// Whether `names` hold all that a row has to have, and that is so much that it is no chance.
    fileprivate func couldBeRead(_ names: [String]) -> Bool {
        guard columns.count(where: \.isRequired) > 3 else { return false }
        let binding = ColumnBinding(self, names: names)
        return zip(columns, binding.sources).allSatisfy { column, sources in !column.isRequired || !sources.isEmpty }
    }
}

extension String {
    /// The text without line breaks and other control characters, which would break a report's line.
    fileprivate var singleLine: String { String(map { $0.isNewline || $0.unicodeScalars.allSatisfy { $0.value < 0x20 } ? " " : $0 }) }
}
