-- What collectors know around the posts: whom they watch, what they reported, when they ran, and the vectors of texts.

CREATE TABLE watch_accounts (
    handle      TEXT COLLATE "C" CONSTRAINT watch_accounts_pkey PRIMARY KEY,
    tier        TEXT        NOT NULL,
    note        TEXT,
    added_at    TIMESTAMPTZ NOT NULL,
    inserted_by BIGINT,
    updated_by  BIGINT,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT watch_accounts_handle_is_normal CHECK (handle = lower(handle) AND handle <> '' AND handle = trimmed_handle(handle)),
    CONSTRAINT watch_accounts_tier_is_known CHECK (tier IN ('teammate', 'influencer', 'ecosystem'))
);
COMMENT ON TABLE watch_accounts IS 'The accounts that collectors watch.';
COMMENT ON COLUMN watch_accounts.handle IS 'The handle in its stored form: lower-case, without @.';
COMMENT ON COLUMN watch_accounts.tier IS 'Why the account is watched.';
COMMENT ON COLUMN watch_accounts.note IS 'A note of the owner.';
COMMENT ON COLUMN watch_accounts.added_at IS 'When the account was first watched.';
COMMENT ON COLUMN watch_accounts.inserted_by IS 'The batch that brought the row.';
COMMENT ON COLUMN watch_accounts.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN watch_accounts.created_at IS 'When the row was written first.';
COMMENT ON COLUMN watch_accounts.updated_at IS 'When the row was written last.';

CREATE TABLE reports (
    status_id   TEXT COLLATE "C" CONSTRAINT reports_pkey PRIMARY KEY,
    reported_at TIMESTAMPTZ NOT NULL,
    channel     TEXT,
    summary     TEXT,
    destination TEXT,
    observed_at JSONB,
    inserted_by BIGINT,
    updated_by  BIGINT,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT reports_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE
);
COMMENT ON TABLE reports IS 'Posts that a collector has reported to people.';
COMMENT ON COLUMN reports.status_id IS 'The post.';
COMMENT ON COLUMN reports.reported_at IS 'When it was reported: the newest report of the post.';
COMMENT ON COLUMN reports.channel IS 'Through which channel; free text.';
COMMENT ON COLUMN reports.summary IS 'What was said about the post.';
COMMENT ON COLUMN reports.destination IS 'To whom; free text.';
COMMENT ON COLUMN reports.observed_at IS
    'When a column was observed, where that is not reported_at: {"summary": "2026-02-22T09:30:00.000000Z"}; as posts.observed_at.';
COMMENT ON COLUMN reports.inserted_by IS 'The batch that brought the row.';
COMMENT ON COLUMN reports.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN reports.created_at IS 'When the row was written first.';

CREATE TABLE pipeline_runs (
    id                UUID        CONSTRAINT pipeline_runs_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
    run_at            TIMESTAMPTZ NOT NULL,
    mode              TEXT        NOT NULL,
    fetched_count     BIGINT      NOT NULL DEFAULT 0,
    significant_count BIGINT      NOT NULL DEFAULT 0,
    reported_count    BIGINT      NOT NULL DEFAULT 0,
    note              TEXT,
    source            TEXT        NOT NULL DEFAULT 'local-dispatcher',
    inserted_by       BIGINT,
    updated_by        BIGINT,
    created_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT pipeline_runs_once UNIQUE (run_at, mode, source),
    CONSTRAINT pipeline_runs_mode_is_known CHECK (mode IN ('priority', 'discovery', 'both', 'refresh24h', 'manual')),
    CONSTRAINT pipeline_runs_counts_are_not_negative CHECK (least(fetched_count, significant_count, reported_count) >= 0)
);
COMMENT ON TABLE pipeline_runs IS 'Runs of collectors.';
COMMENT ON COLUMN pipeline_runs.id IS 'A key for other programs; the archive itself uses the moment, the mode and the source.';
COMMENT ON COLUMN pipeline_runs.run_at IS 'When the run began.';
COMMENT ON COLUMN pipeline_runs.mode IS 'What the run looked for.';
COMMENT ON COLUMN pipeline_runs.fetched_count IS 'Posts that it fetched.';
COMMENT ON COLUMN pipeline_runs.significant_count IS 'Posts among them that it took for significant.';
COMMENT ON COLUMN pipeline_runs.reported_count IS 'Posts among them that it reported.';
COMMENT ON COLUMN pipeline_runs.note IS 'A note of the collector.';
COMMENT ON COLUMN pipeline_runs.source IS 'The collector. Not null, because a null would defeat the unique key.';
COMMENT ON COLUMN pipeline_runs.inserted_by IS 'The batch that brought the row.';
COMMENT ON COLUMN pipeline_runs.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN pipeline_runs.created_at IS 'When the row was written first.';

CREATE TABLE embeddings (
    status_id   TEXT COLLATE "C" CONSTRAINT embeddings_pkey PRIMARY KEY,
    backend     TEXT        NOT NULL,
    model       TEXT        NOT NULL,
    dims        INTEGER     NOT NULL,
    vector_json JSONB       NOT NULL,
    text_hash   TEXT        NOT NULL,
    inserted_by BIGINT,
    updated_by  BIGINT,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT embeddings_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE,
    CONSTRAINT embeddings_dims_match CHECK (jsonb_typeof(vector_json) = 'array' AND jsonb_array_length(vector_json) = dims)
);
COMMENT ON TABLE embeddings IS 'The vector of a post''s text, as a collector computed it.';
COMMENT ON COLUMN embeddings.status_id IS 'The post.';
COMMENT ON COLUMN embeddings.backend IS 'The program that computed the vector.';
COMMENT ON COLUMN embeddings.model IS 'The model that it used.';
COMMENT ON COLUMN embeddings.dims IS 'The length of the vector.';
COMMENT ON COLUMN embeddings.vector_json IS 'The vector: an array of numbers.';
COMMENT ON COLUMN embeddings.text_hash IS 'The collector''s hash of the text that the vector belongs to.';
COMMENT ON COLUMN embeddings.inserted_by IS 'The batch that brought the row.';
COMMENT ON COLUMN embeddings.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN embeddings.created_at IS 'When a collector first computed a vector of the post.';
COMMENT ON COLUMN embeddings.updated_at IS 'When the vector was computed: the newest one stays.';
