import Snapshot

extension Undo.Result {
    /// The result for people: what went, what stayed, and why.
    var text: String {
        var lines = [isDryRun ? "Undoing \(label) would remove:" : "Undid \(label):"]
        lines += columns([["table", isDryRun ? "would go" : "removed", "kept"]] + tables.map { [$0.name, "\($0.removed)", "\($0.kept)"] })
        for (reason, rows) in [
            ("Kept, because they were changed since", \Table.changed),
            ("Kept, because later rows refer to them", \Table.needed),
            ("There before the import, which changed them; their earlier values are not restored", \Table.overwritten),
        ] {
            let affected = tables.filter { $0[keyPath: rows] > 0 }.map { "\($0[keyPath: rows]) \($0.name)" }
            if !affected.isEmpty { lines.append("\(reason): \(affected.joined(separator: ", ")).") }
        }
        if isDryRun {
            if !confirming.isEmpty {
                lines.append("Some of it is also in the snapshot of \(confirming.joined(separator: ", ")): it takes --force.")
            }
            lines.append("Nothing was removed.")
        }
        return lines.joined(separator: "\n")
    }
}
