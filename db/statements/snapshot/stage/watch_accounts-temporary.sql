-- Snapshot: snapshot.stage.watch_accounts-temporary
CREATE TEMPORARY TABLE incoming_watch_accounts (
    row_number BIGINT NOT NULL,
    handle TEXT COLLATE "C",
    tier TEXT COLLATE "C",
    note TEXT COLLATE "C",
    added_at TIMESTAMPTZ
) ON COMMIT DROP
