-- The history of each post's counters, and how fast they grow.

CREATE TABLE post_metrics_snapshots (
    id            UUID        CONSTRAINT post_metrics_snapshots_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
    status_id     TEXT COLLATE "C" NOT NULL,
    snapshot_type TEXT        NOT NULL,
    snapshot_at   TIMESTAMPTZ NOT NULL,
    likes         BIGINT      NOT NULL,
    reposts       BIGINT      NOT NULL,
    replies       BIGINT      NOT NULL,
    views         BIGINT      NOT NULL,
    observed      SMALLINT    CONSTRAINT post_metrics_snapshots_observed_is_known CHECK (observed BETWEEN 0 AND 14),
    source        TEXT        NOT NULL DEFAULT 'ingest',
    inserted_by   BIGINT,
    updated_by    BIGINT,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT post_metrics_snapshots_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE,
    CONSTRAINT post_metrics_snapshots_once UNIQUE (status_id, snapshot_type, snapshot_at),
    CONSTRAINT post_metrics_snapshots_type_is_known
        CHECK (snapshot_type IN ('initial_capture', 'latest_observed', 'refresh_24h')),
    CONSTRAINT post_metrics_snapshots_counters_are_not_negative CHECK (least(likes, reposts, replies, views) >= 0)
);
COMMENT ON TABLE post_metrics_snapshots IS 'The counters of a post at one moment.';
COMMENT ON COLUMN post_metrics_snapshots.id IS 'A key for other programs; the archive itself uses the post, the type and the moment.';
COMMENT ON COLUMN post_metrics_snapshots.status_id IS 'The post.';
COMMENT ON COLUMN post_metrics_snapshots.snapshot_type IS 'The occasion: the first capture, a later one, or the look after a day.';
COMMENT ON COLUMN post_metrics_snapshots.snapshot_at IS 'When the counters were observed.';
COMMENT ON COLUMN post_metrics_snapshots.likes IS 'Likes at that moment.';
COMMENT ON COLUMN post_metrics_snapshots.reposts IS 'Reposts at that moment.';
COMMENT ON COLUMN post_metrics_snapshots.replies IS 'Replies at that moment.';
COMMENT ON COLUMN post_metrics_snapshots.views IS 'Views at that moment.';
COMMENT ON COLUMN post_metrics_snapshots.observed IS
    'Which counters were observed, as a sum: 1 likes, 2 reposts, 4 replies, 8 views; NULL: all. The others are those of the newest earlier snapshot that observed them.';
COMMENT ON COLUMN post_metrics_snapshots.source IS 'What made the snapshot: ingest, or sqlite_migration for one that an import derived.';
COMMENT ON COLUMN post_metrics_snapshots.inserted_by IS 'The batch that brought the row.';
COMMENT ON COLUMN post_metrics_snapshots.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN post_metrics_snapshots.created_at IS 'When the row was written first.';
-- The few snapshots with gaps, which are filled anew when something older arrives.
CREATE INDEX post_metrics_snapshots_with_gaps ON post_metrics_snapshots (status_id) WHERE observed IS NOT NULL;

CREATE FUNCTION velocity(newest BIGINT, earlier BIGINT, time_between INTERVAL) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(-9e18, least(9e18, floor(
        (newest - earlier)::DOUBLE PRECISION * 3600000000000::DOUBLE PRECISION
        / (extract(EPOCH FROM time_between) * 1000000)::DOUBLE PRECISION)))::BIGINT
$$;
COMMENT ON FUNCTION velocity IS
    'How much a counter grew in an hour, in thousandths, rounded down, from two values of it and the time between them.';
