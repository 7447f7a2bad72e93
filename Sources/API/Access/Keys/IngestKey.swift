/// A key that collectors may write with, and the name that receipts have for its holder.
public struct IngestKey: Hashable, Sendable {
    public var name: String
    public var secret: String

    public init(name: String, secret: String) {
        self.name = name
        self.secret = secret
    }
}
