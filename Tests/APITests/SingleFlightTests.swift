import Domain
import Synchronization
import Testing

@testable import API

/// One reading serves all who wait for it, and none of them came after it began.
@Suite struct SingleFlightTests {
    @Test func aReadingBeganAfterWhoeverGetsItCame() async throws {
        let source = CountingSource()
        let version = SingleFlight<ArchiveVersion>(source.read)
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    for round in 0..<100 {
                        let begunBefore = source.begun
                        let number = try #require(Int(try await version.current().text))
                        #expect(number > begunBefore)
                        for _ in 0..<round % 5 { await Task.yield() }
                    }
                }
            }
            try await group.waitForAll()
        }
        // Not one for each of 4,000.
        #expect(source.begun < 4_000)
    }

    @Test func whoComesDuringAReadingIsServedByTheNext() async throws {
        let gate = Gate()
        let version = SingleFlight<ArchiveVersion>(gate.read)
        let first = Task { try await version.current() }
        await gate.waitUntilBegun(1)
        let late = (0..<20).map { _ in Task { try await version.current() } }
        for _ in 0..<2_000 { await Task.yield() }
        gate.end(.success("one"))
        #expect(try await first.value.text == "one")
        await gate.waitUntilBegun(2)
        gate.end(.success("two"))
        for task in late { #expect(try await task.value.text == "two") }
        #expect(gate.begun == 2)
    }

    @Test func aFailureIsToldToAllWhoWaitAndToNobodyElse() async throws {
        let gate = Gate()
        let version = SingleFlight<ArchiveVersion>(gate.read)
        let waiting = (0..<20).map { _ in Task { try await version.current() } }
        await gate.waitUntilBegun(1)
        for _ in 0..<2_000 { await Task.yield() }
        gate.end(.failure(.unavailable("gone")))
        // Those who came too late for the first reading share the second.
        let second = Task {
            await gate.waitUntilBegun(2)
            gate.end(.failure(.unavailable("gone")))
        }
        for task in waiting { #expect(await task.result.failure as? ArchiveError == .unavailable("gone")) }
        second.cancel()
        gate.endEverything(.success("back"))
        #expect(try await version.current().text == "back")
    }

    @Test func whoGivesUpLeavesTheOthersAlone() async throws {
        let gate = Gate()
        let version = SingleFlight<ArchiveVersion>(gate.read)
        let present = (0..<10).map { _ in Task { try await version.current() } }
        await gate.waitUntilBegun(1)
        let next = (0..<10).map { _ in Task { try await version.current() } }
        for _ in 0..<2_000 { await Task.yield() }
        for task in [present[0], present[9], next[0], next[9]] {
            task.cancel()
            // The reading goes on still.
            #expect(await task.result.failure is CancellationError)
        }
        let alreadyCancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await version.current()
        }
        #expect(await alreadyCancelled.result.failure is CancellationError)
        gate.endEverything(.success("one"))
        for task in present[1..<9] + next[1..<9] { #expect(try await task.value.text == "one") }
    }
}

/// Answers with the number of the reading.
private final class CountingSource: Sendable {
    private let count = Mutex(0)

    var begun: Int { count.withLock { $0 } }

    func read() async throws(ArchiveError) -> ArchiveVersion {
        let number = count.withLock { count in
            count += 1
            return count
        }
        await Task.yield()
        return ArchiveVersion("\(number)")
    }
}

/// Begins readings, and ends them when a test says so.
private final class Gate: Sendable {
    private struct State {
        var begun = 0
        var pending: [CheckedContinuation<Result<String, ArchiveError>, Never>] = []
        var rest: Result<String, ArchiveError>?
    }

    private let state = Mutex(State())

    var begun: Int { state.withLock { $0.begun } }

    func read() async throws(ArchiveError) -> ArchiveVersion {
        let result = await withCheckedContinuation { continuation in
            let rest = state.withLock { state in
                state.begun += 1
                if state.rest == nil { state.pending.append(continuation) }
                return state.rest
            }
            if let rest { continuation.resume(returning: rest) }
        }
        return ArchiveVersion(try result.get())
    }

    func waitUntilBegun(_ number: Int) async {
        while state.withLock({ $0.begun < number }), !Task.isCancelled { await Task.yield() }
    }

    func end(_ result: Result<String, ArchiveError>) {
        state.withLock { $0.pending.isEmpty ? nil : $0.pending.removeFirst() }?.resume(returning: result)
    }

    /// Those under way, and all that begin from now on.
    func endEverything(_ result: Result<String, ArchiveError>) {
        let pending = state.withLock { state in
            state.rest = result
            defer { state.pending = [] }
            return state.pending
        }
        for continuation in pending { continuation.resume(returning: result) }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
