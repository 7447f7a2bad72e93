-- Snapshot: snapshot.unstage.pipeline_runs
DROP TABLE IF EXISTS incoming_pipeline_runs
