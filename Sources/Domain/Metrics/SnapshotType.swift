/// What moment of a post's life a metrics snapshot shows.
public enum SnapshotType: String, CaseIterable, Sendable {
    case initialCapture = "initial_capture"
    case latestObserved = "latest_observed"
    case refresh24h = "refresh_24h"

    /// Their order at one moment.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
