ALTER TABLE batches ADD COLUMN undone_at TIMESTAMPTZ, DROP CONSTRAINT batches_label_is_unique;
COMMENT ON COLUMN batches.undone_at IS 'When an import was taken back, which frees its label; NULL for others.';
CREATE UNIQUE INDEX batches_label_is_unique ON batches (label) WHERE label IS NOT NULL AND undone_at IS NULL;

CREATE TABLE import_confirmations (
    import    BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    CONSTRAINT import_confirmations_pkey PRIMARY KEY (import, confirmed)
);
COMMENT ON TABLE import_confirmations IS 'Which imports found rows that another import had brought, and left them as they were.';
COMMENT ON COLUMN import_confirmations.import IS 'The batch of the import that found them.';
COMMENT ON COLUMN import_confirmations.confirmed IS 'The batch of the import that had brought them.';

-- An import overwrites updated_by, but taking it back has to know whether a collector, or another import, had changed the row before.
ALTER TABLE posts ADD COLUMN changed_before BIGINT[];
ALTER TABLE post_metrics_snapshots ADD COLUMN changed_before BIGINT[];
ALTER TABLE watch_accounts ADD COLUMN changed_before BIGINT[];
ALTER TABLE reports ADD COLUMN changed_before BIGINT[];
ALTER TABLE pipeline_runs ADD COLUMN changed_before BIGINT[];
ALTER TABLE embeddings ADD COLUMN changed_before BIGINT[];
COMMENT ON COLUMN posts.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
COMMENT ON COLUMN post_metrics_snapshots.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
COMMENT ON COLUMN watch_accounts.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
COMMENT ON COLUMN reports.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
COMMENT ON COLUMN pipeline_runs.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
COMMENT ON COLUMN embeddings.changed_before IS 'What updated_by was when an import changed the row, each time; NULL when none did.';
