-- Store: future.pipeline_runs-run_at
SELECT count(*) OVER (), concat_ws(' ', mode, source), r.run_at FROM pipeline_runs AS r
WHERE r.run_at > (now() + INTERVAL '600 seconds') ORDER BY concat_ws(' ', mode, source) COLLATE "C", 3 LIMIT 10
