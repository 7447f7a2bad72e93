/// Keys and ended sessions of the archive at one moment.
public struct AccessState: Hashable, Sendable {
    /// Equal revisions mean equal contents.
    public var revision: Int64
    /// Every key that is not long gone: refused ones too, so that the log can say why.
    public var keys: [AccessKey]
    /// By e-mail address in small letters: sessions that were opened before are refused. The empty address stands for everybody.
    public var endedSessions: [String: Timestamp]

    public init(revision: Int64, keys: [AccessKey] = [], endedSessions: [String: Timestamp] = [:]) {
        self.revision = revision
        self.keys = keys
        self.endedSessions = endedSessions
    }
}
