internal import Domain
internal import JSON

extension Inspection {
    /// The inspection for programs.
    public var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("not_read", notRead) { $0.write(to: &$1) }
            writer.member("complete", notRead.isHarmless)
            writer.member("rejected", Int64(rejected))
            writer.member("judged_by", "the clock of this machine")
            writer.member("tables", tables) { $0.write(to: &$1) }
            writer.member("left_behind", leftBehind) { $1.string($0) }
            writer.member("missing_tables", missingTables) { $1.string($0) }
        }
        return writer.text
    }
}

extension Inspection.Table {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("source", expected.source)
            writer.member("target", expected.target)
            for (name, count) in [
                ("read", expected.read), ("accepted", expected.inserted), ("rejected", expected.rejected),
                ("duplicate", expected.duplicate),
            ] { writer.member(name, Int64(count)) }
            expected.writeRules(to: &writer)
            writer.member("columns", columns) { $0.write(to: &$1) }
            writer.member("mappings", mappings) { mapping, writer in
                writer.object { writer in
                    writer.member("target", mapping.target)
                    writer.member("source", mapping.source)
                    writer.member("alias", mapping.isAlias)
                }
            }
            writer.member("missing", missing) { $1.string($0) }
        }
    }
}

extension ColumnTally {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("targets", targets) { $1.string($0) }
            writer.key("types")
            writer.object { writer in for kind in Kind.allCases { writer.member(kind.rawValue, Int64(self[kind])) } }
            writer.member("earliest", earliest)
            writer.member("latest", latest)
        }
    }
}
