-- Store: archive.version
SELECT concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
                 CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::TEXT ELSE pg_current_snapshot()::TEXT END)
