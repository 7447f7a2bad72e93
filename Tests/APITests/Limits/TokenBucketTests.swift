import Testing

@testable import API

@Suite struct TokenBucketTests {
    /// Beside a plain count of tokens, kept as a fraction and filled at each look.
    @Test func itGivesWhatACountOfTokensWouldGive() {
        for seed in 0..<200 as Range<UInt64> {
            var random = Seeded(state: seed)
            let policy = TokenBucket.Policy(
                tokens: Int.random(in: 1...50, using: &random), window: .milliseconds(Int.random(in: 1...90_000, using: &random)))
            var now = ContinuousClock.now
            var bucket = TokenBucket(at: now)
            // In billionths of a token.
            var tokens = policy.tokens * 1_000_000_000
            for _ in 0..<400 {
                let interval: Double = policy.interval / .nanoseconds(1)
                let pause = Int.random(in: 0...Int(2 * interval), using: &random)
                now += .nanoseconds(pause)
                let flown = Double(pause) / interval * 1e9
                tokens = min(policy.tokens * 1_000_000_000, tokens + Int(flown.rounded()))
                let taken = bucket.take(policy, at: now)
                // The fraction is rounded: what lies within a millionth of a token is not compared.
                guard abs(tokens - 1_000_000_000) > 1_000 * 400 else { return }
                switch taken {
                case .taken:
                    #expect(tokens >= 1_000_000_000)
                    tokens -= 1_000_000_000
                case .empty(let next):
                    #expect(tokens < 1_000_000_000)
                    #expect(next > .zero && next <= policy.interval)
                }
            }
        }
    }

    @Test func aFullBucketGivesAllItHasAtOnceAndThenAsManyAsFlowIn() {
        let policy = TokenBucket.Policy(tokens: 60, window: .seconds(60))
        let start = ContinuousClock.now
        var bucket = TokenBucket(at: start)
        for left in stride(from: 59, through: 0, by: -1) {
            #expect(bucket.take(policy, at: start) == .taken(left: left, full: .seconds(60 - left)))
        }
        #expect(bucket.take(policy, at: start) == .empty(next: .seconds(1)))
        #expect(bucket.take(policy, at: start + .milliseconds(999)) == .empty(next: .milliseconds(1)))
        #expect(bucket.take(policy, at: start + .seconds(1)) == .taken(left: 0, full: .seconds(60)))
        #expect(bucket.take(policy, at: start + .seconds(3_600)) == .taken(left: 59, full: .seconds(1)))
    }
}
