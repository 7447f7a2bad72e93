import Synchronization
import Testing

@testable import API

@Suite struct ByteBudgetTests {
    @Test func whoComesTooLateIsRefusedAndWhoWaitsIsServedInOrder() async throws {
        let budget = ByteBudget(100, patience: .milliseconds(1))
        var first: ByteBudget.Share? = try await budget.take(60, for: "a")
        let second = try await budget.take(40, for: "b")
        await #expect(throws: Problem.self) { _ = try await budget.take(1, for: "c") }
        _ = first
        first = nil
        let third = try await budget.take(60, for: "d")
        await #expect(throws: Problem.self) { _ = try await budget.take(1, for: "c") }
        withExtendedLifetime((second, third)) {}
    }

    @Test func whoWaitsIsServedWhenABodyIsDone() async throws {
        let budget = ByteBudget(100, patience: .seconds(3_600))
        let whole = Holder(try await budget.take(1_000, for: "a"))
        let waiting = Task { _ = try await budget.take(100, for: "b") }
        let cancelled = Task { _ = try await budget.take(100, for: "c") }
        cancelled.cancel()
        await #expect(throws: Problem.self) { try await cancelled.value }
        whole.share = nil
        try await waiting.value
        _ = try await budget.take(100, for: "c")
    }

    @Test func oneHolderHasHalfAtMostAndHoldsUpNobodyElse() async throws {
        let budget = ByteBudget(100, patience: .seconds(3_600))
        let share = Holder(try await budget.take(30, for: "flood"))
        let waiting = Task { Holder(try await budget.take(30, for: "flood")) }
        // They wait for bytes of their own holder, wherever they stand in the line.
        for _ in 0..<50 { _ = try await budget.take(40, for: "other") }
        share.share = nil
        _ = try await waiting.value
        // Alone, a body of any size passes.
        _ = try await ByteBudget(100, patience: .milliseconds(1)).take(100, for: "flood")
    }

    private final class Holder: Sendable {
        private let held: Mutex<ByteBudget.Share?>
        var share: ByteBudget.Share? {
            get { held.withLock(\.self) }
            set { held.withLock { $0 = newValue } }
        }

        init(_ share: ByteBudget.Share) { held = Mutex(share) }
    }
}
