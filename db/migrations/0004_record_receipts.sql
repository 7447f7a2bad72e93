-- What an analyst may ask later: which batch set a field, what a text said before, what became of a batch.

-- Receipts: who sent a batch, what it was, and what became of its items.
ALTER TABLE batches
    -- The name of the ingest key, and the program that sent it (its User-Agent).
    ADD COLUMN ingest_key      TEXT,
    ADD COLUMN source          TEXT,
    -- SHA-256 of the body, in hexadecimal.
    ADD COLUMN body_hash       TEXT,
    ADD COLUMN idempotency_key TEXT,
    -- The outcome of each item that was not rejected by itself; kept only where the batch may be answered again.
    ADD COLUMN outcomes        JSONB,
    ADD COLUMN inserted        INTEGER,
    ADD COLUMN updated         INTEGER,
    ADD COLUMN unchanged       INTEGER,
    ADD COLUMN stale           INTEGER,
    ADD COLUMN rejected        INTEGER;
-- Finds the batch that a repeated Idempotency-Key belongs to.
CREATE UNIQUE INDEX batches_idempotency ON batches (ingest_key, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Which batch set the columns of a post: seen_by (NULL: inserted_by) all but those that set_by names, {"likes": 17, …}.
ALTER TABLE posts ADD COLUMN seen_by BIGINT, ADD COLUMN set_by JSONB;

-- The texts that a post had before. A trigger keeps them, because it sees the very row that is replaced, whoever replaces it.
CREATE TABLE earlier_texts (
    status_id    TEXT COLLATE "C" NOT NULL,
    body_text    TEXT,
    -- The batch that replaced it, and when.
    replaced_by  BIGINT,
    replaced_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT earlier_texts_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE
);
-- The provenance of one post, and the cascade.
CREATE INDEX earlier_texts_by_post ON earlier_texts (status_id, replaced_at);

CREATE FUNCTION keep_earlier_text() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO earlier_texts (status_id, body_text, replaced_by) VALUES (OLD.status_id, OLD.body_text, NEW.updated_by);
    RETURN NULL;
END
$$;
CREATE TRIGGER posts_keep_earlier_text AFTER UPDATE OF body_text ON posts
    FOR EACH ROW WHEN (OLD.body_text IS DISTINCT FROM NEW.body_text) EXECUTE FUNCTION keep_earlier_text();

-- Which counters a snapshot observed: 1 likes, 2 reposts, 4 replies, 8 views; NULL is all. The others are those of the newest
-- earlier snapshot that observed them.
ALTER TABLE post_metrics_snapshots ADD COLUMN observed SMALLINT
    CONSTRAINT post_metrics_snapshots_observed_is_known CHECK (observed BETWEEN 0 AND 14);
-- The few snapshots with gaps, which are filled anew when something older arrives.
CREATE INDEX post_metrics_snapshots_with_gaps ON post_metrics_snapshots (status_id) WHERE observed IS NOT NULL;

-- When a member of a report was observed, only where that is before reported_at; as in posts.
ALTER TABLE reports ADD COLUMN observed_at JSONB;

-- The observed_at of two merged rows: a column stays in it when it was not observed at the time of the newer row.
CREATE OR REPLACE FUNCTION merged_observed_at(
    one JSONB, one_seen_at TIMESTAMPTZ, other JSONB, other_seen_at TIMESTAMPTZ) RETURNS JSONB
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_object_agg(
        column_name,
        CASE WHEN isfinite(observed) THEN to_char(observed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END)
    FROM (
        SELECT column_name, greatest(
            observation_time(one, column_name, one_seen_at),
            observation_time(other, column_name, other_seen_at)) AS observed
        FROM (SELECT jsonb_object_keys(one) UNION SELECT jsonb_object_keys(other)) AS names (column_name)) AS columns
    WHERE observed <> greatest(one_seen_at, other_seen_at)
$$;

-- observed_at after a column was observed at `observed`; NULL for a column that was not.
CREATE FUNCTION with_observation(
    observed_at JSONB, column_name TEXT, observed TIMESTAMPTZ, last_seen_at TIMESTAMPTZ) RETURNS JSONB
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN observed IS NULL THEN observed_at
        WHEN observed = last_seen_at THEN nullif(observed_at - column_name, '{}')
        ELSE coalesce(observed_at, '{}') || jsonb_build_object(
            column_name, to_char(observed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    END
$$;

-- The search for any part of a text or a handle.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX posts_search ON posts USING gin (body_text gin_trgm_ops, author_handle gin_trgm_ops);
