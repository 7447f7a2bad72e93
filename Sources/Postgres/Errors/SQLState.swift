/// A five-character SQLSTATE code, as Postgres reports it with every error.
///
/// Source: Postgres documentation, appendix A "PostgreSQL Error Codes".
/// The first two characters name a class: `switch error.sqlState { case .foreignKeyViolation?: … }` matches one code,
/// `SQLState.Class.dataException ~= state` matches a whole class.
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The five characters, e.g. `"23505"`.
    public let rawValue: String

    /// Wraps a code; nothing is checked, an unknown code is a legal value.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The five characters.
    public var description: String { rawValue }

    /// The class this code belongs to: its first two characters.
    public var `class`: Class { Class(rawValue: String(rawValue.prefix(2))) }

    /// The first two characters of a SQLSTATE.
    public struct Class: RawRepresentable, Hashable, Sendable {
        /// The two characters, e.g. `"23"`.
        public let rawValue: String

        /// Wraps a class; nothing is checked.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Whether `state` belongs to `pattern`, so that classes work as `case` patterns.
        public static func ~= (pattern: Class, state: SQLState) -> Bool { state.rawValue.hasPrefix(pattern.rawValue) }

        /// Whether `state` is known and belongs to `pattern`.
        public static func ~= (pattern: Class, state: SQLState?) -> Bool { state.map { pattern ~= $0 } ?? false }
    }
}

extension SQLState {
    /// Whether the cause is temporary.
    var isPassing: Bool {
        switch self {
        case .serializationFailure, .deadlockDetected, .lockNotAvailable, .objectInUse: true
        case .idleInTransactionTimeout, .transactionTimeout: true
        case let state:
            SQLState.Class.connectionException ~= state || SQLState.Class.insufficientResources ~= state
                || SQLState.Class.operatorIntervention ~= state || SQLState.Class.systemError ~= state
        }
    }
}
