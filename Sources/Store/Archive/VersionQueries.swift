internal import Domain
internal import Postgres

/// What the database itself says of its contents, so that no writer has to keep anything up to date.
enum VersionQueries {
    /// On a primary the snapshot names the transactions that a reader sees. On a standby it does not name those under way, and the place in
    /// the log that was replayed stands for them. Numbers of transactions can come again in a restored or promoted copy, and after a crash:
    /// the time of the start tells servers apart, and that of the statistics, which a crash resets, tells before from after.
    static let version = Statement(
        "archive.version",
        """
        SELECT concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
                         CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::TEXT ELSE pg_current_snapshot()::TEXT END)
        """,
        decode: { row in ArchiveVersion(try row.text(0)) })
}
