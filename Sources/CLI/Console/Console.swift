import Foundation

/// Prints what a program that goes on has to say, at once. It never waits and never fails: the program matters more than the line.
func say(_ line: String) {
    LineWriter.standardOutput.write(Array((line + "\n").utf8))
}

/// Tells people about a result, on standard error, so that the result alone can be piped.
func note(_ text: String) {
    LineWriter.standardError.write(Array((text + "\n").utf8))
}

/// Prints the result of a command, all of it, however long its reader takes: nothing else is left to do. A reader that has gone has
/// seen enough.
///
/// - Throws: `Failure` when standard output cannot be written, so that an incomplete result is not taken for a whole one.
func printResult(_ result: String) throws {
    // What was said before stands before it.
    LineWriter.standardOutput.flush(within: .seconds(1))
    var rest = Array((result + "\n").utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count >= 0 {
            rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
            var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            poll(&ready, 1, -1)
        } else if errno == EPIPE {
            return
        } else if errno != EINTR {
            let reason = String(cString: strerror(errno))
            throw Failure(
                "The command ran, but its result cannot be written to standard output: \(reason). What it printed is not complete.")
        }
    }
}

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
