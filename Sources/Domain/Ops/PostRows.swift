public import JSON

/// What the archive holds of some posts.
public struct PostRows: Hashable, Sendable {
    public struct Table: Hashable, Sendable {
        public var name: String
        public var rows: Int

        public init(name: String, rows: Int) {
            self.name = name
            self.rows = rows
        }
    }

    public var tables: [Table]

    public init(tables: [Table]) { self.tables = tables }

    public var total: Int { tables.reduce(0) { $0 + $1.rows } }
}

extension PostRows {
    /// What a purge answers, and the question before it.
    public func write(to writer: inout JSONWriter, of handle: String, isPurged: Bool, isBlocked: Bool) {
        writer.object { writer in
            writer.member("handle", handle)
            writer.member("purged", isPurged)
            writer.member("blocked", isBlocked)
            writeTables(to: &writer)
        }
    }

    /// The rows of each table and their sum, as members of an object.
    public func writeTables(to writer: inout JSONWriter) {
        writer.key("tables")
        writer.array { writer in
            for table in tables {
                writer.object { writer in
                    writer.member("table", table.name)
                    writer.member("rows", Int64(table.rows))
                }
            }
        }
        writer.member("total", Int64(total))
    }

    /// As the audit keeps it.
    public var details: JSONObject {
        JSONObject(members: tables.map { .init(name: $0.name, value: .number("\($0.rows)")) })
    }
}
