internal import NIOCore
internal import Synchronization

/// What all connections of a server share.
struct Connections: Sendable {
    /// How long a reader may take next to nothing of an answer.
    let readerPatience: TimeAmount
    /// One for each connection whose requests are answered.
    let connectionLimit: ConcurrencyLimit
    let unsent = UnsentBytes()

    /// So many connections beyond those are told so at once; still more wait until they are accepted.
    static let refusedAtOnce = 32
}

/// The bytes that wait for readers who do not take them, of all connections together.
final class UnsentBytes: Sendable {
    /// 64 MiB. Beyond it a client that takes nothing is disconnected at once, so that such clients cannot fill the memory.
    private static let most = 64 << 20

    private let count = Atomic(0)

    var areTooMany: Bool { count.load(ordering: .relaxed) > Self.most }

    func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }
}
