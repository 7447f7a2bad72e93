/// Kinds of requests with a bucket each, so that a flood of one kind leaves the others alone.
public enum RateKind: String, CaseIterable, Hashable, Sendable {
    case reads
    case ingest
    case signIn = "sign-in"
    case downloads
}
