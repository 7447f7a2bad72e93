-- Snapshot: snapshot.stage.pipeline_runs-temporary
CREATE TEMPORARY TABLE incoming_pipeline_runs (
    row_number BIGINT NOT NULL,
    run_at TIMESTAMPTZ,
    mode TEXT COLLATE "C",
    fetched_count BIGINT,
    significant_count BIGINT,
    reported_count BIGINT,
    note TEXT COLLATE "C",
    source TEXT COLLATE "C"
) ON COMMIT DROP
