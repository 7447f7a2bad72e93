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
        SELECT coalesce((SELECT max(position) FROM changes), 0) + 1, EXISTS (SELECT FROM changes WHERE position IS NULL)
        """,
        read: { row in End(place: ChangePlace(position: try row.int64(), offset: 0), isOutdated: try row.bool()) })

    /// One reader at a time gives positions; held until its transaction has ended. The statement after it sees what the one before
    /// has committed. "changes" in ASCII, as a number.
    static let lock = Statement<Void>("changes.lock", "SELECT pg_advisory_xact_lock(x'6368616e676573'::BIGINT)")

    /// Gives all changes that are committed by now, and have none, the next positions.
    static let number = Statement<Void>(
        "changes.number",
        """
        UPDATE changes SET position = numbered.position
        FROM (SELECT id, (SELECT coalesce(max(position), 0) FROM changes) + row_number() OVER (ORDER BY id) AS position
              FROM changes WHERE position IS NULL) AS numbered
        WHERE changes.id = numbered.id
        """)

    /// At most `limit` changes between two places, without their rows.
    static func changes(from place: ChangePlace, to end: ChangePlace, limit: Int) -> Statement<Change> {
        Statement(
            "changes.some",
            """
            SELECT c.kind, k.status_id, k.snapshot_type, k.snapshot_at, c.position, k.place, k.place = c.size
            FROM (SELECT *, cardinality(status_ids) AS size FROM changes WHERE position >= \(int64: place.position) AND position < \(int64: end.position)
                  ORDER BY position LIMIT \(int64: Int64(limit) + 1)) AS c,
                 unnest(c.status_ids, c.snapshot_types, c.snapshot_times) WITH ORDINALITY AS k (status_id, snapshot_type, snapshot_at, place)
            WHERE c.position > \(int64: place.position) OR k.place > \(int64: place.offset)
            ORDER BY c.position, k.place LIMIT \(int64: Int64(limit))
            """,
            read: { row in
                let changed = try changedRow(&row)
                let (position, offset, isLast) = (try row.int64(), try row.int64(), try row.bool())
                return Change(changed, next: ChangePlace(position: isLast ? position + 1 : position, offset: isLast ? 0 : offset))
            })
    }

    private static func changedRow(_ row: inout RowReader) throws -> Change.Row {
        let kind: ChangeKind = try row.value()
        if kind == .metrics { return .metrics(try row.snapshotKey(), nil) }
        let (statusID, _, _) = (try row.text(), try row.textOrNil(), try row.timestampOrNil())
        return kind == .post ? .post(statusID: statusID, nil) : .report(statusID: statusID, nil)
    }
}
