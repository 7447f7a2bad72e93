import API
import AWS

/// Requests of HTTP as events: between a server and Lambda.
struct HTTPFunction: Sendable {
    private let responder: DetachedResponder

    init(_ server: Server) { responder = DetachedResponder(server) }

    /// What is left of the time at least once all is settled: for the last lines of the log, and for the answer to be taken.
    private static let reserve: Duration = .milliseconds(400)

    /// - Parameters:
    ///   - meanwhile: what is to be done while a streamed body is written; cancelled at its end.
    ///   - settle: what is to be done once the answer is made, until then: after it the program may be frozen.
    /// - Throws: `InvocationError` when not even a refusal can be made.
    func answer(
        _ event: HTTPEvent, of invocation: Invocation, meanwhile: @escaping @Sendable () async -> Void = {},
        settle: @escaping @Sendable (_ end: ContinuousClock.Instant) async -> Void = { _ in }
    ) async throws(InvocationError) -> InvocationAnswer {
        // What waits, and what streams, is told first; what does not listen is cancelled halfway to the end.
        let end = invocation.latestAnswer
        let connection = DetachedConnection(until: end + (invocation.deadline - end) / 2)
        let alarm = Task {
            try await Task.sleep(until: end, clock: .continuous)
            connection.close()
        }
        let answer = await responder.respond(
            method: event.method, target: event.target, headers: event.headers, body: event.body, on: connection)
        let finish: @Sendable () async -> Void = {
            alarm.cancel()
            connection.close()
            await settle(invocation.deadline - Self.reserve)
            LineWriter.standardError.flush(within: .milliseconds(200))
        }
        guard event.isStreamed else {
            let json = await whole(answer)
            await finish()
            guard let json else { throw InvocationError("Answer.TooLarge", "The refusal is too large itself; send the request again.") }
            return .whole(json)
        }
        let body: @Sendable (RuntimeStream) async throws -> Void = { stream in
            let work = Task(operation: meanwhile)
            defer { work.cancel() }
            try await answer.write { try await stream.write($0) }
        }
        return .stream(head: HTTPAnswer(status: answer.status, headers: answer.headers), body: body, finish: finish)
    }

    /// The answer, or a refusal in its place; nil when there is no room for that either.
    private func whole(_ answer: DetachedAnswer) async -> [UInt8]? {
        let refusal: DetachedAnswer
        do {
            if let json = try await json(answer) { return json }
            refusal = responder.tooLarge(answer)
        } catch {
            refusal = responder.brokenOff(answer, by: error)
        }
        return try? await json(refusal)
    }

    /// The answer as Lambda takes it; nil when it is too large for it.
    private func json(_ answer: DetachedAnswer) async throws -> [UInt8]? {
        guard let body = try await answer.bytes(atMost: RuntimeAPI.maximumAnswer) else { return nil }
        let json = HTTPAnswer(status: answer.status, headers: answer.headers).json(body)
        return json.count <= RuntimeAPI.maximumAnswer ? json : nil
    }
}
