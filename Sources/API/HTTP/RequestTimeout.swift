internal import Synchronization

/// The time-out of requests. One task watches all of them: a timer for each would cost more than most answers.
final class RequestTimeout: Sendable {
    private struct State {
        var lastID: UInt64 = 0
        var running: [UInt64: (end: ContinuousClock.Instant, cancel: @Sendable () -> Void)] = [:]
        var isWatched = false
    }

    private let budget: Duration
    private let state = Mutex(State())

    init(_ budget: Duration) { self.budget = budget }

    /// Runs `body` for as long as a request may take, and cancels it then. What `body` still brings to an end, because a
    /// commit cannot be taken back, is the value: a request that has an answer need not be sent again.
    ///
    /// - Parameters:
    ///   - patience: how long it may wait for something to happen besides.
    ///   - deadline: when it ends whatever else it may take.
    /// - Throws: `Problem` with the code `timeout` when time is up, or what `body` throws.
    func spend<Value: Sendable>(
        waiting patience: Duration = .zero, until deadline: ContinuousClock.Instant? = nil,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await body() }
        let end = ContinuousClock.now + budget + patience
        let id = begin(deadline.map { min($0, end) } ?? end) { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        let isOver = state.withLock { $0.running.removeValue(forKey: id) == nil }
        if isOver, case .failure = result {
            throw Problem(.timeout, "The request took too long and was given up; send it again.")
        }
        return try result.get()
    }

    private func begin(_ end: ContinuousClock.Instant, _ cancel: @escaping @Sendable () -> Void) -> UInt64 {
        let (id, mustWatch) = state.withLock { state in
            state.lastID += 1
            state.running[state.lastID] = (end, cancel)
            defer { state.isWatched = true }
            return (state.lastID, !state.isWatched)
        }
        if mustWatch { Task { await watch() } }
        return id
    }

    /// Polls until no request runs.
    private func watch() async {
        repeat { try? await Task.sleep(for: min(budget / 20, .milliseconds(250))) } while cancelWhatIsOver()
    }

    /// Whether anything runs still.
    private func cancelWhatIsOver() -> Bool {
        let (over, isWatched) = state.withLock { state in
            let now = ContinuousClock.now
            let over = state.running.filter { $0.value.end <= now }
            for id in over.keys { state.running[id] = nil }
            state.isWatched = !state.running.isEmpty
            return (over.values.map(\.cancel), state.isWatched)
        }
        for cancel in over { cancel() }
        return isWatched
    }
}
