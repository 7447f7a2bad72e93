/// One event for a function, as Lambda hands it over.
public struct Invocation: Sendable {
    /// Names it towards Lambda, and in Lambda's log.
    public var requestID: String
    /// When Lambda ends the program, unless it has answered.
    public var deadline: ContinuousClock.Instant
    /// The event, JSON.
    public var payload: [UInt8]

    public init(requestID: String, deadline: ContinuousClock.Instant, payload: [UInt8]) {
        self.requestID = requestID
        self.deadline = deadline
        self.payload = payload
    }

    /// When an answer has to be under way: what is left after that is for sending it.
    public var latestAnswer: ContinuousClock.Instant {
        let left = max(.zero, deadline - .now)
        return deadline - min(.seconds(1), left / 5)
    }
}

/// What a function answers.
public enum InvocationAnswer: Sendable {
    /// JSON, at most `RuntimeAPI.maximumAnswer` bytes.
    case whole([UInt8])
    /// A head, and a body that is sent while it is made. What `body` throws is seen by the caller as a body that broke off. `finish` is called
    /// once, before the answer ends, and also when it could not begin and `body` is never called.
    case stream(head: HTTPAnswer, body: @Sendable (RuntimeStream) async throws -> Void, finish: @Sendable () async -> Void = {})
}

/// An event that cannot be answered. Lambda tells who sent it.
public struct InvocationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of fault, such as `Event.NotHTTP`.
    public var type: String
    /// One sentence: what is wrong and what to do.
    public var description: String
    /// What the caller is not told, for the log.
    public var cause: String?

    public init(_ type: String, _ description: String, cause: String? = nil) {
        self.type = type
        self.description = description
        self.cause = cause
    }
}

/// Answers the events of a function, one after the other.
public protocol InvocationHandler: Sendable {
    /// What has to be done for an event is done when this returns, or when `finish` of a stream has: the program may be frozen then.
    func handle(_ invocation: Invocation) async throws(InvocationError) -> InvocationAnswer
}
