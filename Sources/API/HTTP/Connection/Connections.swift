internal import NIOCore
internal import Synchronization

/// What all connections of a server share.
struct Connections: Sendable {
    /// How long a reader may take next to nothing of an answer.
    let readerPatience: TimeAmount
    /// How long the head of a request may take to come.
    let headPatience: TimeAmount
    /// One for each connection whose requests are answered.
    let connectionLimit: ConcurrencyLimit
    /// Nil where an address may have as many as there are.
    let addressLimit: AddressLimit?
    let clientAddress: ClientAddress
    /// One for each connection that is told why it is refused. Half of the places for them: one address does not take all.
    let refusalLimit = ConcurrencyLimit(refusedAtOnce / 2)
    let unsent = UnsentBytes()

    /// What a connection holds while it is open.
    typealias Permit = (ConcurrencyLimit.Permit, AddressLimit.Permit?)

    /// - Throws: `Problem` when there is no place for it. The proxies in front bring the connections of many.
    func permit(for peer: SocketAddress?) throws -> Permit {
        let ofAddress = clientAddress.isProxy(peer) ? nil : try addressLimit?.take(ClientAddress.network(peer?.ipAddress ?? ""))
        return (
            try connectionLimit.take { maximum in
                Problem(.tooManyConnections, "This server has \(maximum) connections at most, and all are taken. Try again later.")
            }, ofAddress
        )
    }

    func refusalPermit() -> ConcurrencyLimit.Permit? {
        try? refusalLimit.take { _ in Problem(.tooManyConnections, "More connections are being refused than can be told why.") }
    }

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
