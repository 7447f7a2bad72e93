/// What went wrong, as the log tells it, and never a caller.
public struct LoggedFault: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public var text: String
    /// The name of the statement that failed; nil when none did.
    public var statement: String?
    /// The error code of Postgres, such as `42501`; nil when Postgres did not answer.
    public var sqlState: String?
    /// The role in Postgres that lacks a privilege; nil for every other fault.
    public var role: String?

    public init(_ text: String, statement: String? = nil, sqlState: String? = nil) {
        (self.text, self.statement, self.sqlState) = (text, statement, sqlState)
    }

    public init(stringLiteral value: String) { self.init(value) }

    /// That of any error.
    public init(_ error: any Error) {
        self =
            switch error as? ArchiveError {
            case .unavailable(let fault), .outdatedSchema(let fault, _), .fault(let fault): fault
            case .repeatedKey: "An Idempotency-Key came before with another body."
            case nil: LoggedFault("\(error)")
            }
    }

    public var description: String { text }
}

extension ArchiveError: CustomStringConvertible {
    public var description: String { LoggedFault(self).text }
}
