/// Rows in columns for people: numbers to the right, the rest to the left.
func columns(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let isNumeric = widths.indices.map { column in rows.dropFirst().allSatisfy { $0[column].allSatisfy(\.isNumber) } && rows.count > 1 }
    return rows.map { row in
        let cells = row.indices.map { column in
            let space = String(repeating: " ", count: widths[column] - row[column].count)
            return isNumeric[column] ? space + row[column] : row[column] + space
        }
        return "  " + cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " })
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}
