-- Snapshot: snapshot.count.pipeline_runs
SELECT count(*) FROM incoming_pipeline_runs
