internal import Domain
internal import JSON
internal import Synchronization

/// Collects what the audit records of requests: refusals, summed up by minute, and the first use of each session. A request costs no
/// statement; a flood of refusals costs bounded memory.
final class AccessJournal: Sendable {
    private struct Refused: Hashable {
        var minute: Int64
        var code, route: String
        var subject: String?
    }

    private struct State {
        var refused: [Refused: Int] = [:]
        /// Distinct refusals of the newest minute.
        var distinct: (minute: Int64, count: Int) = (0, 0)
        var firstUses: [AuditEvent] = []
        /// The sessions that were seen, and those that were seen before there were so many.
        var sessions: (recent: Set<String>, older: Set<String>) = ([], [])
        var lost = 0
    }

    /// Distinct refusals of a minute; the rest of them is one row.
    private static let maxDistinctPerMinute = 100
    /// Events that wait for the archive: some minutes of a flood. Later ones are counted as lost.
    private static let maxWaitingEvents = 1_000
    /// Sessions in each of the two generations. The first use of a forgotten one is recorded again.
    private static let maxRememberedSessions = 10_000

    private let state = Mutex(State())

    func refused(_ refusal: AccessRefusal, route: String?, at now: Timestamp) {
        let minute = now.microseconds.flooredDivision(by: 60_000_000).quotient
        state.withLock { state in
            if state.distinct.minute != minute { state.distinct = (minute, 0) }
            var key = Refused(minute: minute, code: refusal.code, route: route ?? "none", subject: refusal.subject)
            if state.refused[key] == nil {
                if state.distinct.count >= Self.maxDistinctPerMinute {
                    key = Refused(minute: minute, code: "others", route: "any", subject: nil)
                } else {
                    state.distinct.count += 1
                }
            }
            guard state.refused[key] != nil || state.refused.count < Self.maxWaitingEvents else { return state.lost += 1 }
            state.refused[key, default: 0] += 1
        }
    }

    /// Notes the first use of a session that may read.
    func used(_ principal: Principal) {
        guard case .session(let email, let session) = principal.identity, !principal.scopes.isEmpty else { return }
        state.withLock { state in
            guard !state.sessions.recent.contains(session) else { return }
            if state.sessions.recent.count >= Self.maxRememberedSessions { state.sessions = ([], state.sessions.recent) }
            state.sessions.recent.insert(session)
            guard !state.sessions.older.contains(session) else { return }
            guard state.firstUses.count < Self.maxWaitingEvents else { return state.lost += 1 }
            let details = JSONObject(members: [.init(name: "session", value: .string(session))])
            state.firstUses.append(AuditEvent(.sessionFirstUsed, by: email, of: email, details))
        }
    }

    var isEmpty: Bool { state.withLock { $0.refused.isEmpty && $0.firstUses.isEmpty && $0.lost == 0 } }

    var hasFirstUse: Bool { state.withLock { !$0.firstUses.isEmpty } }

    /// Takes the events that are ready. Refusals of the current minute stay, unless `isLast`.
    private func take(at now: Timestamp, isLast: Bool) -> State {
        let minute = now.microseconds.flooredDivision(by: 60_000_000).quotient
        return state.withLock { state in
            var taken = State()
            taken.refused = state.refused.filter { isLast || $0.key.minute < minute }
            for key in taken.refused.keys { state.refused[key] = nil }
            swap(&taken.firstUses, &state.firstUses)
            swap(&taken.lost, &state.lost)
            return taken
        }
    }

    /// Writes the events in one statement. After a failure they wait for the next time.
    func flush(to archive: any AuditKeeping, at now: Timestamp, isLast: Bool = false) async throws(ArchiveError) {
        let taken = take(at: now, isLast: isLast)
        do throws(ArchiveError) { try await archive.record(Self.events(taken)) } catch {
            state.withLock { state in
                for (key, count) in taken.refused { state.refused[key, default: 0] += count }
                state.firstUses = taken.firstUses + state.firstUses
                state.lost += taken.lost
            }
            throw error
        }
    }

    private static func events(_ taken: State) -> [AuditEvent] {
        let refused = taken.refused.sorted { ($0.key.minute, $0.key.code, $0.key.route) < ($1.key.minute, $1.key.code, $1.key.route) }
        var events = taken.firstUses
        events += refused.map { key, count in
            let minute = Timestamp(microseconds: key.minute * 60_000_000)
            return AuditEvent(.accessRefused, by: "nobody", of: key.subject, summed(key.code, key.route, count, minute))
        }
        if taken.lost > 0 { events.append(AuditEvent(.accessRefused, by: "nobody", of: nil, summed("not_kept", "any", taken.lost, nil))) }
        return events
    }

    private static func summed(_ code: String, _ route: String, _ count: Int, _ minute: Timestamp?) -> JSONObject {
        let since: [JSONObject.Member] = minute.map { [.init(name: "minute", value: .string($0.iso8601))] } ?? []
        return JSONObject(
            members: [
                .init(name: "code", value: .string(code)), .init(name: "route", value: .string(route)),
                .init(name: "count", value: .number("\(count)")),
            ] + since)
    }
}
