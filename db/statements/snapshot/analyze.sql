-- Snapshot: snapshot.analyze
ANALYZE posts, post_metrics_snapshots, watch_accounts, reports, pipeline_runs, embeddings
