/// Ids of snapshots that grow with the batches and the rows in them, so that their index is written at its end and not all over:
/// UUIDs of version 8 (RFC 9562), of the number of the batch and a number in it.
public enum MetricsSnapshotID {
    /// SQL for an id.
    ///
    /// - Parameters:
    ///   - batch: SQL for the number of the batch, the same for all rows.
    ///   - number: SQL for what tells the row from the others of its batch, a `BIGINT` below 2⁶⁰.
    public static func sql(batch: String, number: String) -> String {
        "((SELECT lpad(to_hex(\(batch)), 12, '0')) || '80008' || lpad(to_hex(\(number)), 15, '0'))::UUID"
    }
}
