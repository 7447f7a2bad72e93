import Foundation
import JSON
import NIOCore
import Synchronization
import Testing

@testable import AWS

@Suite("The Runtime API of Lambda")
struct RuntimeLoopTests {
    /// Hands out events, and keeps what comes back.
    private final class Lambda: Sendable {
        private let events: Mutex<[String]>
        private let answers = Mutex<[LoopbackServer.Request]>([])
        /// The statuses that answers get; the last one stays.
        private let statuses: Mutex<[Int]>
        let seconds: Double

        init(_ events: [String], statuses: [Int] = [202], seconds: Double = 30) {
            self.events = Mutex(events)
            self.statuses = Mutex(statuses)
            self.seconds = seconds
        }

        func reply(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
            guard request.path.hasSuffix("/invocation/next") else {
                answers.withLock { $0.append(request) }
                return .text("", status: statuses.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] })
            }
            guard let event = events.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return .init(isSilent: true) }
            let deadline = Int64((Date.now.timeIntervalSince1970 + seconds) * 1_000)
            return .init(
                headers: [("Lambda-Runtime-Aws-Request-Id", "id of \(event)"), ("Lambda-Runtime-Deadline-Ms", "\(deadline)")],
                body: Array(event.utf8))
        }

        /// Waits until so many answers have come.
        func answers(_ count: Int) async throws -> [LoopbackServer.Request] {
            while true {
                let answers = answers.withLock { $0 }
                if answers.count >= count { return answers }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test func timeThatIsUpIsNoTimeToAnswer() {
        let late = Invocation(requestID: "1", deadline: .now - .seconds(10), payload: [])
        #expect(late.latestAnswer == late.deadline)
        let early = Invocation(requestID: "1", deadline: .now + .seconds(10), payload: [])
        #expect(early.latestAnswer == early.deadline - .seconds(1))
    }

    private final class Reports: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct Handler: InvocationHandler {
        let answer: @Sendable (Invocation) async throws(InvocationError) -> InvocationAnswer
        func handle(_ invocation: Invocation) async throws(InvocationError) -> InvocationAnswer { try await answer(invocation) }
    }

    /// The answers to the events of `lambda`, and what was reported.
    private func answers(
        _ count: Int, of lambda: Lambda, _ answer: @escaping @Sendable (Invocation) async throws(InvocationError) -> InvocationAnswer
    ) async throws -> (answers: [LoopbackServer.Request], reports: [String]) {
        try await LoopbackServer.with(lambda.reply) { server in
            let reports = Reports()
            let address = String(server.address.dropFirst("http://".count))
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await RuntimeLoop(RuntimeAPI(address), Handler(answer: answer)) { id, error in
                        reports.lines.withLock { $0.append("\(id): \(error.type)") }
                    }.run()
                }
                let answers = try await lambda.answers(count)
                group.cancelAll()
                return (answers, reports.lines.withLock { $0 })
            }
        }
    }

    @Test("Events are answered one after the other, each by its id")
    func answered() async throws {
        let (answers, reports) = try await answers(2, of: Lambda(["1", "2"])) { invocation in
            .whole(invocation.payload + invocation.payload)
        }
        #expect(
            answers.map(\.path) == [
                "/2018-06-01/runtime/invocation/id%20of%201/response", "/2018-06-01/runtime/invocation/id%20of%202/response",
            ])
        #expect(answers.map(\.body) == [Array("11".utf8), Array("22".utf8)])
        #expect(reports == [])
    }

    @Test("An event without an answer is told with its reason, and the next one is served")
    func failed() async throws {
        let (answers, reports) = try await answers(2, of: Lambda(["1", "2"])) { invocation throws(InvocationError) in
            guard invocation.payload == Array("2".utf8) else { throw InvocationError("Event.NotHTTP", "No \"request\".") }
            return .whole([])
        }
        #expect(answers[0].path.hasSuffix("/id%20of%201/error"))
        #expect(answers[0].headers["lambda-runtime-function-error-type"] == "Event.NotHTTP")
        let text = String(decoding: answers[0].body, as: UTF8.self)
        #expect(text == #"{"errorMessage":"No \"request\".","errorType":"Event.NotHTTP","stackTrace":[]}"#)
        #expect(answers[1].path.hasSuffix("/id%20of%202/response"))
        #expect(reports == ["id of 1: Event.NotHTTP"])
    }

    @Test("An answer that Lambda refuses costs that event alone")
    func refused() async throws {
        let (answers, reports) = try await answers(3, of: Lambda(["1", "2"], statuses: [413, 202])) { _ in .whole([0]) }
        #expect(answers.map { $0.path.split(separator: "/").last } == ["response", "error", "response"])
        #expect(reports == ["id of 1: Runtime.AnswerRefused"])
    }

    private static let head = HTTPAnswer(status: 200, headers: [("content-type", "text/csv"), ("set-cookie", "a=1")])

    @Test("A streamed answer has a head, eight zero bytes and its body")
    func streamed() async throws {
        let (answers, _) = try await answers(1, of: Lambda(["1"])) { _ in
            .stream(head: Self.head) { stream in
                for part in ["a", "", "b"] { try await stream.write(ByteBuffer(string: part)) }
            }
        }
        let answer = try #require(answers.first)
        #expect(answer.headers["lambda-runtime-function-response-mode"] == "streaming")
        #expect(answer.headers["content-type"] == "application/vnd.awslambda.http-integration-response")
        #expect(answer.headers["transfer-encoding"] == "chunked")
        let prelude = #"{"statusCode":200,"headers":{"content-type":"text/csv"},"cookies":["a=1"]}"#
        #expect(answer.body == Array(prelude.utf8) + [UInt8](repeating: 0, count: 8) + Array("ab".utf8))
        #expect(answer.trailers == [:])
    }

    private struct Broken: Error {}

    @Test("A streamed answer that breaks off says so behind its body, and the next event is served")
    func brokenStream() async throws {
        let (answers, reports) = try await answers(2, of: Lambda(["1", "2"])) { _ in
            .stream(head: Self.head) { stream in
                try await stream.write(ByteBuffer(string: "half"))
                throw Broken()
            }
        }
        #expect(answers[0].body.suffix(4) == Array("half".utf8)[...])
        #expect(answers[0].trailers["lambda-runtime-function-error-type"] == "Stream.BrokenOff")
        let body = try #require(Data(base64Encoded: answers[0].trailers["lambda-runtime-function-error-body"] ?? ""))
        guard case .object(let error) = try JSONReader.read(Array(body)) else { throw Broken() }
        #expect(error["errorType"] == .string("Stream.BrokenOff"))
        #expect(reports.contains("id of 1: Stream.BrokenOff"))
    }

    @Test("A streamed answer ends with an error when the time of the function is up")
    func lateStream() async throws {
        let (answers, _) = try await answers(1, of: Lambda(["1"], seconds: 0.5)) { _ in
            .stream(head: Self.head) { stream in
                try await stream.write(ByteBuffer(string: "half"))
                try await Task.sleep(for: .seconds(600))
            }
        }
        #expect(answers[0].trailers["lambda-runtime-function-error-type"] == "Stream.TimedOut")
    }

    @Test("What has to be done for a streamed answer is done once, whatever becomes of it")
    func finished() async throws {
        let calls = Mutex<[String]>([])
        _ = try await answers(2, of: Lambda(["1", "2"])) { invocation in
            .stream(head: Self.head) { _ in
                if invocation.payload == Array("2".utf8) { throw Broken() }
            } finish: {
                calls.withLock { $0.append(String(decoding: invocation.payload, as: UTF8.self)) }
            }
        }
        #expect(calls.withLock { $0 } == ["1", "2"])
        await #expect(throws: RuntimeError.self) {
            _ = try await RuntimeAPI("127.0.0.1:1").stream("3", head: Self.head, until: .now + .seconds(5)) { _ in
            } finish: {
                calls.withLock { $0.append("3") }
            }
        }
        #expect(calls.withLock { $0 } == ["1", "2", "3"])
    }

    @Test("A deadline that has passed by a wrong clock leaves a second")
    func leastTime() async throws {
        _ = try await answers(1, of: Lambda(["1"], seconds: -60)) { invocation in
            #expect(invocation.deadline - .now > .milliseconds(500))
            return .whole([])
        }
    }

    @Test("Where no Runtime API is, the error says so")
    func unreachable() async throws {
        let error = await #expect(throws: RuntimeError.self) {
            try await RuntimeLoop(RuntimeAPI("127.0.0.1:1"), Handler { _ in .whole([]) }) { _, _ in }.run()
        }
        #expect(error?.description.contains("cannot be reached") == true)
    }

    @Test("A function that cannot start says why")
    func failedInit() async throws {
        try await LoopbackServer.with { _ in
            .text("", status: 202)
        } _: { server in
            try await RuntimeAPI(String(server.address.dropFirst("http://".count))).failInit(
                InvocationError("Init.Settings", "XMONITOR_X is wrong."))
            let request = try #require(server.requests.first)
            #expect(request.path == "/2018-06-01/runtime/init/error")
            #expect(request.headers["lambda-runtime-function-error-type"] == "Init.Settings")
            #expect(String(decoding: request.body, as: UTF8.self).contains("XMONITOR_X is wrong."))
        }
    }
}
