public import Postgres

/// The advisory lock of imports and their undo: one at a time.
public enum ImportLock {
    /// "snapshot" in ASCII.
    public static let key: SQL = "x'736e617073686f74'::BIGINT"

    /// Waits until no import is under way, and keeps others out until the transaction ends.
    static let wait = Statement<Void>("purge.import-lock", "SELECT pg_advisory_xact_lock(\(key))")
}
