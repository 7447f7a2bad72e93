internal import Postgres

/// What an import leaves of the batches whose changes it covers.
enum ImportTrace {
    /// Assigned where an import changes the row `stored`: the batch that `updated_by` names is remembered before it is replaced.
    static let assignment: SQL = """
        changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
            ELSE array_append(stored.changed_before, stored.updated_by) END
        """
}
