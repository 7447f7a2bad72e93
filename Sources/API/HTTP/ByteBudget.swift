internal import Synchronization

/// Limits how many bytes are in work at once, and that one holder has half of them at most: who sends slowly, or much, leaves the other
/// half to others. Requests for more wait in line, for a short time.
final class ByteBudget: Sendable {
    private struct State {
        var free: Int
        var held: [String: Int] = [:]
        /// The waiting requests, in the order of arrival.
        var line: [Waiting] = []
        var counter = 0

        func fits(_ bytes: Int, of holder: String, total: Int) -> Bool {
            let held = held[holder, default: 0]
            return bytes <= free && (held == 0 || held + bytes <= total / 2)
        }

        mutating func give(_ bytes: Int, to holder: String) {
            free -= bytes
            held[holder, default: 0] += bytes
        }

        /// Serves whoever can be served, in order; but who waits only for bytes of its own holder holds up nobody else.
        mutating func serve(of total: Int) -> [CheckedContinuation<Bool, Never>] {
            var served: [CheckedContinuation<Bool, Never>] = []
            var left: [Waiting] = []
            for (index, waiting) in line.enumerated() {
                if fits(waiting.bytes, of: waiting.holder, total: total) {
                    give(waiting.bytes, to: waiting.holder)
                    served.append(waiting.continuation)
                } else if waiting.bytes > free {
                    left += line[index...]
                    break
                } else {
                    left.append(waiting)
                }
            }
            line = left
            return served
        }
    }

    private struct Waiting {
        var number: Int
        var bytes: Int
        var holder: String
        var continuation: CheckedContinuation<Bool, Never>
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
        private let holder: String

        fileprivate init(_ budget: ByteBudget, _ bytes: Int, _ holder: String) {
            self.budget = budget
            self.bytes = bytes
            self.holder = holder
        }

        deinit { budget.giveBack(bytes, of: holder) }
    }

    /// - Parameters:
    ///   - bytes: how many; never more than all are taken.
    ///   - holder: whose they are.
    /// - Throws: `Problem` when they are not free in time.
    func take(_ bytes: Int, for holder: String) async throws -> Share {
        let bytes = min(bytes, total)
        let isFree = state.withLock { state in
            guard state.line.isEmpty, state.fits(bytes, of: holder, total: total) else { return false }
            state.give(bytes, to: holder)
            return true
        }
        if isFree { return Share(self, bytes, holder) }
        guard await wait(for: bytes, of: holder) else {
            throw Problem(.tooManyUploads, "This server reads as many batches as it has memory for. Send it again later.")
        }
        return Share(self, bytes, holder)
    }

    private func wait(for bytes: Int, of holder: String) async -> Bool {
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
                let served: [CheckedContinuation<Bool, Never>]? = state.withLock { state in
                    if Task.isCancelled { return nil }
                    state.line.append(Waiting(number: number, bytes: bytes, holder: holder, continuation: continuation))
                    return state.serve(of: total)
                }
                if let served {
                    for continuation in served { continuation.resume(returning: true) }
                } else {
                    continuation.resume(returning: false)
                }
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
        giveBack(0, of: nil)
    }

    private func giveBack(_ bytes: Int, of holder: String?) {
        let served = state.withLock { state in
            state.free += bytes
            if let holder {
                let rest = state.held[holder, default: 0] - bytes
                state.held[holder] = rest == 0 ? nil : rest
            }
            return state.serve(of: total)
        }
        for continuation in served { continuation.resume(returning: true) }
    }
}
