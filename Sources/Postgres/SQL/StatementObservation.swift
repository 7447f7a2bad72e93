/// What became of one statement, for metrics and logs.
public struct StatementObservation: Sendable {
    /// `Statement.name`, or the name given to a COPY or script.
    public let name: String
    /// From before sending until the result was read; not the decoding.
    public let duration: Duration
    /// nil when it succeeded.
    public let error: PostgresError?
}
