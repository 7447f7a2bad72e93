/// An account on the watch list.
public struct WatchAccount: Hashable, Sendable {
    /// Lower-case, without `@`.
    public var handle: String
    public var tier: WatchTier
    public var note: String?
    public var addedAt: Timestamp
    /// How many posts of it the archive has, and when the newest of them was discovered.
    public var posts: Int64
    public var lastPostAt: Timestamp?

    public init(handle: String, tier: WatchTier, note: String?, addedAt: Timestamp, posts: Int64, lastPostAt: Timestamp?) {
        self.handle = handle
        self.tier = tier
        self.note = note
        self.addedAt = addedAt
        self.posts = posts
        self.lastPostAt = lastPostAt
    }
}

/// An account as a collector sends it: what is absent brings no news; a new account without `addedAt` is added now.
public struct WatchAccountUpsert: Hashable, Sendable {
    public var handle: String
    public var tier: WatchTier
    public var note: Patch<String>
    public var addedAt: Timestamp?

    public init(handle: String, tier: WatchTier, note: Patch<String> = .absent, addedAt: Timestamp? = nil) {
        self.handle = handle
        self.tier = tier
        self.note = note
        self.addedAt = addedAt
    }
}

/// Why an account is watched.
public enum WatchTier: String, CaseIterable, Sendable {
    case teammate, influencer, ecosystem
}
