internal import Domain
internal import Postgres

/// Reading the changes, in an order that never changes: a row of `changes` gets its position when a reader sees it committed.
enum ChangeQueries {
    struct End: Sendable {
        var place: ChangePlace
        /// Whether changes were committed that have no position yet.
        var isOutdated: Bool
    }

    static let end = Statement(
        "changes.end",
        """
        SELECT coalesce(newest.position, 0) + 1, newest.nonce::BIGINT, EXISTS (SELECT FROM changes WHERE position IS NULL)
        FROM (VALUES (1)) AS one LEFT JOIN (
            SELECT position, nonce FROM changes WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1) AS newest ON true
        """,
        read: { row in
            End(place: ChangePlace(position: try row.int64(), offset: 0, nonce: try row.int64OrNil()), isOutdated: try row.bool())
        })

    /// Gives all changes that are committed by now, and have none, the next positions. Readers need no right to change rows for it.
    static let number = Statement<Void>("changes.number", "SELECT number_changes()")

    /// The nonce of the group with a position; no row when there is no such group.
    static func nonce(at position: Int64) -> Statement<Int64?> {
        Statement(
            "changes.nonce", "SELECT nonce::BIGINT FROM changes WHERE position = \(int64: position)", read: { try $0.int64OrNil() })
    }

    /// At most `limit` changes between two places, without their rows.
    static func changes(from place: ChangePlace, to end: ChangePlace, limit: Int) -> Statement<Change> {
        Statement(
            "changes.some",
            """
            SELECT c.kind, k.status_id, k.snapshot_type, k.snapshot_at, c.position, c.nonce::BIGINT, k.place, k.place = c.size
            FROM (SELECT *, cardinality(status_ids) AS size FROM changes WHERE position >= \(int64: place.position) AND position < \(int64: end.position)
                  ORDER BY position LIMIT \(int64: Int64(limit) + 1)) AS c,
                 unnest(c.status_ids, c.snapshot_types, c.snapshot_times) WITH ORDINALITY AS k (status_id, snapshot_type, snapshot_at, place)
            WHERE c.position > \(int64: place.position) OR k.place > \(int64: place.offset)
            ORDER BY c.position, k.place LIMIT \(int64: Int64(limit))
            """,
            read: { row in
                let changed = try changedRow(&row)
                let (position, nonce, offset, isLast) = (try row.int64(), try row.int64OrNil(), try row.int64(), try row.bool())
                let next = ChangePlace(position: isLast ? position + 1 : position, offset: isLast ? 0 : offset, nonce: nonce)
                return Change(changed, next: ChangeCursor(next))
            })
    }

    private static func changedRow(_ row: inout RowReader) throws -> Change.Row {
        let kind: ChangeKind = try row.value()
        if kind == .metrics { return .metrics(try row.snapshotKey(), nil) }
        let (statusID, _, _) = (try row.text(), try row.textOrNil(), try row.timestampOrNil())
        return kind == .post ? .post(statusID: statusID, nil) : .report(statusID: statusID, nil)
    }
}
