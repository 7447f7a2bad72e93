-- Snapshot: snapshot.copy.pipeline_runs
COPY incoming_pipeline_runs (row_number, run_at, mode, fetched_count, significant_count, reported_count, note, source) FROM STDIN (FORMAT binary)
