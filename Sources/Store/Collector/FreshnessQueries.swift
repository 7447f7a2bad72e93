internal import Domain
internal import Postgres

/// How new the archive is, by the clock of the database.
enum FreshnessQueries {
    /// Without the modes. Moments of the future do not count.
    static let posts = Statement(
        "freshness.posts",
        """
        SELECT now(), (SELECT max(discovered_at) FROM posts WHERE discovered_at <= \(ClockRule.latest)), (
            SELECT max(last_seen_at)
            FROM (SELECT last_seen_at FROM posts WHERE discovered_at <= \(ClockRule.latest)
                  ORDER BY discovered_at DESC, status_id DESC LIMIT 10000) AS newest
            WHERE last_seen_at <= \(ClockRule.latest))
        """,
        read: { row in
            Freshness(
                now: try row.moment(), newestDiscovery: try row.momentOrNil(), newestObservation: try row.momentOrNil(), modes: [])
        })

    /// Every mode with its last run and the median of the times between its last 21 runs, each to the one before of the same source; with
    /// less than two such times nothing is usual. Nobody plans manual runs, and what was run in the future was not run.
    static let modes = Statement(
        "freshness.modes",
        """
        SELECT mode.name, recent.last_run_at, CASE WHEN recent.gaps >= 2 AND mode.name <> 'manual' THEN recent.usual_gap END
        FROM unnest(\(textArray: RunMode.allCases.map(\.rawValue))) WITH ORDINALITY AS mode (name, place) CROSS JOIN LATERAL (
            SELECT max(run_at) AS last_run_at, count(gap) AS gaps, percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) AS usual_gap
            FROM (
                SELECT run_at, (extract(EPOCH FROM run_at - lag(run_at) OVER (PARTITION BY source ORDER BY run_at)) * 1000000)::BIGINT AS gap
                FROM (
                    SELECT run_at, source FROM pipeline_runs
                    WHERE pipeline_runs.mode = mode.name AND run_at <= now() ORDER BY run_at DESC LIMIT 21) AS runs) AS gaps) AS recent
        ORDER BY mode.place
        """,
        read: { row in
            ModeFreshness(mode: try row.value(), lastRunAt: try row.momentOrNil(), usualInterval: try row.int64OrNil())
        })
}
