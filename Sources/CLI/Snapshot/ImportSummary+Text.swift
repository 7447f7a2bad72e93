import Snapshot

extension ImportSummary {
    /// The summary for people: a table that adds up, then what the rules did.
    var text: String {
        var lines = notRead.line.map { [$0, ""] } ?? []
        lines.append("Imported as \(label):")
        lines += columns(
            [["table", "read", "inserted", "updated", "unchanged", "rejected", "duplicate"]]
                + tables.map { table in
                    [
                        "\(table.source) → \(table.target)", "\(table.read)", "\(table.inserted)", "\(table.updated)",
                        "\(table.unchanged)", "\(table.rejected)", "\(table.duplicate)",
                    ]
                })
        lines.append("  New metrics snapshots derived from the posts: \(derivedNew)")
        if erased > 0 {
            let rows = tables.filter { $0.erased > 0 }.map { "\($0.source) \($0.erased)" }
            lines.append("  Rows of erased posts, which stay out: \(rows.joined(separator: ", "))")
        }
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
    fileprivate var notes: [String] {
        func list(_ strikes: [ImportSummary.Strike], _ title: String) -> [String] {
            guard !strikes.isEmpty else { return [] }
            return ["\(source), \(title):"]
                + columns(
                    strikes.map { [$0.name, "\($0.count)", $0.firstKeys.prefix(3).joined(separator: ", ") + ($0.count > 3 ? ", …" : "")] })
        }
        var lines = list(rejects, "rejected by rule, with the first keys") + list(changes, "normalised by rule, with the first keys")
        if !unmapped.isEmpty {
            lines.append(
                "\(source), columns nobody read (values that are not null): "
                    + unmapped.map { "\($0.name) \($0.count)" }.joined(separator: ", "))
        }
        return lines
    }
}
