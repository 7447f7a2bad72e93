internal import Domain
internal import Synchronization

/// The last use of each key, to the minute, until it is written to the archive.
final class KeyUsage: Sendable {
    /// Keys that are remembered at a time. Uses of further keys are lost; their next use counts.
    private static let maximumKeys = 10_000
    private let state = Mutex<[Int64: Timestamp]>([:])

    func note(_ principal: Principal, at now: Timestamp) {
        guard case .key(let id, _) = principal.identity else { return }
        add([id: Timestamp(microseconds: now.microseconds - now.microseconds % 60_000_000)])
    }

    var isEmpty: Bool { state.withLock(\.isEmpty) }

    /// Takes the uses to write. After a failure `add` puts them back.
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
