import Domain
import Snapshot

extension Inspection {
    /// For people: the sums first, then each table column by column.
    var text: String {
        var lines = notRead.line.map { [$0, ""] } ?? []
        lines.append("An import into an empty archive would say (moments of the future are judged by the clock of this machine):")
        lines += CLI.columns(
            [["table", "read", "accepted", "rejected", "duplicate"]]
                + tables.map(\.expected).map { table in
                    [
                        "\(table.source) → \(table.target)", "\(table.read)", "\(table.inserted)", "\(table.rejected)",
                        "\(table.duplicate)",
                    ]
                })
        for table in tables { lines += [""] + table.lines }
        lines.append("")
        if !leftBehind.isEmpty { lines.append("Tables that stay behind: \(leftBehind.joined(separator: ", "))") }
        if !missingTables.isEmpty { lines.append("Tables that are not there: \(missingTables.joined(separator: ", "))") }
        lines.append(rejected == 0 ? "NOTHING WOULD BE REJECTED." : "\(rejected) ROWS WOULD BE REJECTED.")
        return lines.joined(separator: "\n")
    }
}

extension Inspection.Table {
    fileprivate var lines: [String] {
        let hasTimes = columns.contains { $0.earliest != nil }
        var lines = ["\(expected.source) → \(expected.target)"]
        lines += CLI.columns(
            [["column", "becomes", "types"] + (hasTimes ? ["from", "to"] : [])]
                + columns.map { column in
                    [column.name, destination(of: column), column.types]
                        + (hasTimes ? [column.earliest?.iso8601 ?? "", column.latest?.iso8601 ?? ""] : [])
                })
        if !missing.isEmpty { lines.append("  Not in the snapshot: \(missing.joined(separator: ", "))") }
        for (title, strikes) in [("Would be rejected by rule", expected.rejects), ("Would be normalised", expected.changes)]
        where !strikes.isEmpty {
            lines.append("  \(title): " + strikes.map { "\($0.name) \($0.count)" }.joined(separator: ", "))
        }
        return lines
    }

    private func destination(of column: ColumnTally) -> String {
        if column.targets.isEmpty { return "– nobody reads it" }
        return column.targets.map { $0 == column.name ? $0 : "\($0) (older name)" }.joined(separator: ", ")
    }
}

extension ColumnTally {
    fileprivate var types: String {
        let found = Kind.allCases.filter { self[$0] > 0 }
        return found.isEmpty ? "no values" : found.map { "\($0.rawValue) \(self[$0])" }.joined(separator: ", ")
    }
}
