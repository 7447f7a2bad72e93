internal import Encoding
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization
internal import TimeLimit

/// Lambda's Runtime API: where a function gets its events, and brings its answers.
///
/// Each exchange has a connection of its own: one that was kept would have to be mistrusted after every freeze.
public struct RuntimeAPI: Sendable {
    /// Lambda takes no larger answer at once: 6 MiB.
    public static let maximumAnswer = 6 << 20

    private let host: String
    private let port: Int
    private static let version = "/2018-06-01/runtime"
    /// For an answer to be taken.
    static let patience: Duration = .seconds(30)

    /// - Parameter address: the value of `AWS_LAMBDA_RUNTIME_API`, a host and a port.
    public init(_ address: String) {
        let parts = address.split(separator: ":", maxSplits: 1)
        host = parts.first.map(String.init) ?? address
        port = parts.count > 1 ? Int(parts[1]) ?? 80 : 80
    }

    /// Waits for the next event, for as long as it takes: the program is frozen meanwhile.
    func next() async throws(RuntimeError) -> Invocation {
        let answer = try await exchange(.GET, "/invocation/next", within: nil)
        guard answer.status == 200, let id = answer.headers.first(name: "Lambda-Runtime-Aws-Request-Id") else {
            throw RuntimeError("The Runtime API answered with status \(answer.status) instead of an event.")
        }
        let now = (wall: Date.now.timeIntervalSince1970, steady: ContinuousClock.now)
        let left = answer.headers.first(name: "Lambda-Runtime-Deadline-Ms").flatMap { Double($0) }.map { $0 / 1_000 - now.wall }
        let deadline = now.steady + .seconds(max(Self.leastTime, left ?? Self.usualTime))
        return Invocation(requestID: id, deadline: deadline, payload: Array(answer.body.readableBytesView))
    }

    /// Seconds, where Lambda names no deadline.
    private static let usualTime = 30.0
    /// Seconds that an event has at least: after a freeze the clock on the wall may be ahead of Lambda's for a moment.
    private static let leastTime = 1.0

    /// Brings the answer to an event.
    func respond(_ id: String, _ json: [UInt8]) async throws(RuntimeError) {
        try await post("/invocation/\(id.percentEncoded())/response", json, [("Content-Type", "application/json")])
    }

    /// Says why an event has no answer.
    func fail(_ id: String, _ error: InvocationError) async throws(RuntimeError) {
        try await post("/invocation/\(id.percentEncoded())/error", error.json, Self.errorHeaders(error))
    }

    /// Says why there is no function. The program ends then.
    public func failInit(_ error: InvocationError) async throws(RuntimeError) {
        try await post("/init/error", error.json, Self.errorHeaders(error))
    }

    /// Sends an answer while it is made. Whatever `body` throws, or that it goes on until `end`, ends the answer with an error.
    ///
    /// - Parameter finish: called once, before the answer ends, whatever becomes of it.
    /// - Returns: why it broke off, nil when it is whole.
    func stream(
        _ id: String, head: HTTPAnswer, until end: ContinuousClock.Instant,
        _ body: @escaping @Sendable (RuntimeStream) async throws -> Void,
        finish: @escaping @Sendable () async -> Void
    ) async throws(RuntimeError) -> InvocationError? {
        let isFinished = Atomic(false)
        let head = (path: "\(Self.version)/invocation/\(id.percentEncoded())/response", prelude: head.streamPrelude)
        do {
            return try await RuntimeConnection.open(host, port) { connection in
                try await connection.begin(.POST, head.path, RuntimeStream.headers)
                let broken = await connection.write(head.prelude, until: end, body)
                isFinished.store(true, ordering: .relaxed)
                await finish()
                try await withTimeLimit(Self.patience) {
                    try await connection.end(broken.map(RuntimeStream.trailers))
                    try await connection.requireAccepted()
                }
                return broken
            }
        } catch {
            if !isFinished.load(ordering: .relaxed) { await finish() }
            throw Self.failure(error)
        }
    }

    private func post(_ path: String, _ json: [UInt8], _ headers: [(String, String)]) async throws(RuntimeError) {
        let answer = try await exchange(.POST, path, HTTPHeaders(headers), json, within: Self.patience)
        guard (200..<300).contains(answer.status) else {
            throw RuntimeError("The Runtime API refused \(path) with status \(answer.status).")
        }
    }

    private func exchange(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:], _ body: [UInt8] = [], within limit: Duration?
    ) async throws(RuntimeError) -> RuntimeConnection.Answer {
        let run: @Sendable () async throws -> RuntimeConnection.Answer = { [host, port] in
            try await RuntimeConnection.open(host, port) { connection in
                var headers = headers
                if method == .POST { headers.add(name: "Content-Length", value: "\(body.count)") }
                try await connection.send(method, Self.version + path, headers, body: body)
                return try await connection.answer()
            }
        }
        do {
            guard let limit else { return try await run() }
            return try await withTimeLimit(limit, run)
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> RuntimeError {
        (error as? RuntimeError) ?? RuntimeError("The Runtime API of Lambda cannot be reached: \(error)")
    }

    private static func errorHeaders(_ error: InvocationError) -> [(String, String)] {
        [("Content-Type", "application/json"), ("Lambda-Runtime-Function-Error-Type", error.type)]
    }

}

/// The Runtime API does not do its part. Nothing is left but to end the program; Lambda starts another.
public struct RuntimeError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

extension InvocationError {
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("errorMessage")
            writer.string(description)
            writer.key("errorType")
            writer.string(type)
            writer.key("stackTrace")
            writer.array { _ in }
        }
        return writer.bytes
    }
}
