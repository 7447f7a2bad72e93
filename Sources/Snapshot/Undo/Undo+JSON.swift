internal import JSON

extension Undo.Result {
    /// The result for programs.
    public var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("label", label)
            writer.member("dry_run", isDryRun)
            writer.member("confirmed_by", confirming) { $1.string($0) }
            writer.member("tables", tables) { table, writer in
                writer.object { writer in
                    writer.member("table", table.name)
                    writer.member("removed", Int64(table.removed))
                    writer.member("kept", Int64(table.kept))
                    writer.member("changed", Int64(table.changed))
                    writer.member("needed", Int64(table.needed))
                    writer.member("overwritten", Int64(table.overwritten))
                }
            }
        }
        return writer.text
    }
}
