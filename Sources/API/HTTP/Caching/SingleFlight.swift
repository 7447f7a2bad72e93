internal import Domain
internal import Synchronization

/// A value of the archive, read once for all requests that arrive meanwhile.
///
/// A request that arrives during a read waits for the next one, and never gets one that began before it arrived: whatever was committed
/// before a request is in the value that it gets.
final class SingleFlight<Value: Sendable>: Sendable {
    fileprivate typealias Waiter = CheckedContinuation<Value, any Error>

    fileprivate struct State {
        var isReading = false
        /// Those for whom the reading under way was begun, and those for whom the next one will be.
        var present: [UInt64: Waiter] = [:]
        var next: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())
    private let read: @Sendable () async throws(ArchiveError) -> Value

    init(_ read: @escaping @Sendable () async throws(ArchiveError) -> Value) { self.read = read }

    /// - Throws: `ArchiveError` when the reading failed, which fails for all who wait for it; `CancellationError` for a caller that was
    ///   cancelled, which is of no consequence for the others.
    func current() async throws -> Value {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in enter(id, waiter) }
        } onCancel: {
            let waiter = state.withLock { $0.next.removeValue(forKey: id) ?? $0.present.removeValue(forKey: id) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func enter(_ id: UInt64, _ waiter: Waiter) {
        let step: SingleFlightStep = state.withLock { state in
            // Looked at under the lock: a cancellation from now on finds the waiter.
            if Task.isCancelled { return .giveUp }
            state.next[id] = waiter
            defer { state.isReading = true }
            return state.isReading ? .wait : .read
        }
        switch step {
        case .wait: break
        case .read: Task { await readUntilNobodyWaits() }
        case .giveUp: waiter.resume(throwing: CancellationError())
        }
    }

    private func readUntilNobodyWaits() async {
        while state.withLock({ $0.begin() }) {
            let result: Result<Value, any Error>
            do { result = .success(try await read()) } catch { result = .failure(error) }
            for waiter in state.withLock({ $0.end() }) { waiter.resume(with: result) }
        }
    }
}

/// What a caller does that enters.
private enum SingleFlightStep { case wait, read, giveUp }

extension SingleFlight.State {
    /// Whether there is somebody to read for.
    fileprivate mutating func begin() -> Bool {
        (present, next) = (next, [:])
        isReading = !present.isEmpty
        return isReading
    }

    fileprivate mutating func end() -> [SingleFlight.Waiter] {
        defer { present = [:] }
        return Array(present.values)
    }
}
