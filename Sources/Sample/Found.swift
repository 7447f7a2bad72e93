internal import Domain

/// What a sample is made of, in the order in which it was found: a post, and the run that found it.
struct Found {
    let number: Int
    var post: SamplePost
    let isReported: Bool
    let run: Run?

    struct Run {
        let mode: String
        let posts: Int
    }
}

/// Everything that one seed finds, in the same order every time.
struct Findings: Sequence, IteratorProtocol {
    private let posts: Int
    private let seed: UInt64
    private let grammar = Grammar()
    private var random: RandomSource
    private var clock: Clock
    private var number = 0
    /// How much later everything happened than it does by itself.
    private let shift: Int64
    private let end: Int64
    private let hasLatency: Bool

    /// - Parameter end: when the last post was found at the latest; nil leaves the times as they are, and has each post found at once.
    init(posts: Int, seed: UInt64, end: Timestamp?) {
        self.posts = posts
        self.seed = seed
        random = RandomSource(seed: seed)
        clock = Clock(posts: posts)
        hasLatency = end != nil
        self.end = end?.microseconds ?? .max
        // Each draw decides about those behind it, so that only finding everything tells when the last post is found.
        let last = end.map { _ in Findings(posts: posts, seed: seed, end: nil).reduce(0) { $1.post.discovered } }
        shift = last.map { (end?.microseconds ?? $0) - 60_000_000 - $0 } ?? 0
    }

    mutating func next() -> Found? {
        guard number < posts else { return nil }
        number += 1
        clock.advance(&random)
        let post = SamplePost(
            number: number, at: clock.now + shift, latency: hasLatency ? latency : 0, end: end, grammar: grammar, &random)
        let isReported = post.isSignificant && random.chance(0.6)
        return Found(number: number, post: post, isReported: isReported, run: number % 5 == 0 ? run() : nil)
    }

    /// From one minute to a quarter of an hour, in microseconds. Drawn apart, so that it changes nothing else.
    private var latency: Int64 {
        var random = RandomSource(seed: seed &+ UInt64(number))
        return Int64(random.number(60_000_000...900_000_000))
    }

    private mutating func run() -> Found.Run? {
        if (40...44).contains(number * 100 / posts) { return nil }  // the collector was off
        let found = random.number(1...12)
        return Found.Run(mode: random.pick(["priority", "discovery", "both", "refresh24h", "manual"]), posts: found)
    }
}
