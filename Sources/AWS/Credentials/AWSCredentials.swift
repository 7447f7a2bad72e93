/// What requests to AWS are signed with. It is never printed.
public struct AWSCredentials: Sendable, Equatable {
    /// Names the key; not secret.
    public var accessKeyID: String
    public var secretAccessKey: String
    /// Comes with the keys of a role; those of a user have none.
    public var sessionToken: String?

    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "credentials \(accessKeyID)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
