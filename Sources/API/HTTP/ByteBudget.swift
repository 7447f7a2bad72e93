internal import Synchronization

/// Limits how many bytes are in work at once. Requests for more wait in line, for a short time.
final class ByteBudget: Sendable {
    private struct State {
        var free: Int
        /// The waiting requests, in the order of arrival.
        var line: [(number: Int, bytes: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var counter = 0
    }

    private let total: Int
    private let patience: Duration
    private let state: Mutex<State>

    init(_ bytes: Int, patience: Duration) {
        total = bytes
        self.patience = patience
        state = Mutex(State(free: bytes))
    }

    /// A part of the budget, given back when it is released.
    final class Share: Sendable {
        private let budget: ByteBudget
        private let bytes: Int

        fileprivate init(_ budget: ByteBudget, _ bytes: Int) {
            self.budget = budget
            self.bytes = bytes
        }

        deinit { budget.giveBack(bytes) }
    }

    /// - Parameter bytes: how many; never more than all are taken.
    /// - Throws: `Problem` when they are not free in time.
    func take(_ bytes: Int) async throws -> Share {
        let bytes = min(bytes, total)
        let isFree = state.withLock { state in
            guard state.line.isEmpty, state.free >= bytes else { return false }
            state.free -= bytes
            return true
        }
        if isFree { return Share(self, bytes) }
        guard await wait(for: bytes) else {
            throw Problem(.tooManyUploads, "This server reads as many batches as it has memory for. Send it again later.")
        }
        return Share(self, bytes)
    }

    private func wait(for bytes: Int) async -> Bool {
        let number = state.withLock { state in
            state.counter += 1
            return state.counter
        }
        let timer = Task { [patience] in
            try await Task.sleep(for: patience)
            giveUp(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTaken: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.line.isEmpty && state.free >= bytes {
                        state.free -= bytes
                        return true
                    }
                    state.line.append((number, bytes, continuation))
                    return nil
                }
                if let isTaken { continuation.resume(returning: isTaken) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    private func giveUp(_ number: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let index = state.line.firstIndex(where: { $0.number == number }) else { return nil }
            return state.line.remove(at: index).continuation
        }
        continuation?.resume(returning: false)
        // Those behind may want less.
        giveBack(0)
    }

    private func giveBack(_ bytes: Int) {
        let served = state.withLock { state in
            state.free += bytes
            var served: [CheckedContinuation<Bool, Never>] = []
            while let first = state.line.first, first.bytes <= state.free {
                state.free -= first.bytes
                served.append(first.continuation)
                state.line.removeFirst()
            }
            return served
        }
        for continuation in served { continuation.resume(returning: true) }
    }
}
