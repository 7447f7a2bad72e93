import Snapshot

extension ImportSummary {
    /// The summary for people: a table that adds up, then what the rules did.
    var text: String {
        var lines = ["Imported:"]
        lines += columns(
            [["table", "read", "inserted", "updated", "unchanged", "rejected", "duplicate"]]
                + tables.map { table in
                    [
                        "\(table.source) → \(table.target)", "\(table.read)", "\(table.inserted)", "\(table.updated)",
                        "\(table.unchanged)", "\(table.rejected)", "\(table.duplicate)",
                    ]
                })
        lines.append("  New metrics snapshots derived from the posts: \(derivedNew)")
        for table in tables { lines += table.notes }
        if !leftBehind.isEmpty { lines.append("Tables that stay behind: \(leftBehind.joined(separator: ", "))") }
        if let rejectFile {
            lines += ["", "\(rejected) ROWS WERE REJECTED. They are, whole and with the reason, in", "  \(rejectFile)"]
        }
        return lines.joined(separator: "\n")
    }
}

extension ImportSummary.Table {
    /// What the rules changed, rejected, or did not know.
    var notes: [String] {
        var lines: [String] = []
        func list(_ title: String, _ counts: [ImportSummary.Count]) {
            guard !counts.isEmpty else { return }
            lines.append("\(source): \(title): " + counts.map { "\($0.name) \($0.count)" }.joined(separator: ", "))
        }
        list("rejected by rule", rejects)
        list("normalised", changes)
        list("columns nobody read (values that are not null)", unmapped)
        return lines
    }
}

extension ValidationReport {
    var text: String {
        var lines = ["Compared:"]
        lines += columns(
            [["table", "expected", "found", "missing", "extra", "different cells"]]
                + comparisons.map { comparison in
                    [
                        comparison.table, "\(comparison.expected)", "\(comparison.found)", "\(comparison.missing)",
                        "\(comparison.extra)", "\(comparison.different.reduce(0) { $0 + $1.count })",
                    ]
                })
        for table in sources where table.rejected + table.duplicate > 0 {
            lines.append("\(table.source): \(table.read) rows read, \(table.rejected) rejected by the rules, \(table.duplicate) duplicates")
        }
        for comparison in comparisons {
            for difference in comparison.samples { lines.append("  \(comparison.table) \(difference.text)") }
        }
        lines += ["", agrees ? "EVERY CELL AGREES." : "THE ARCHIVE DIFFERS FROM THE SNAPSHOT."]
        return lines.joined(separator: "\n")
    }
}

extension Comparison.Difference {
    fileprivate var text: String {
        guard let column else { return expected == nil ? "\(key): extra" : "\(key): missing" }
        return "\(key), \(column): expected \(expected ?? "NULL"), found \(found ?? "NULL")"
    }
}

/// Rows in columns, the first of them to the left and the numbers to the right.
private func columns(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
        "  "
            + zip(row, widths).enumerated().map { index, cell in
                index == 0 ? cell.0.padding(to: cell.1) : cell.0.leftPadding(to: cell.1)
            }.joined(separator: "  ")
    }
}
