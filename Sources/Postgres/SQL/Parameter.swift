/// A value sent along with a statement, typed and in Postgres's binary format, never spliced into its text.
public struct Parameter: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case null
        case bytes([UInt8])
        /// The type has no such value.
        case outOfRange
    }

    let type: OID
    let content: Content

    /// `value` as a `type`; nil is NULL.
    init<Value>(_ value: Value?, _ type: WireType<Value>) {
        self.type = type.oid
        guard let value else {
            content = .null
            return
        }
        var bytes: [UInt8] = []
        content = type.write(&bytes, value) ? .bytes(bytes) : .outOfRange
    }
}
