internal import Domain

/// The credentials of a request. A wrong one beside a right one does no harm.
struct Caller: Sendable {
    /// The holders of the credentials that are good.
    var principals: [Principal] = []
    /// The reasons why the others were refused.
    var refusals: [AccessRefusal] = []
    /// Whether some could not be checked, because the archive could not be asked.
    var isUncertain = false
    /// Whether it offers a key that is none of those that this server knows.
    var offersUnknownKey: Bool { refusals.contains { $0.code == AccessKey.Refusal.unknown.rawValue } }
    /// Whether it offers a key, good or not.
    var offersKey = false
    /// The session that its cookie holds.
    var session: ReaderSession?
    /// Whether it is the holder of a feed token in the address, good or not.
    var isOfToken = false
}
