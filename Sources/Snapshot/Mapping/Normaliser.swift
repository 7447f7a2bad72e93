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
    /// The posts that were erased for good.
    private let erased: Set<String>
    private var counted: RuleTally
    private var binding: ColumnBinding
    private var isBound = false
    /// What `observed_at` holds when the source lacks some of the columns.
    private var neverObserved: [UInt8] = []
    private var dimensions: Int32 = 0
    private var choice: SourceChoice
    /// The target column that is being read.
    private var column = 0
    /// For each target column where it is counted that its rule changed a value, and that a null became its default.
    private let changePlaces, fallbackPlaces: [Int]
    /// The places of what was changed in the present row; it counts only when the whole row is good.
    private var changes: [Int] = []

    /// - Parameter now: the clock that moments of the source are judged by; `.latest` accepts all of them.
    init(_ table: SourceTable, now: Timestamp, blocked: Set<String> = [], erased: Set<String> = []) {
        self.table = table
        self.now = now
        self.erased = erased
        self.blocked = table.target == .posts ? blocked : []
        binding = ColumnBinding(table, names: [])
        var counted = RuleTally()
        changePlaces = table.columns.map { counted.place(of: .init(rule: $0.kind.rule, column: $0.name)) }
        fallbackPlaces = table.columns.map { counted.place(of: .init(rule: .fallback, column: $0.name)) }
        choice = SourceChoice(binding, &counted)
        self.counted = counted
    }

    /// What was counted up to now.
    var tally: RuleTally {
        var tally = counted
        choice.count(into: &tally)
        return tally
    }

    /// The columns of the staging table that `append` fills, in its order.
    static func stagingColumns(of table: SourceTable) -> [Identifier] {
        ["row_number"] + table.columns.map(\.identifier) + (table.keepsTimes ? ["observed_at"] : [])
    }

    mutating func discardRows() { rows.removeAll() }

    /// Counts that `row` was rejected, or that it is of an erased post.
    mutating func countReject(_ violation: Violation, _ row: SourceRow) {
        guard violation.rule != .erased else { return counted.countErased() }
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
        if row.names != binding.names || !isBound { rebind(row.names) }
        rows.beginRow(fields: table.columns.count + (table.keepsTimes ? 2 : 1))
        rows.int64(Int64(row.number))
        changes.removeAll(keepingCapacity: true)
        choice.choose(for: row, &changes)
        do {
            for index in table.columns.indices {
                column = index
                try append(choice.chosen[index].map { row.cells[$0] } ?? .null, table.columns[index], of: row)
            }
        } catch {
            rows.abandonRow()
            throw error
        }
        if table.keepsTimes {
            if neverObserved.isEmpty { rows.null() } else { rows.jsonb(neverObserved[...]) }
        }
        let binding = binding
        for place in changes { counted.countChange(at: place, key: binding.key(of: row)) }
        choice.countUnread(row)
    }

    /// The names of the table's columns may change from row to row, in JSON Lines.
    private mutating func rebind(_ names: [String]) {
        counted = tally
        (binding, isBound) = (ColumnBinding(table, names: names), true)
        choice = SourceChoice(binding, &counted)
        let lacking = zip(table.columns, binding.sources).filter(\.1.isEmpty).map(\.0)
        counted.noteMissing(lacking.map(\.name))
        let never = lacking.filter { !$0.isRequired }.map(\.name)
        var writer = JSONWriter()
        writer.object { writer in for name in never { writer.member(name, nil as String?) } }
        neverObserved = table.keepsTimes && !never.isEmpty ? writer.bytes : []
    }

    private mutating func append(_ cell: SourceCell, _ column: TargetColumn, of row: SourceRow) throws(Violation) {
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
            case .null where binding.sources[self.column].isEmpty: append(PostColumn(rawValue: column.name)?.initial ?? .null)
            case .null: rows.null()
            case .fallback(let value):
                changes.append(fallbackPlaces[self.column])
                append(value)
            }
            return
        }
        switch column.kind {
        case .id:
            let (text, isChanged) = try self.text(cell, row, column)
            guard !text.isEmpty, !SpreadsheetDamage.isSeen(in: text) else { throw violation(.id) }
            guard text.count <= TextRule.maxKeyBytes else { throw violation(.length) }
            guard erased.isEmpty || !erased.contains(String(decoding: text, as: UTF8.self)) else { throw violation(.erased) }
            if isChanged { noteChange() }
            rows.text(text)
        case .text:
            let (text, isChanged) = try self.text(cell, row, column)
            guard text.count <= TextRule.maxKeyBytes || !table.target.key.contains(column.identifier) else { throw violation(.length) }
            if isChanged { noteChange() }
            rows.text(text)
        case .url:
            let (text, isChanged) = try self.text(cell, row, column)
            guard LinkRule.isWebAddress(text) else { throw violation(.url) }
            if isChanged { noteChange() }
            rows.text(text)
        case .handle:
            let (text, isChanged) = try self.text(cell, row, column)
            guard let handle = HandleRule.normalise(String(decoding: text, as: UTF8.self)) else { throw violation(.handle) }
            guard handle.utf8.count <= TextRule.maxKeyBytes else { throw violation(.length) }
            guard blocked.isEmpty || !blocked.contains(handle) else { throw violation(.blocked) }
            if isChanged || !handle.utf8.elementsEqual(text) { noteChange() }
            rows.text(handle)
        case .tier:
            let (text, isChanged) = try self.text(cell, row, column)
            switch TierRule.parse(String(decoding: text, as: UTF8.self)) {
            case .tier(let tier):
                if isChanged || !tier.rawValue.utf8.elementsEqual(text) { noteChange() }
                rows.text(tier.rawValue)
            case TierRule.Reading.none?:
                if case .required = column.absence { throw violation(.tier) }
                noteChange()
                rows.null()
            case nil: throw violation(.tier)
            }
        case .runMode:
            let (text, isChanged) = try self.text(cell, row, column)
            guard let mode = RunModeRule.parse(String(decoding: text, as: UTF8.self)) else { throw violation(.runMode) }
            if isChanged || !mode.rawValue.utf8.elementsEqual(text) { noteChange() }
            rows.text(mode.rawValue)
        case .boolean: try append(boolean: cell, row, column)
        case .timestamp: try append(timestamp: cell, row, column)
        case .counter:
            let value = try integer(cell, row, column)
            guard value >= 0 else { throw violation(.counter) }
            rows.int64(value)
        case .delta: rows.int64(try integer(cell, row, column))
        case .vector: try append(vector: cell, row, column)
        case .dimensions: try append(dimensions: cell, row, column)
        }
    }

    /// Notes that its rule changed the value that is being read.
    private mutating func noteChange() { changes.append(changePlaces[column]) }

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
        _ cell: SourceCell, _ row: SourceRow, _ column: TargetColumn
    ) throws(Violation) -> (ArraySlice<UInt8>, isChanged: Bool) {
        switch cell {
        case .text(let range), .blob(let range):
            let bytes = row.bytes[range]
            guard bytes.withUnsafeBufferPointer(TextRule.isStorable) else { throw Violation(rule: .text, column: column.name, cell: cell) }
            if case .blob = cell { return (bytes, true) }
            return (bytes, false)
        case .integer(let value): return (Array(String(value).utf8)[...], true)
        case .real, .boolean, .null, .tooLong: throw Violation(rule: column.kind.rule, column: column.name, cell: cell)
        }
    }

    private mutating func integer(_ cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) -> Int64 {
        switch cell {
        case .integer(let value): return value
        case .text(let range), .blob(let range):
            if let value = IntegerRule.parse(row.bytes[range]) {
                noteChange()
                return value
            }
        case .real(let value):
            if let integer = IntegerRule.exact(value) {
                noteChange()
                return integer
            }
        case .boolean, .null, .tooLong: break
        }
        throw Violation(rule: column.kind.rule, column: column.name, cell: cell)
    }

    private mutating func append(boolean cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        switch cell {
        case .boolean(let value): rows.bool(value)
        case .integer(let value) where value == 0 || value == 1: rows.bool(value == 1)
        case .text(let range), .blob(let range):
            guard let value = BooleanRule.parse(String(decoding: row.bytes[range], as: UTF8.self)) else { fallthrough }
            noteChange()
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
            if isChanged { noteChange() }
            if ClockRule.excess(of: time, at: now) != nil { throw Violation(rule: .future, column: column.name, cell: cell) }
            rows.timestamp(time.microseconds)
        default: throw Violation(rule: .timestamp, column: column.name, cell: cell)
        }
    }

    private mutating func append(vector cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        let (text, isChanged) = try self.text(cell, row, column)
        guard let value = try? JSONReader.read(Array(text)), let length = VectorRule.dimensions(value) else {
            throw Violation(rule: .vector, column: column.name, cell: cell)
        }
        if isChanged { noteChange() }
        dimensions = Int32(length)
        rows.jsonb(text)
    }

    /// `dims` follows the vector in the table, so its length is known.
    private mutating func append(dimensions cell: SourceCell, _ row: SourceRow, _ column: TargetColumn) throws(Violation) {
        let stated = cell == .null ? 0 : try integer(cell, row, column)
        if stated == 0, dimensions != 0 { noteChange() }
        guard stated == 0 || stated == dimensions else { throw Violation(rule: .vector, column: column.name, cell: cell) }
        rows.int32(dimensions)
    }
}
