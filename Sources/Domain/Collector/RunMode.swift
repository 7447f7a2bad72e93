/// What a run of the collector looked for.
public enum RunMode: String, CaseIterable, Sendable {
    case priority, discovery, both, refresh24h, manual
}
