internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// Counts requests by key or by session, and anonymous ones by address.
final class RateLimiter: Sendable {
    private struct Caller: Hashable, Sendable {
        var kind: RateKind
        var identity: Principal.Identity
        /// Empty where the identity is known.
        var address: String
    }

    /// Callers in each of two generations. The bucket of a forgotten caller was full, or thousands came later.
    private static let maximumCallers = 8_192

    private let policies: [RateKind: TokenBucket.Policy]
    private let buckets = Mutex(TwoGenerationCache<Caller, TokenBucket>(capacity: maximumCallers))

    /// - Parameter perMinute: how many requests of each kind; none are counted of a kind that is not named.
    init(perMinute: [RateKind: Int]) {
        policies = perMinute.mapValues { TokenBucket.Policy(tokens: $0, window: .seconds(60)) }
    }

    /// Takes a token of the caller.
    ///
    /// - Parameter address: where the request comes from; asked for only where nobody is known. Nil where that cannot be known: such requests
    ///   are not counted, because one bucket for all of them would let one caller shut out the others.
    /// - Returns: the headers that say how much is left; none where nothing is counted.
    /// - Throws: `Problem` when there is none.
    func take(
        _ kind: RateKind, by principal: Principal?, at address: @autoclosure () -> String?, now: ContinuousClock.Instant = .now
    ) throws(Problem) -> HTTPFields {
        guard let policy = policies[kind] else { return [:] }
        guard let address = principal == nil ? address() : "" else { return [:] }
        let caller = Caller(kind: kind, identity: principal?.identity ?? .nobody, address: address)
        let taken = buckets.withLock { buckets in
            var bucket = buckets.find(caller) ?? TokenBucket(at: now)
            let taken = bucket.take(policy, at: now)
            buckets.keep(caller, bucket)
            return taken
        }
        switch taken {
        case .taken(let left, let full): return RateLimitFields.headers(kind, policy, left: left, reset: full)
        case .empty(let next):
            var problem = Problem(
                .tooManyRequests,
                "More than \(policy.tokens) requests a minute of this kind (\(kind.rawValue)). Wait \(next.wholeSeconds) s; Retry-After says it too."
            )
            problem.headers = RateLimitFields.headers(kind, policy, left: 0, reset: next)
            problem.headers[.retryAfter] = "\(next.wholeSeconds)"
            throw problem
        }
    }
}

extension Duration {
    /// Rounded up: a caller who waits this long has waited long enough.
    var wholeSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}
