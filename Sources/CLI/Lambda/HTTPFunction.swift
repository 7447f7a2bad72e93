import API
import AWS

/// Requests of HTTP as events: between a server and Lambda.
struct HTTPFunction: Sendable {
    private let responder: DetachedResponder

    init(_ server: Server) { responder = DetachedResponder(server) }

    /// - Parameter settle: what is to be done once the answer is made: after it the program may be frozen.
    func answer(
        _ event: HTTPEvent, of invocation: Invocation, settle: @escaping @Sendable () async -> Void
    ) async -> InvocationAnswer {
        // What waits, and what streams, is told first; what does not listen is cancelled halfway to the end.
        let end = invocation.latestAnswer
        let connection = DetachedConnection(until: end + (invocation.deadline - end) / 2)
        let alarm = Task {
            try await Task.sleep(until: end, clock: .continuous)
            connection.close()
        }
        let answer = await responder.respond(
            method: event.method, target: event.target, headers: event.headers, body: event.body, on: connection)
        // In a task of its own: a stream whose time is up is cancelled.
        let finish: @Sendable () async -> Void = {
            await Task {
                alarm.cancel()
                connection.close()
                await settle()
                LineWriter.standardError.flush(within: .milliseconds(200))
            }.value
        }
        guard event.isStreamed else {
            let json = await whole(answer)
            await finish()
            return .whole(json)
        }
        return .stream(head: HTTPAnswer(status: answer.status, headers: answer.headers)) { stream in
            let result: Result<Void, any Error>
            do { result = .success(try await answer.write { try await stream.write($0) }) } catch { result = .failure(error) }
            await finish()
            try result.get()
        }
    }

    private func whole(_ answer: DetachedAnswer) async -> [UInt8] {
        do {
            if let json = try await json(answer) { return json }
            return try await json(responder.tooLarge(answer)) ?? []
        } catch {
            return (try? await json(responder.brokenOff(answer))) ?? []
        }
    }

    /// The answer as Lambda takes it; nil when it is too large for it.
    private func json(_ answer: DetachedAnswer) async throws -> [UInt8]? {
        guard let body = try await answer.bytes(atMost: RuntimeAPI.maximumAnswer) else { return nil }
        let json = HTTPAnswer(status: answer.status, headers: answer.headers).json(body)
        return json.count <= RuntimeAPI.maximumAnswer ? json : nil
    }
}
