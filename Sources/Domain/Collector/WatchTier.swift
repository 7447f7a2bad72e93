/// Why an account is watched.
public enum WatchTier: String, CaseIterable, Sendable {
    case teammate, influencer, ecosystem
}
