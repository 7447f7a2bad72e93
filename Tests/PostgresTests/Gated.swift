import Testing

/// Lets only a few tests use the server at a time: hundreds of connections at once would starve it, and with it every
/// test that looks at a clock.
struct Gated: TestTrait, SuiteTrait, TestScoping {
    var isRecursive: Bool { true }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> Gated? { testCase == nil ? nil : self }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await Gate.shared.enter()
        let result: Result<Void, any Error>
        do { result = .success(try await function()) } catch { result = .failure(error) }
        await Gate.shared.leave()
        try result.get()
    }
}

extension Trait where Self == Gated {
    /// One of a few tests that run at the same time.
    static var gated: Gated { Gated() }
}

/// A counting semaphore for tasks.
private actor Gate {
    static let shared = Gate(permits: 6)

    private var permits: Int
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(permits: Int) { self.permits = permits }

    func enter() async {
        if permits > 0 {
            permits -= 1
        } else {
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    func leave() {
        if waiters.isEmpty { permits += 1 } else { waiters.removeFirst().resume() }
    }
}
