-- Every accepted write has a number: a batch of ingest, or the import of a snapshot. A row says which one brought it and which
-- one changed it last, so that an import can be undone, and damage can be told from later news.
CREATE TABLE batches (
    id            BIGINT      GENERATED ALWAYS AS IDENTITY CONSTRAINT batches_pkey PRIMARY KEY,
    -- What was written: an import, or items of one of the ingest operations.
    kind          TEXT        NOT NULL,
    -- The name of an import.
    label         TEXT        CONSTRAINT batches_label_is_unique UNIQUE,
    -- SHA-256 of the snapshot that was imported, in hexadecimal.
    snapshot_hash TEXT,
    -- What an import did, as its command printed it.
    summary       JSONB,
    received_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT batches_kind_is_known
        CHECK (kind IN ('import', 'posts', 'metrics', 'reports', 'runs', 'watch_accounts', 'embeddings')),
    CONSTRAINT batches_import_has_a_label CHECK ((kind = 'import') = (label IS NOT NULL AND snapshot_hash IS NOT NULL))
);

-- inserted_by: the batch that brought the row. updated_by: the one that changed it last, NULL when none did.
-- No foreign key: it would cost a look-up for each row, and a batch is never deleted while a row names it.
ALTER TABLE posts                  ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;
ALTER TABLE post_metrics_snapshots ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;
ALTER TABLE watch_accounts         ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;
ALTER TABLE reports                ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;
ALTER TABLE pipeline_runs          ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;
ALTER TABLE embeddings             ADD COLUMN inserted_by BIGINT, ADD COLUMN updated_by BIGINT;

-- The tables that an unfinished import has staged, so that the next run goes on there. Empty when none is unfinished.
CREATE TABLE import_stages (
    target        TEXT        CONSTRAINT import_stages_pkey PRIMARY KEY,
    snapshot_hash TEXT        NOT NULL,
    -- Rows in the staging table, to notice that a crash of Postgres has emptied it.
    staged_rows   BIGINT      NOT NULL,
    -- What the rules made of the table's rows.
    ledger        JSONB       NOT NULL,
    -- Length of the file that holds the table's rejected rows, in bytes.
    reject_bytes  BIGINT      NOT NULL,
    staged_at     TIMESTAMPTZ NOT NULL DEFAULT now()
);
