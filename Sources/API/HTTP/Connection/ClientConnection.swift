internal import Hummingbird

/// The way from a request to its client: a socket, or none of ours, where a gateway holds it.
protocol ClientConnection: Sendable {
    /// The IP address at the other end, empty where it is gone already; nil where nobody can say who sends.
    var peerAddress: String? { get }

    /// Whoever holds the client ends the request then, if it ends it at all.
    var deadline: ContinuousClock.Instant? { get }

    /// Calls `body` when it is closed, at once when it is.
    func whenClosed(_ body: @escaping @Sendable () -> Void)

    func close()

    /// Tells a client that waits for it to send the body.
    func askForBody() async throws

    /// Whether a client that closes its own side is gone, so that the connection is closed.
    func setClosesWithClient(_ isOn: Bool) async throws

    /// Runs `body`; `disconnect` happens when the client goes away meanwhile. After the answer the connection is closed.
    func watchClient<Value: Sendable>(
        of request: Request, _ disconnect: OneShotEvent, _ body: () async throws -> Value
    ) async throws -> Value
}

extension ClientConnection {
    var deadline: ContinuousClock.Instant? { nil }

    /// Closes it after `delay`, unless the task is cancelled before.
    func close(after delay: Duration) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: delay)
            close()
        }
    }
}
