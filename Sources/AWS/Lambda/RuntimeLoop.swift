/// Answers events until the program is ended.
public struct RuntimeLoop: Sendable {
    private let runtime: RuntimeAPI
    private let handler: any InvocationHandler
    /// Told of every event that has no answer, and of every answer that broke off.
    private let report: @Sendable (_ requestID: String, InvocationError) -> Void

    public init(
        _ runtime: RuntimeAPI, _ handler: any InvocationHandler, report: @escaping @Sendable (_ requestID: String, InvocationError) -> Void
    ) {
        self.runtime = runtime
        self.handler = handler
        self.report = report
    }

    /// - Throws: `RuntimeError` when no more events can be had.
    public func run() async throws(RuntimeError) -> Never {
        while true {
            let invocation = try await runtime.next()
            await answer(invocation)
        }
    }

    /// An answer that Lambda does not take costs this event alone. If Lambda is gone, asking for the next one shows it.
    private func answer(_ invocation: Invocation) async {
        do throws(InvocationError) {
            let answer = try await handler.handle(invocation)
            do throws(RuntimeError) { try await send(answer, to: invocation) } catch {
                throw InvocationError("Runtime.AnswerRefused", error.description)
            }
        } catch {
            report(invocation.requestID, error)
            try? await runtime.fail(invocation.requestID, error)
        }
    }

    private func send(_ answer: InvocationAnswer, to invocation: Invocation) async throws(RuntimeError) {
        switch answer {
        case .whole(let json): try await runtime.respond(invocation.requestID, json)
        case .stream(let head, let body, let finish):
            let end = invocation.latestAnswer
            let broken = try await runtime.stream(invocation.requestID, head: head, until: end, body, finish: finish)
            if let broken { report(invocation.requestID, broken) }
        }
    }
}
