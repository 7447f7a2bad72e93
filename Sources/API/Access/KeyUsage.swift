internal import Domain
internal import Synchronization

/// When keys were used last, to the minute, until the archive is told.
final class KeyUsage: Sendable {
    /// Most keys that are remembered at a time; of others a use is lost, and their next one counts.
    private static let maximumKeys = 10_000
    private let state = Mutex<[Int64: Timestamp]>([:])

    func note(_ principal: Principal, at now: Timestamp) {
        guard case .key(let id, _) = principal.identity else { return }
        add([id: Timestamp(microseconds: now.microseconds - now.microseconds % 60_000_000)])
    }

    /// What is to be told now. It is forgotten here; `add` takes it back if it could not be told.
    func take() -> [Int64: Timestamp] {
        state.withLock { uses in
            defer { uses = [:] }
            return uses
        }
    }

    func add(_ more: [Int64: Timestamp]) {
        state.withLock { uses in
            for (id, moment) in more where uses[id] != nil || uses.count < Self.maximumKeys {
                uses[id] = max(uses[id] ?? moment, moment)
            }
        }
    }
}
