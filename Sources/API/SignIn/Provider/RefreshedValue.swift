/// A value that is loaded over the network: by one request at a time (single flight), cached for a bounded time, and retried after a
/// failure with a minimum interval.
actor RefreshedValue<Value: Sendable> {
    private enum State {
        case none
        case loading(Task<Result<Value, SignInRefusal>, Never>)
        case loaded(Value, at: ContinuousClock.Instant)
        case failed(SignInRefusal, at: ContinuousClock.Instant)
    }

    private var state = State.none
    /// The last forced load.
    private var forcedAt: ContinuousClock.Instant?
    private let lifetime, retryInterval, forcedInterval: Duration
    private let clock = ContinuousClock()
    private let load: @Sendable () async throws(SignInRefusal) -> Value

    /// - Parameters:
    ///   - retryInterval: the least time between a failure and the next attempt.
    ///   - forcedInterval: the least time between two loads before its time.
    init(
        lifetime: Duration, retryInterval: Duration = .seconds(1), forcedInterval: Duration = .seconds(10),
        load: @escaping @Sendable () async throws(SignInRefusal) -> Value
    ) {
        self.lifetime = lifetime
        self.retryInterval = retryInterval
        self.forcedInterval = forcedInterval
        self.load = load
    }

    func current() async throws(SignInRefusal) -> Value {
        switch state {
        case .loaded(let value, let at) where clock.now - at < lifetime: return value
        case .failed(let refusal, let at) where clock.now - at < retryInterval: throw refusal
        default: return try await loadOnce()
        }
    }

    /// A freshly loaded value, or the current one within `forcedInterval` of the last forced load.
    func newer() async throws(SignInRefusal) -> Value {
        if let forcedAt, clock.now - forcedAt < forcedInterval { return try await current() }
        forcedAt = clock.now
        return try await loadOnce()
    }

    /// The task belongs to all who wait, so that one who goes away does not end it; `load` has a time limit of its own.
    private func loadOnce() async throws(SignInRefusal) -> Value {
        if case .loading(let task) = state { return try await task.value.get() }
        let task = Task { [load] () -> Result<Value, SignInRefusal> in
            do throws(SignInRefusal) { return .success(try await load()) } catch { return .failure(error) }
        }
        state = .loading(task)
        let result = await task.value
        switch result {
        case .success(let value): state = .loaded(value, at: clock.now)
        case .failure(let refusal): state = .failed(refusal, at: clock.now)
        }
        return try result.get()
    }
}
