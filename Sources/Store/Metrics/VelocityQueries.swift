internal import Domain
public import Postgres

/// `Velocity` for rows of `posts`, and kept in step with their history.
public enum VelocityQueries {
    /// One row with the velocity at the end of a history, `views` and `likes`; none when it has less than two moments.
    ///
    /// - Parameter history: its snapshots: what follows `FROM`, up to a `WHERE` that is complete.
    public static func velocity(of history: SQL) -> SQL {
        """
        SELECT velocity(newest.views, earlier.views, greatest(newest.snapshot_at - earlier.snapshot_at, \(leastInterval))) AS views,
               velocity(newest.likes, earlier.likes, greatest(newest.snapshot_at - earlier.snapshot_at, \(leastInterval))) AS likes
        FROM (
            SELECT * FROM \(history)
            ORDER BY snapshot_at DESC, \(MetricsSQL.order("s")) DESC LIMIT 1
        ) AS newest, LATERAL (
            SELECT * FROM \(history) AND s.snapshot_at < newest.snapshot_at
            ORDER BY greatest(s.snapshot_at, newest.snapshot_at - \(leastInterval)), s.snapshot_at DESC,
                \(MetricsSQL.order("s")) DESC LIMIT 1
        ) AS earlier
        """
    }

    /// `Velocity.leastInterval`. Snapshots that are older than the newest one by that much are alike to `greatest`, so that the newest of
    /// them comes first; without any the oldest does.
    private static let leastInterval: SQL = "INTERVAL '15 minutes'"

    /// Brings the velocity of `ids` up to their history, where it is not yet. Returns the posts that it changed.
    static func refresh(_ ids: [String]) -> Statement<String> {
        Statement("posts.velocity", update("unnest(\(textArray: ids)) AS ids (status_id)"), read: { try $0.text() })
    }

    /// The same, and records it.
    ///
    /// - Parameter ids: a relation `ids` with the column `status_id`.
    public static func refresh(_ ids: SQL) -> Statement<Void> {
        Statement(
            "posts.velocities",
            """
            WITH changed AS (
                \(update(ids))
            )
            \(ChangeRecord.insert(.post, from: "changed"))
            """)
    }

    private static func update(_ ids: SQL) -> SQL {
        """
        UPDATE posts SET views_velocity = current.views, likes_velocity = current.likes
        FROM (
            SELECT ids.status_id, velocity.views, velocity.likes
            FROM \(ids) LEFT JOIN LATERAL (
                \(velocity(of: "post_metrics_snapshots AS s WHERE s.status_id = ids.status_id"))
            ) AS velocity ON true
        ) AS current
        WHERE posts.status_id = current.status_id
          AND (posts.views_velocity, posts.likes_velocity) IS DISTINCT FROM (current.views, current.likes)
        RETURNING posts.status_id
        """
    }
}
