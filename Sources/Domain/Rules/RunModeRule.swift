/// The modes of a run, with two older spellings of `refresh24h`.
public enum RunModeRule {
    /// Nil for an unknown mode.
    public static func parse(_ text: some StringProtocol) -> RunMode? {
        switch text {
        case "refresh-24h", "refresh_24h": .refresh24h
        default: RunMode(rawValue: String(text))
        }
    }
}
