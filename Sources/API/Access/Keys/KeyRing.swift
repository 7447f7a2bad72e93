internal import Crypto
internal import Domain
internal import Encoding
internal import Foundation
internal import Synchronization

/// Every key that is good here: those of the environment, and those of the archive as it was read last.
///
/// A key is found by its digest, so that ten thousand cost no more than ten, and the time of it tells nothing about them.
final class KeyRing: Sendable {
    private struct State: Sendable {
        /// By the digests of their keys.
        var environment: [String: Principal]
        var archive: [String: AccessKey] = [:]
        /// What any key of the archive may do.
        var scopes: Set<Scope> = []
        var endedSessions: [String: Timestamp] = [:]
        var revision: Int64?
        /// When the archive last said what is good.
        var readAt: ContinuousClock.Instant?
        var readAtWall: Timestamp?
        /// Whether it was asked since, and did not answer.
        var isMissed = false
    }

    /// How long what was read from the archive is believed. A key that was revoked is refused everywhere within this time, and a stream that
    /// it opened ends at its next heartbeat, within a minute both.
    static let trust: Duration = .seconds(40)

    private let state: Mutex<State>

    init(environment keys: [IngestKey]) { state = Mutex(State(environment: Self.principals(keys))) }

    /// Takes over the keys of the environment.
    func replace(environment keys: [IngestKey]) {
        let principals = Self.principals(keys)
        state.withLock { $0.environment = principals }
    }

    private static func principals(_ keys: [IngestKey]) -> [String: Principal] {
        // A key without bytes is none: anybody could send it.
        let named = keys.filter { !$0.secret.isEmpty }.map { key in
            (digest(key.secret), Principal(identity: .environmentKey(name: key.name), scopes: [.ingest]))
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    static func digest(_ secret: String) -> String { SHA256.hash(data: Data(secret.utf8)).hexadecimal }

    /// The revision to ask the archive for news since.
    var revision: Int64? { state.withLock(\.revision) }

    /// Whether the archive was not reached for so long, by either clock: while a program is frozen, one of them may stand still.
    func isOlder(than age: Duration, at now: ContinuousClock.Instant, _ wall: Timestamp) -> Bool {
        state.withLock { Self.isOlder($0, than: age, at: now, wall) }
    }

    private static func isOlder(_ state: State, than age: Duration, at now: ContinuousClock.Instant, _ wall: Timestamp) -> Bool {
        guard let readAt = state.readAt, let readAtWall = state.readAtWall else { return true }
        return now - readAt >= age || wall.distance(from: readAtWall) >= age
    }

    /// Takes over the state of the archive; nil when it has not changed.
    ///
    /// - Parameters:
    ///   - moment: when the archive was asked.
    ///   - now: the same moment on the wall.
    func update(_ news: AccessState?, readAt moment: ContinuousClock.Instant = .now, at now: Timestamp = .now) {
        var (archive, scopes) = ([String: AccessKey](), Set<Scope>())
        for key in news?.keys ?? [] {
            archive[key.digest] = key
            if key.refusal(at: now) == nil { scopes.formUnion(key.scopes) }
        }
        state.withLock { state in
            // Two that ask at once may be answered in another order.
            guard state.readAt.map({ $0 <= moment }) ?? true else { return }
            (state.readAt, state.readAtWall, state.isMissed) = (moment, now, false)
            guard let news else { return }
            (state.revision, state.endedSessions) = (news.revision, news.endedSessions)
            (state.archive, state.scopes) = (archive, scopes)
        }
    }

    /// The archive was asked, and did not answer: a key that is not known here may be good all the same.
    func miss() { state.withLock { $0.isMissed = true } }

    enum Finding: Sendable {
        case good(Principal)
        case refused(AccessRefusal)
        /// The archive could not be asked.
        case uncertain
    }

    func find(_ secret: String, at now: Timestamp) -> Finding {
        let digest = Self.digest(secret)
        let found: (principal: Principal?, key: AccessKey?, isFresh: Bool, isMissed: Bool) = state.withLock { state in
            (state.environment[digest], state.archive[digest], isFresh(state), state.isMissed)
        }
        if let principal = found.principal { return .good(principal) }
        guard found.isFresh else { return .uncertain }
        guard let key = found.key else {
            return found.isMissed ? .uncertain : .refused(AccessRefusal(code: AccessKey.Refusal.unknown.rawValue))
        }
        if let refusal = key.refusal(at: now) {
            return .refused(AccessRefusal(code: refusal.rawValue, subject: key.subject))
        }
        return .good(Principal(identity: .key(id: key.id, name: key.name), scopes: key.scopes, view: key.view))
    }

    /// Whether a session of `email` that was opened at `opening` has been ended since; nil when the archive was not reached for too long to
    /// know.
    func hasEnded(sessionOf email: String, openedAt opening: Timestamp) -> Bool? {
        state.withLock { state in
            guard isFresh(state) else { return nil }
            return [state.endedSessions[email], state.endedSessions[""]].contains { end in end.map { opening < $0 } ?? false }
        }
    }

    /// Whether any key may do this.
    func holds(_ scope: Scope) -> Bool {
        state.withLock { state in state.scopes.contains(scope) || scope == .ingest && !state.environment.isEmpty }
    }

    private func isFresh(_ state: State) -> Bool { !Self.isOlder(state, than: Self.trust, at: .now, .now) }
}

extension Timestamp {
    /// The time between both, whichever was first: a clock on the wall may be set back.
    func distance(from other: Timestamp) -> Duration { .microseconds(abs(microseconds - other.microseconds)) }
}
