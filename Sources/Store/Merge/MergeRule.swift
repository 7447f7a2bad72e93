public import Postgres

/// How the row `news` is merged into the row `stored`, column by column.
protocol MergeRule: Sendable {
    var columns: [MergedColumn] { get }

    /// Whether the value of `column` in `news` replaces that in `stored`. NULL means no.
    func wins(_ column: MergedColumn, _ news: Identifier, over stored: Identifier) -> SQL

    /// Whether the row `news` would change the row `stored`. NULL means no.
    func brings(_ news: Identifier, newsTo stored: Identifier) -> SQL

    /// What follows `SET` where the row `excluded` is merged into the row `stored`.
    var assignments: [SQL] { get }

    /// Whether a later write explains that a row `found` has another value in `column` than the row `expected`.
    func laterNews(_ column: Identifier, _ found: Identifier, over expected: Identifier) -> SQL
}

extension MergeRule {
    func brings(_ news: Identifier, newsTo stored: Identifier) -> SQL { "(\(any { wins($0, news, over: stored) }))" }

    /// Nothing explains it for a column that is no part of the merge, as the key.
    func laterNews(_ column: Identifier, _ found: Identifier, over expected: Identifier) -> SQL {
        columns.first { $0.name == column }.map { wins($0, found, over: expected) } ?? "false"
    }

    /// Whether one of the columns meets a condition. Each condition stands there once.
    func any(_ condition: (MergedColumn) -> SQL) -> SQL {
        var conditions: [SQL] = []
        for column in columns {
            let next = condition(column)
            if !conditions.contains(next) { conditions.append(next) }
        }
        return conditions.joined(separator: "\nOR ")
    }
}

/// A column that is merged. Texts are compared by their bytes.
public struct MergedColumn: Sendable {
    let name: Identifier
    private let isText: Bool
    private let isNullable: Bool

    /// A column of type `text`.
    public static func text(_ name: Identifier, nullable: Bool = true) -> Self { Self(name: name, isText: true, isNullable: nullable) }
    /// A column of any other type.
    public static func other(_ name: Identifier, nullable: Bool = true) -> Self { Self(name: name, isText: false, isNullable: nullable) }

    /// Its value in `row`, as it is compared and sorted.
    func value(_ row: Identifier) -> SQL { isText ? "\(table: row).\(column: name) COLLATE \"C\"" : "\(table: row).\(column: name)" }

    /// What ranks its values, for a row comparison: any value is greater than NULL.
    func rank(_ row: Identifier) -> SQL { isNullable ? "\(table: row).\(column: name) IS NOT NULL, \(value(row))" : value(row) }

    /// Whether `news` has the greater value.
    public func isGreater(_ news: Identifier, than stored: Identifier) -> SQL {
        isNullable ? "(\(rank(news))) > (\(rank(stored)))" : "\(value(news)) > \(value(stored))"
    }
}

/// A rule that says for each column when its value is replaced.
struct ColumnRule: MergeRule {
    let columns: [MergedColumn]
    let wins: @Sendable (MergedColumn, _ news: Identifier, _ stored: Identifier) -> SQL
    /// Assignments that follow from the others.
    var derived: [SQL] = []

    func wins(_ column: MergedColumn, _ news: Identifier, over stored: Identifier) -> SQL { wins(column, news, stored) }

    var assignments: [SQL] {
        columns.map { column in
            "\(column: column.name) = CASE WHEN \(wins(column, "excluded", over: "stored")) THEN excluded.\(column: column.name) ELSE stored.\(column: column.name) END"
        } + derived
    }
}
