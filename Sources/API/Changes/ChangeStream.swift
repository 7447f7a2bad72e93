internal import Domain
internal import Hummingbird
internal import NIOCore

/// Sends one client the changes, and a heartbeat when there are none.
struct ChangeStream {
    let changePoller: ChangePoller
    /// Happens when the client is gone or the server stops.
    let disconnect: OneShotEvent
    let connection: any ClientConnection
    /// Whether the client would be let in now.
    let mayGoOn: @Sendable () -> Bool
    /// How long the client may take nothing before it is disconnected.
    let readerPatience: Duration
    /// Told why a stream ended before its time.
    let observe: (String) -> Void

    /// A comment, which clients ignore.
    private static let heartbeat = Array(":\n\n".utf8)
    private static let heartbeatInterval = Duration.seconds(15)
    /// How long a stream waits before it asks an archive again that could not be reached.
    private static let retryInterval = Duration.seconds(1)

    /// Returns when the stream has ended.
    ///
    /// - Parameters:
    ///   - cursor: where it begins. A client is told of it before anything happens, so that one that loses the stream then comes back to it.
    ///   - first: what follows there.
    /// - Throws: when the client cannot be written to.
    func run(from cursor: ChangeCursor, _ first: ChangePage, to writer: inout any ResponseBodyWriter) async throws {
        // A client that loses the stream comes back after three seconds.
        try await send(Array("retry: 3000\nid: \(cursor)\n\n".utf8) + first.events, to: &writer)
        var (cursor, hasMore) = (first.next, first.hasMore)
        while !disconnect.hasHappened {
            if !hasMore { await changePoller.wait(at: cursor.place, for: Self.heartbeatInterval, until: disconnect) }
            if disconnect.hasHappened || !mayGoOn() { return }
            let page: ChangePage?
            do throws(ArchiveError) { page = try await changePoller.page(from: cursor) } catch {
                guard case .unavailable = error else { return observe("\(error)") }
                try await send(Self.heartbeat, to: &writer)
                try await Task.sleep(for: Self.retryInterval)
                continue
            }
            guard let page else { return observe("The archive no longer has the place \(cursor), where a stream was.") }
            try await send(page.changes.isEmpty ? Self.heartbeat : page.events, to: &writer)
            (cursor, hasMore) = (page.next, page.hasMore)
        }
    }

    private func send(_ bytes: [UInt8], to writer: inout any ResponseBodyWriter) async throws {
        let deadline = connection.close(after: readerPatience)
        defer { deadline.cancel() }
        try await writer.write(ByteBuffer(bytes: bytes))
    }
}
