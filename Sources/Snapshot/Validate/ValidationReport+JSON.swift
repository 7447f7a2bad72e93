internal import Domain
internal import JSON

extension ValidationReport {
    /// The report for programs; the same snapshot and the same contents give the same bytes.
    public var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("not_read", notRead) { $0.write(to: &$1) }
            writer.member("agrees", agrees)
            writer.member("tables", comparisons) { $0.write(to: &$1) }
            writer.member("sources", sources) { $0.write(to: &$1) }
            writer.member("left_behind", leftBehind) { $1.string($0) }
            writer.member("seed", seed)
        }
        return writer.text
    }
}

extension Comparison {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("table", table)
            for (name, count) in [
                ("expected", expected), ("found", found), ("missing", missing), ("extra", extra), ("different", different),
                ("later_rows", laterRows), ("later_cells", laterCells),
            ] { writer.member(name, Int64(count)) }
            writer.member("columns", columns) { column, writer in
                writer.object { writer in
                    writer.member("name", column.name)
                    writer.member("different", Int64(column.different))
                    writer.member("later", Int64(column.later))
                    writer.member("snapshot_digest", column.expectedDigest.hexadecimal)
                    writer.member("archive_digest", column.foundDigest.hexadecimal)
                }
            }
            writer.member("differences", differences) { difference, writer in
                writer.object { writer in
                    writer.member("key", difference.key)
                    writer.member("column", difference.column)
                    writer.member("expected", difference.expected)
                    writer.member("found", difference.found)
                }
            }
            writer.member("samples", samples) { sample, writer in
                writer.object { writer in
                    writer.member("key", sample.key)
                    writer.member("snapshot", sample.expected) { $1.stringOrNull($0) }
                    writer.member("archive", sample.found) { $1.stringOrNull($0) }
                }
            }
        }
    }
}

extension Unread {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("table", table)
            writer.member("column", column)
            writer.member("count", count.map(Int64.init))
            writer.member("reason", reason)
            writer.member("may_be", mayBe)
        }
    }
}

extension JSONWriter {
    mutating func member<Element>(_ name: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void) {
        key(name)
        array { writer in for element in elements { write(element, &writer) } }
    }

    fileprivate mutating func stringOrNull(_ value: String?) {
        if let value { string(value) } else { null() }
    }
}
