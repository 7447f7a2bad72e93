internal import Domain
internal import Synchronization

/// The secrets that a server can be given anew while it runs.
public struct ServerSecrets: Sendable {
    /// Every key that collectors may write with; those of the archive come on top.
    public var ingestKeys: [IngestKey]
    /// Nil leaves the one that there is.
    public var cursorKey: [UInt8]?
    /// With the keys of sessions, and the secret at the provider. Nil where nobody signs in.
    public var signIn: SignIn?

    public init(ingestKeys: [IngestKey], cursorKey: [UInt8]?, signIn: SignIn?) {
        self.ingestKeys = ingestKeys
        self.cursorKey = cursorKey
        self.signIn = signIn
    }
}

/// What hangs on the secrets of a server, as it is at the moment.
final class CurrentSecrets: Sendable {
    private struct State: Sendable {
        var signer: CursorSigner
        var signIn: SignIn?
        /// It keeps answers, whose cursors were signed.
        var answers: ConditionalGet
    }

    private let state: Mutex<State>

    init(cursorKey: [UInt8], signIn: SignIn?, answers: ConditionalGet) {
        state = Mutex(State(signer: CursorSigner(key: cursorKey), signIn: signIn, answers: answers))
    }

    var signer: CursorSigner { state.withLock(\.signer) }
    var signIn: SignIn? { state.withLock(\.signIn) }
    var answers: ConditionalGet { state.withLock(\.answers) }

    func replace(_ secrets: ServerSecrets) {
        state.withLock { state in
            state.signIn = secrets.signIn
            guard let key = secrets.cursorKey else { return }
            // A page that a browser has is not good any more, as its cursor is not.
            state.answers = ConditionalGet(version: state.answers.version)
            state.signer = CursorSigner(key: key)
        }
    }
}

extension Server {
    var signer: CursorSigner { secrets.signer }
    var signIn: SignIn? { secrets.signIn }
    var conditionalGet: ConditionalGet { secrets.answers }

    /// Goes on with other secrets, from the next request on. Nothing else that the server counts, keeps or waits for changes.
    public func take(_ new: ServerSecrets) {
        access.ring.replace(environment: new.ingestKeys)
        secrets.replace(new)
    }
}
