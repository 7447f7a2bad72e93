public import Domain
internal import GRDBSQLite
public import JSON

/// A copy that was taken, and what its manifest says of it.
public struct TakenSnapshot: Hashable, Sendable {
    public var path: String
    public var manifestPath: String
    /// 64 hexadecimal digits.
    public var sha256 = ""
    /// The size of the copy.
    public var bytes: Int64 = 0
    /// Rows per table, in the order of names.
    public var rows: [ImportSummary.Count] = []
    public var sqliteVersion = String(cString: sqlite3_libversion())
    /// A moment just before the copy's; whatever was committed by then is in it.
    public var takenAt = Timestamp(microseconds: 0)
    /// When the newest row was seen or written, by its own word; nil when no row tells.
    public var newestRowAt: Timestamp?
    /// Whether another process had the database open, so that it may have gone on writing.
    public var isSourceHeld = false

    /// The members of the manifest, for a writer that may add others.
    public func write(to writer: inout JSONWriter) {
        writer.member("sha256", sha256)
        writer.member("bytes", bytes)
        writer.key("rows")
        writer.object { writer in for table in rows { writer.member(table.name, Int64(table.count)) } }
        writer.member("sqlite_version", sqliteVersion)
        writer.member("taken_at", takenAt)
        writer.member("newest_row_at", newestRowAt)
    }

    /// The manifest as JSON.
    var manifest: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in write(to: &writer) }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
