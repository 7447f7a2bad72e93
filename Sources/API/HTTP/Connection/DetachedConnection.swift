public import Hummingbird
public import Logging
internal import Synchronization

/// The way of a request that came by no socket of this server: whoever brought it holds the client.
///
/// Both sides close it, and both are to end then: the server what it still does for the answer, its owner what it still writes of it.
public final class DetachedConnection: ClientConnection {
    private struct State {
        var isClosed = false
        var handlers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    /// When the answer has to be under way; nil where nobody says.
    let deadline: ContinuousClock.Instant?

    public init(until deadline: ContinuousClock.Instant? = nil) { self.deadline = deadline }

    public var isClosed: Bool { state.withLock(\.isClosed) }

    /// An address in what a gateway says can be forged by whoever reaches it in another way.
    var peerAddress: String? { nil }

    public func whenClosed(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if !state.isClosed { state.handlers.append(body) }
            return state.isClosed
        }
        if isOver { body() }
    }

    public func close() {
        let handlers = state.withLock { state in
            state.isClosed = true
            defer { state.handlers = [] }
            return state.handlers
        }
        for handler in handlers { handler() }
    }

    /// The body is there.
    func askForBody() async throws {}

    func setClosesWithClient(_ isOn: Bool) async throws {}

    func watchClient<Value: Sendable>(
        of request: Request, _ disconnect: OneShotEvent, _ body: () async throws -> Value
    ) async throws -> Value {
        whenClosed { disconnect.happen() }
        return try await body()
    }
}

/// Where the context of such a request comes from: `APIContext(source: DetachedSource(connection, logger: logger))`.
public struct DetachedSource: RequestContextSource {
    public let connection: DetachedConnection
    public let logger: Logger

    public init(_ connection: DetachedConnection, logger: Logger) {
        self.connection = connection
        self.logger = logger
    }
}
