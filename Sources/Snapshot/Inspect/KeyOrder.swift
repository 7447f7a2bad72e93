internal import Domain
internal import Foundation
internal import GRDB
internal import Postgres

/// Sorts the rows of a table by what their keys are in the archive, so that rows with one key stand together whatever way
/// each of them writes it.
struct KeyOrder {
    private static let function = "xmonitor_key"

    let table: SourceTable

    /// Makes the function that `terms` call known to `db`: `xmonitor_key(number of the key column, cell)`.
    func prepare(_ db: Database) {
        let columns = keyColumns
        db.add(
            function: DatabaseFunction(Self.function, argumentCount: 2, pure: true) { arguments in
                guard let number = Int.fromDatabaseValue(arguments[0]), columns.indices.contains(number) else { return nil }
                return Self.normalised(arguments[1], columns[number])
            })
    }

    /// What to sort by, in SQL, where the table has the columns `names`.
    func terms(names: [String]) -> [String] {
        let binding = ColumnBinding(table, names: names)
        return keyColumns.enumerated().compactMap { number, column in
            let place = table.columns.firstIndex { $0.name == column.name }
            guard let place, !binding.sources[place].isEmpty else { return nil }
            let cells = binding.sources[place].map { SourceName.quoted(names[$0]) }
            let cell = cells.count == 1 ? cells[0] : "coalesce(\(cells.joined(separator: ", ")))"
            return "\(Self.function)(\(number), \(cell))"
        }
    }

    private var keyColumns: [TargetColumn] {
        table.target.key.compactMap { name in table.columns.first { $0.identifier == name } }
    }

    /// The cell by the rule of `column`: a timestamp as a number, anything else as bytes. As it is where it breaks the rule.
    private static func normalised(_ value: DatabaseValue, _ column: TargetColumn) -> DatabaseValue {
        var row = SourceRow()
        row.names = [column.name]
        row.append(value)
        // Of all tables that one, whose rules ask for nothing but the column's.
        var normaliser = Normaliser(SourceTable(name: "", target: .watchAccounts, columns: [column]), now: .latest)
        guard (try? normaliser.append(row)) != nil else { return value }
        var fields = BinaryRowFields()
        fields.read(normaliser.rows)
        if case .timestamp = column.kind { return fields.int64(1).databaseValue }
        return Data(fields[1]).databaseValue
    }
}

extension SourceRow {
    fileprivate mutating func append(_ value: DatabaseValue) {
        switch value.storage {
        case .null: cells.append(.null)
        case .int64(let integer): cells.append(.integer(integer))
        case .double(let real): cells.append(.real(real))
        case .string(let text): append(text: text.utf8)
        case .blob(let data): append(blob: data)
        }
    }
}
