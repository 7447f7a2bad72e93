/// What is counted apart, so that a flood of one does not use up another.
public enum RateKind: String, CaseIterable, Hashable, Sendable {
    case reads
    case ingest
    case signIn = "sign-in"
    case downloads
}
