import Foundation
import Postgres

/// Accepts TCP connections, by the system's backlog, and never says a word.
final class SilentServer: Sendable {
    let port: Int
    private let descriptor: Int32

    struct Failure: Error {}

    init() throws {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isListening else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Waits for a connection in the backlog, and leaves it there.
    func waitForClient() async throws {
        let hasClient = try await eventually {
            var listening = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&listening, 1, 0) == 1
        }
        guard hasClient else { throw Failure() }
    }
}

extension PrivateServer {
    /// A connection whose backend does not run meanwhile.
    static func withFrozenBackend(_ body: (Connection) async throws -> Void) async throws {
        let server = try PrivateServer.shared.get()
        let connection = try await Connection.connect(ConnectionOptions(conninfo: server.conninfo))
        kill(connection.processID, SIGSTOP)
        defer { kill(connection.processID, SIGCONT) }
        try await body(connection)
    }
}
