extension ValidationReport {
    /// The report for people. It has no clock, no path and no host name, so that the same snapshot and the same contents give
    /// the same bytes.
    public var markdown: String {
        var lines =
            notRead.line.map { ["\(notRead.isHarmless ? "*" : "**")\(Self.escaped($0))\(notRead.isHarmless ? "*" : "**")", ""] } ?? []
        lines += ["# Validation of a snapshot", "", "**\(verdict)**", ""]
        lines += ["## Rows and cells", ""]
        lines += Self.table(
            ["table", "expected", "found", "missing", "extra", "different cells", "later rows", "later cells"],
            comparisons.map { c in
                [c.table] + [c.expected, c.found, c.missing, c.extra, c.different, c.laterRows, c.laterCells].map(String.init)
            })
        lines += ["", "*Later* is what other batches brought or changed after the import: it says nothing against it."]
        lines += differenceLines + sourceLines + digestLines + sampleLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var verdict: String {
        let agrees = comparisons.allSatisfy(\.agrees)
        if agrees, notRead.isHarmless { return "EVERY CELL AGREES." }
        return agrees ? "EVERY CELL THAT WAS READ AGREES, BUT NOT EVERYTHING WAS READ." : "THE ARCHIVE DIFFERS FROM THE SNAPSHOT."
    }

    private var differenceLines: [String] {
        let rows = comparisons.flatMap { comparison in
            comparison.differences.map { difference in
                [
                    comparison.table, difference.key, difference.column ?? "(the whole row)", difference.expected ?? "NULL",
                    difference.found ?? "NULL",
                ]
            }
        }
        guard !rows.isEmpty else { return [] }
        return ["", "## Differences (the first \(Self.namedDifferences))", ""]
            + Self.table(["table", "key", "column", "expected", "found"], rows)
    }

    private var sourceLines: [String] {
        var lines = ["", "## What the rules made of the snapshot", ""]
        lines += Self.table(
            ["source", "read", "rejected", "duplicate"], sources.map { [$0.source, "\($0.read)", "\($0.rejected)", "\($0.duplicate)"] })
        let strikes = sources.flatMap { source in
            source.rejects.map { [source.source, "rejected", $0.rule, $0.column, "\($0.count)"] }
                + source.changes.map { [source.source, "normalised", $0.rule, $0.column, "\($0.count)"] }
                + source.unmapped.map { [source.source, "not read", "–", $0.name, "\($0.count)"] }
        }
        if !strikes.isEmpty { lines += [""] + Self.table(["source", "what", "rule", "column", "values"], strikes) }
        let erased = sources.filter { $0.erased > 0 }.map { "\($0.source) \($0.erased)" }
        if !erased.isEmpty { lines += ["", "Rows of erased posts, which stay out: \(erased.joined(separator: ", "))."] }
        if !leftBehind.isEmpty { lines += ["", "Tables that stay behind: \(leftBehind.joined(separator: ", "))."] }
        return lines
    }

    private var digestLines: [String] {
        let rows = comparisons.flatMap { comparison in
            comparison.columns.map { column in
                [
                    comparison.table, column.name, column.expectedDigest.hexadecimal, column.foundDigest.hexadecimal,
                    column.expectedDigest == column.foundDigest ? "same" : "other",
                ]
            }
        }
        return ["", "## Digests of the columns, whatever the order of the rows", ""]
            + Self.table(["table", "column", "snapshot", "archive", ""], rows)
    }

    private var sampleLines: [String] {
        guard comparisons.contains(where: { !$0.samples.isEmpty }) else { return [] }
        var lines = ["", "## Samples, chosen by the seed \(seed)"]
        for comparison in comparisons {
            for sample in comparison.samples {
                lines += ["", "### \(comparison.table) \(sample.key)", ""]
                let found = sample.found.isEmpty ? sample.expected.map { _ in String?("(missing)") } : sample.found
                lines += Self.table(
                    ["column", "snapshot", "archive"],
                    zip(comparison.columns, zip(sample.expected, found)).map { [$0.name, $1.0 ?? "NULL", $1.1 ?? "NULL"] })
            }
        }
        return lines
    }

    /// A Markdown table; short columns are padded, so that it reads well as plain text too.
    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        let cells = ([header] + rows).map { $0.map(escaped) }
        let widths = header.indices.map { column in min(40, cells.map { $0[column].count }.max() ?? 0) }
        func line(_ row: [String]) -> String {
            "| " + zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined(separator: " | ") + " |"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
        return [line(cells[0]), rule] + cells.dropFirst().map(line)
    }

    /// Text that cannot break out of its cell, nor be taken for HTML.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|": result += "\\|"
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case "\n", "\r\n", "\r": result += "⏎"
            default: result.append(character)
            }
        }
        return result
    }
}

extension UInt64 {
    /// Sixteen hexadecimal digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
