internal import Hummingbird
internal import ServiceLifecycle

extension Request {
    /// Runs `body`, which may take long, with a signal that happens when there is no use in going on: the client went away, or the
    /// server is asked to stop. The connection is closed after the answer.
    func withDisconnectSignal<Value: Sendable>(
        on connection: any ClientConnection, _ body: (OneShotEvent) async throws -> Value
    ) async throws -> Value {
        let disconnect = OneShotEvent()
        return try await connection.watchClient(of: self, disconnect) {
            try await withGracefulShutdownHandler {
                try await body(disconnect)
            } onGracefulShutdown: {
                disconnect.happen()
            }
        }
    }
}
