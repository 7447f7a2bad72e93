internal import Domain
internal import JSON
internal import Postgres

/// Turns the rows of one source table into rows for `COPY`, by the rules of the import and nothing else.
struct Normaliser {
    let table: SourceTable
    private(set) var rows = BinaryRows()
    /// The clock that moments of the source are judged by.
    private let now: Timestamp
    /// The authors whose posts are kept out.
    private let blocked: Set<String>
    private var counted = RuleTally()
    private var binding: ColumnBinding
    /// What `observed_at` holds when the source lacks some of the columns.
    private var neverObserved: [UInt8] = []
    private var dimensions: Int32 = 0
    /// For each target column and each of its source columns the use of an older name that it is.
    private var aliases: [[RuleTally.Entry?]] = []
    /// Whether a target column has several source columns, so that a row may not use all of them.
    private var hasAlternatives = false
    /// For each target column the source column that the present row has a value for it in.
    private var chosen: [Int?] = []
    /// The source columns that the present row is read from, and how often each was.
    private var used: [Bool] = []
    private var reads: [Int] = []
    /// What the rules changed in the present row; it counts only when the whole row is good.
    private var changes: [RuleTally.Entry] = []

    /// - Parameter now: the clock that moments of the source are judged by; `.latest` accepts all of them.
    init(_ table: SourceTable, now: Timestamp, blocked: Set<String> = []) {
        self.table = table
        self.now = now
        self.blocked = table.target == .posts ? blocked : []
        binding = ColumnBinding(table, names: [])
    }

    /// What was counted up to now.
    var tally: RuleTally {
        var tally = counted
        for (name, count) in zip(binding.names, reads) where count > 0 { tally.countRead(name, count) }
        return tally
    }

    /// The columns of the staging table that `append` fills, in its order.
    static func stagingColumns(of table: SourceTable) -> [Identifier] {
        ["row_number"] + table.columns.map(\.identifier) + (table.keepsTimes ? ["observed_at"] : [])
    }

    mutating func discardRows() { rows.removeAll() }

    /// Counts that `row` was rejected.
    mutating func countReject(_ violation: Violation, _ row: SourceRow) {
        let binding = binding
        counted.countReject(
            .init(rule: violation.rule, column: violation.column), key: row.names == binding.names ? binding.key(of: row) : "")
    }

    /// Appends `row` to `rows`, or throws the first rule that it breaks and leaves `rows` as they were.
    mutating func append(_ row: SourceRow) throws(Violation) {
        if row.names.first == SourceRow.unreadable {
            var rule = Rule.json
            if case .tooLong = row.cells[0] { rule = .length }
            throw Violation(rule: rule, column: SourceRow.unreadable, cell: row.cells[0])
        }
        if row.names != binding.names || chosen.isEmpty { rebind(row.names) }
        rows.beginRow(fields: table.columns.count + (table.keepsTimes ? 2 : 1))
        rows.int64(Int64(row.number))
        changes.removeAll(keepingCapacity: true)
        chooseSources(row)
        do {
            for (index, column) in table.columns.enumerated() {
                let cell = chosen[index].map { row.cells[$0] } ?? .null
                try append(cell, column, isThere: !binding.sources[index].isEmpty, of: row)
            }
        } catch {
            rows.abandonRow()
            throw error
        }
        if table.keepsTimes {
            if neverObserved.isEmpty { rows.null() } else { rows.jsonb(neverObserved[...]) }
        }
        let binding = binding
        for change in changes { counted.count(change, key: binding.key(of: row)) }
        for index in binding.unmapped { counted.countUnmapped(row.names[index], isNull: row.cells[index] == .null) }
        guard hasAlternatives else { return }
        for index in used.indices where !used[index] && row.cells[index] != .null && !binding.unmapped.contains(index) {
            counted.countUnmapped(row.names[index], isNull: false)
        }
    }

    /// Notes what the row is read from, and where that has an older name.
    private mutating func chooseSources(_ row: SourceRow) {
        for index in used.indices { used[index] = false }
        for (column, sources) in binding.sources.enumerated() {
            let place = sources.firstIndex { row.cells[$0] != .null }
            chosen[column] = place.map { sources[$0] }
            guard let place else { continue }
            used[sources[place]] = true
            if let alias = aliases[column][place] { changes.append(alias) }
        }
        for index in used.indices where used[index] { reads[index] += 1 }
    }

