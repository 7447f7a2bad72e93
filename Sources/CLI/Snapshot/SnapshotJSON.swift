import Domain
import Snapshot

extension ImportSummary {
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("tables")
            writer.array { writer in for table in tables { table.write(to: &writer) } }
            writer.member("derived_new", Int64(derivedNew))
            writer.key("left_behind")
            writer.array { writer in for name in leftBehind { writer.string(name) } }
            writer.member("reject_file", rejectFile)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension ImportSummary.Table {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("source", source)
            writer.member("target", target)
            for (name, count) in [
                ("read", read), ("inserted", inserted), ("updated", updated), ("unchanged", unchanged), ("rejected", rejected),
                ("duplicate", duplicate),
            ] { writer.member(name, Int64(count)) }
            writer.member("normalised", changes)
            writer.member("rejects", rejects)
            writer.member("unmapped", unmapped)
        }
    }
}

extension ValidationReport {
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("agrees", agrees)
            writer.key("tables")
            writer.array { writer in for comparison in comparisons { comparison.write(to: &writer) } }
            writer.key("left_behind")
            writer.array { writer in for name in leftBehind { writer.string(name) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension Comparison {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("table", table)
            for (name, count) in [("expected", expected), ("found", found), ("missing", missing), ("extra", extra)] {
                writer.member(name, Int64(count))
            }
            writer.member("different", different)
            writer.key("samples")
            writer.array { writer in
                for sample in samples {
                    writer.object { writer in
                        writer.member("key", sample.key)
                        writer.member("column", sample.column)
                        writer.member("expected", sample.expected)
                        writer.member("found", sample.found)
                    }
                }
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ counts: [ImportSummary.Count]) {
        key(name)
        object { writer in for count in counts { writer.member(count.name, Int64(count.count)) } }
    }
}
