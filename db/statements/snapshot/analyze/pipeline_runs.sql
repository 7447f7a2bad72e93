-- Snapshot: snapshot.analyze.pipeline_runs
ANALYZE incoming_pipeline_runs