    /// The names of the table's columns may change from row to row, in JSON Lines.
    private mutating func rebind(_ names: [String]) {
        counted = tally
        binding = ColumnBinding(table, names: names)
        chosen = table.columns.map { _ in nil }
        used = names.map { _ in false }
        reads = names.map { _ in 0 }
        let lacking = zip(table.columns, binding.sources).filter(\.1.isEmpty).map(\.0)
        counted.noteMissing(lacking.map(\.name))
        let never = lacking.filter { !$0.isRequired }.map(\.name)
        var writer = JSONWriter()
        writer.object { writer in for name in never { writer.member(name, nil as String?) } }
        neverObserved = table.keepsTimes && !never.isEmpty ? writer.bytes : []
        hasAlternatives = binding.sources.contains { $0.count > 1 }
        aliases = zip(table.columns, binding.sources).map { column, sources in
            sources.map { names[$0] == column.name ? nil : .init(rule: .alias, column: "\(column.name) from \(names[$0])") }
        }
    }

    private mutating func append(
        _ cell: SourceCell, _ column: TargetColumn, isThere: Bool, of row: SourceRow
    ) throws(Violation) {
        func violation(_ rule: Rule) -> Violation { Violation(rule: rule, column: column.name, cell: cell) }
        switch cell {
        case .text(let range) where range.count > TextRule.maxBytes, .blob(let range) where range.count > TextRule.maxBytes:
            throw violation(.length)
        case .tooLong: throw violation(.length)
        default: break
        }
        if cell == .null, column.kind != .dimensions {
            switch column.absence {
            case .required: throw violation(.required)
            case .null where !isThere: append(PostColumn(rawValue: column.name)?.initial ?? .null)
            case .null: rows.null()
            case .fallback(let value):
                count(.fallback, column.name)
                append(value)
            }
            return
        }
        switch column.kind {
        case .id:
            let (text, isChanged) = try self.text(cell, row, rule: .id, column)
            guard !text.isEmpty, !SpreadsheetDamage.isSeen(in: text) else { throw violation(.id) }
            guard text.count <= TextRule.maxKeyBytes else { throw violation(.length) }
            if isChanged { count(.id, column.name) }
            rows.text(text)
        case .text:
            let (text, isChanged) = try self.text(cell, row, rule: .text, column)
            guard text.count <= TextRule.maxKeyBytes || !table.target.key.contains(column.identifier) else { throw violation(.length) }
            if isChanged { count(.text, column.name) }
            rows.text(text)
        case .url:
            let (text, isChanged) = try self.text(cell, row, rule: .url, column)
            guard LinkRule.isWebAddress(text) else { throw violation(.url) }
            if isChanged { count(.url, column.name) }
            rows.text(text)
        case .handle:
            let (text, isChanged) = try self.text(cell, row, rule: .handle, column)
            guard let handle = HandleRule.normalise(String(decoding: text, as: UTF8.self)) else { throw violation(.handle) }
            guard handle.utf8.count <= TextRule.maxKeyBytes else { throw violation(.length) }
            guard blocked.isEmpty || !blocked.contains(handle) else { throw violation(.blocked) }
            if isChanged || !handle.utf8.elementsEqual(text) { count(.handle, column.name) }
            rows.text(handle)
        case .tier:
            let (text, isChanged) = try self.text(cell, row, rule: .tier, column)
            switch TierRule.parse(String(decoding: text, as: UTF8.self)) {
            case .tier(let tier):
                if isChanged || !tier.rawValue.utf8.elementsEqual(text) { count(.tier, column.name) }
                rows.text(tier.rawValue)
            case TierRule.Reading.none?:
                if case .required = column.absence { throw violation(.tier) }
                count(.tier, column.name)
                rows.null()
            case nil: throw violation(.tier)
            }
        case .runMode:
            let (text, isChanged) = try self.text(cell, row, rule: .runMode, column)
            guard let mode = RunModeRule.parse(String(decoding: text, as: UTF8.self)) else { throw violation(.runMode) }
            if isChanged || !mode.rawValue.utf8.elementsEqual(text) { count(.runMode, column.name) }
            rows.text(mode.rawValue)
        case .boolean: try append(boolean: cell, row, column)
        case .timestamp: try append(timestamp: cell, row, column)
        case .counter:
            let value = try integer(cell, row, .counter, column)
            guard value >= 0 else { throw violation(.counter) }
            rows.int64(value)
        case .delta: rows.int64(try integer(cell, row, .delta, column))
        case .vector: try append(vector: cell, row, column)
        case .dimensions: try append(dimensions: cell, row, column)
        }
    }

