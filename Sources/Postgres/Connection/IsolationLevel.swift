/// How much a transaction sees of others. Source: Postgres documentation, "Transaction Isolation".
public enum IsolationLevel: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first; may fail with `.serializationFailure`.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; may fail with `.serializationFailure`.
    case serializable = "SERIALIZABLE"
}
