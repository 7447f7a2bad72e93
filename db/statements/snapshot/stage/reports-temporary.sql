-- Snapshot: snapshot.stage.reports-temporary
CREATE TEMPORARY TABLE incoming_reports (
    row_number BIGINT NOT NULL,
    status_id TEXT COLLATE "C",
    reported_at TIMESTAMPTZ,
    channel TEXT COLLATE "C",
    summary TEXT COLLATE "C",
    destination TEXT COLLATE "C",
    observed_at JSONB
) ON COMMIT DROP