    private mutating func count(_ rule: Rule, _ column: String) { changes.append(.init(rule: rule, column: column)) }

    private mutating func append(_ cell: Cell) {
        switch cell {
        case .null: rows.null()
        case .text(let value): rows.text(value)
        case .integer(let value): rows.int64(value)
        case .boolean(let value): rows.bool(value)
        case .timestamp(let value): rows.timestamp(value.microseconds)
        }
    }

    /// The bytes of a text, and whether they had to be made from another type.
    private func text(
        _ cell: SourceCell, _ row: SourceRow, rule: Rule, _ column: TargetColumn
    ) throws(Violation) -> (ArraySlice<UInt8>, isChanged: Bool) {
        switch cell {
        case .text(let range), .blob(let range):
            let bytes = row.bytes[range]
            guard bytes.withUnsafeBufferPointer(TextRule.isStorable) else { throw Violation(rule: .text, column: column.name, cell: cell) }
            if case .blob = cell { return (bytes, true) }
            return (bytes, false)
        case .integer(let value): return (Array(String(value).utf8)[...], true)
        case .real, .boolean, .null, .tooLong: throw Violation(rule: rule, column: column.name, cell: cell)
        }
    }

    private mutating func integer(
        _ cell: SourceCell, _ row: SourceRow, _ rule: Rule, _ column: TargetColumn
    ) throws(Violation) -> Int64 {
        switch cell {
        case .integer(let value): return value
        case .text(let range), .blob(let range):
            if let value = IntegerRule.parse(row.bytes[range]) {
                count(rule, column.name)
                return value
            }
        case .real(let value):
            if let integer = IntegerRule.exact(value) {
                count(rule, column.name)
                return integer
            }
        case .boolean, .null, .tooLong: break
        }
        throw Violation(rule: rule, column: column.name, cell: cell)
    }

    private mutating func append(boolean cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        switch cell {
        case .boolean(let value): rows.bool(value)
        case .integer(let value) where value == 0 || value == 1: rows.bool(value == 1)
        case .text(let range), .blob(let range):
            guard let value = BooleanRule.parse(String(decoding: row.bytes[range], as: UTF8.self)) else { fallthrough }
            count(.boolean, column.name)
            rows.bool(value)
        default: throw Violation(rule: .boolean, column: column.name, cell: cell)
        }
    }

    private mutating func append(timestamp cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        switch cell {
        case .text(let range), .blob(let range):
            guard let time = row.bytes[range].withUnsafeBufferPointer({ try? Timestamp(iso8601: $0) }) else { fallthrough }
            // The same moment written in UTC with a `Z` counts as unchanged, however many fraction digits it has.
            var isChanged = row.bytes[range].last != UInt8(ascii: "Z")
            if case .blob = cell { isChanged = true }
            if isChanged { count(.timestamp, column.name) }
            if ClockRule.excess(of: time, at: now) != nil { throw Violation(rule: .future, column: column.name, cell: cell) }
            rows.timestamp(time.microseconds)
        default: throw Violation(rule: .timestamp, column: column.name, cell: cell)
        }
    }

    private mutating func append(vector cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        let (text, isChanged) = try self.text(cell, row, rule: .vector, column)
        guard let value = try? JSONReader.read(Array(text)), let length = VectorRule.dimensions(value) else {
            throw Violation(rule: .vector, column: column.name, cell: cell)
        }
        if isChanged { count(.vector, column.name) }
        dimensions = Int32(length)
        rows.jsonb(text)
    }

    /// `dims` follows the vector in the table, so its length is known.
    private mutating func append(dimensions cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        let stated = cell == .null ? 0 : try integer(cell, row, .dimensions, column)
        if stated == 0, dimensions != 0 { count(.dimensions, column.name) }
        guard stated == 0 || stated == dimensions else { throw Violation(rule: .vector, column: column.name, cell: cell) }
        rows.int32(dimensions)
    }
}
