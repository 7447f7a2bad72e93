import Testing

@testable import API

@Suite struct ByteBudgetTests {
    @Test func whoComesTooLateIsRefusedAndWhoWaitsIsServedInOrder() async throws {
        let budget = ByteBudget(100, patience: .milliseconds(1))
        var first: ByteBudget.Share? = try await budget.take(60)
        let second = try await budget.take(40)
        await #expect(throws: Problem.self) { _ = try await budget.take(1) }
        _ = first
        first = nil
        let third = try await budget.take(60)
        await #expect(throws: Problem.self) { _ = try await budget.take(1) }
        withExtendedLifetime((second, third)) {}
    }

    @Test func whoWaitsIsServedWhenABodyIsDone() async throws {
        let budget = ByteBudget(100, patience: .seconds(3_600))
        let whole = Holder(try await budget.take(1_000))
        let waiting = Task { _ = try await budget.take(100) }
        let cancelled = Task { _ = try await budget.take(100) }
        cancelled.cancel()
        await #expect(throws: Problem.self) { try await cancelled.value }
        whole.share = nil
        try await waiting.value
        _ = try await budget.take(100)
    }

    private final class Holder {
        var share: ByteBudget.Share?
        init(_ share: ByteBudget.Share) { self.share = share }
    }
}
