internal import Domain
internal import Hummingbird
internal import Synchronization
internal import TimeLimit

/// Asks the archive about keys that this server does not know, since one may have been made a moment ago, by another copy or on a command
/// line; and about every credential where the archive was not reached for too long.
///
/// Requests that come together share one reading. It brings every key, so that a key which came in a flood of wrong ones, and was not looked
/// up itself, is known after the next reading.
final class KeyLookup: Sendable {
    /// Ten readings at once, then two in a second: what a flood of wrong keys may cost the archive.
    private static let policy = TokenBucket.Policy(tokens: 10, window: .seconds(5))

    private final class Allowance: Sendable {
        private let bucket = Mutex(TokenBucket(at: .now))

        func take() -> Bool {
            let taken = bucket.withLock { $0.take(KeyLookup.policy, at: .now) }
            return if case .taken = taken { true } else { false }
        }
    }

    private let reading: SingleFlight<Bool>
    private let ring: KeyRing
    private let patience: Duration

    /// - Parameter patience: how long a request waits at most.
    init(_ refresher: AccessRefresher, patience: Duration) {
        self.patience = patience
        ring = refresher.ring
        let allowance = Allowance()
        reading = SingleFlight {
            guard allowance.take() else { return false }
            await refresher.refresh()
            return true
        }
    }

    /// Whether the archive was asked, and so the ring knows more: what the archive says, or that it does not answer.
    func ask() async -> Bool {
        do { return try await withTimeLimit(patience) { [reading] in try await reading.current() } } catch {
            ring.miss()
            return true
        }
    }
}

extension Server {
    /// Identifies the caller of a request, and authorises it. Where it would be refused for a key that is not known, or for a credential that
    /// could not be checked, the archive is asked first.
    ///
    /// - Parameter scope: what its route needs; nil for one that is open to everybody.
    func admission(of request: Request, for scope: Scope?) async -> (caller: Caller, authorisation: Result<Principal, Problem>) {
        let admission = access.admission(of: request, for: scope)
        guard case .failure = admission.authorisation, admission.caller.offersUnknownKey || admission.caller.isUncertain,
            await keyLookup.ask()
        else { return admission }
        return access.admission(of: request, for: scope)
    }
}

extension AccessControl {
    fileprivate func admission(of request: Request, for scope: Scope?) -> (caller: Caller, authorisation: Result<Principal, Problem>) {
        let caller = identify(request, at: .now, takesToken: scope == .feed)
        return (caller, Result { () throws(Problem) in try authorise(caller, for: scope) })
    }
}
