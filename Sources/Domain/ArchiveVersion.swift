/// Names a set of committed transactions. Versions are equal or not; there is no older and newer between two of them.
public struct ArchiveVersion: Hashable, Sendable {
    public var text: String

    public init(_ text: String) { self.text = text }
}
