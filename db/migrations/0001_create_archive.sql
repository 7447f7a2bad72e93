-- The archive: posts, their history, and what the collector knows around them.
--
-- Ids and handles compare bytewise (COLLATE "C"), so that the order of the feed does not depend on the locale of the
-- database. Counters are BIGINT: a post can pass 2^31 views. Constraints carry names, because an error shows them.

CREATE TABLE watch_accounts (
    handle     TEXT COLLATE "C" CONSTRAINT watch_accounts_pkey PRIMARY KEY,
    tier       TEXT        NOT NULL,
    note       TEXT,
    added_at   TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT watch_accounts_handle_is_normal CHECK (handle = lower(handle) AND handle <> ''),
    CONSTRAINT watch_accounts_tier_is_known CHECK (tier IN ('teammate', 'influencer', 'ecosystem'))
);

CREATE TABLE posts (
    status_id                 TEXT COLLATE "C" CONSTRAINT posts_pkey PRIMARY KEY,
    url                       TEXT        NOT NULL,
    author_handle             TEXT COLLATE "C" NOT NULL,
    author_display            TEXT,
    body_text                 TEXT,
    posted_relative           TEXT,
    source_query              TEXT,
    watch_tier                TEXT,
    is_significant            BOOLEAN     NOT NULL DEFAULT false,
    significance_reason       TEXT,
    significance_version      TEXT        DEFAULT 'v1',
    likes                     BIGINT      NOT NULL DEFAULT 0,
    reposts                   BIGINT      NOT NULL DEFAULT 0,
    replies                   BIGINT      NOT NULL DEFAULT 0,
    views                     BIGINT      NOT NULL DEFAULT 0,
    initial_likes             BIGINT,
    initial_reposts           BIGINT,
    initial_replies           BIGINT,
    initial_views             BIGINT,
    likes_24h                 BIGINT,
    reposts_24h               BIGINT,
    replies_24h               BIGINT,
    views_24h                 BIGINT,
    refresh_24h_at            TIMESTAMPTZ,
    refresh_24h_status        TEXT,
    refresh_24h_delta_likes   BIGINT,
    refresh_24h_delta_reposts BIGINT,
    refresh_24h_delta_replies BIGINT,
    refresh_24h_delta_views   BIGINT,
    discovered_at             TIMESTAMPTZ NOT NULL,
    last_seen_at              TIMESTAMPTZ NOT NULL,
    -- When the value of a column was observed, in microseconds since 1970, only for columns whose value is older than
    -- last_seen_at; null for a column that no observation has carried. NULL as a whole in the common case.
    observed_at               JSONB,
    created_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT posts_status_id_is_not_empty CHECK (status_id <> ''),
    CONSTRAINT posts_url_is_web_address CHECK (url ~* '^https?://.'),
    CONSTRAINT posts_author_handle_is_normal CHECK (author_handle = lower(author_handle) AND author_handle <> ''),
    CONSTRAINT posts_watch_tier_is_known CHECK (watch_tier IN ('teammate', 'influencer', 'ecosystem')),
    CONSTRAINT posts_counters_are_not_negative CHECK (
        least(likes, reposts, replies, views, initial_likes, initial_reposts, initial_replies, initial_views,
              likes_24h, reposts_24h, replies_24h, views_24h) >= 0)
);

-- The feed, and the feed of one author.
CREATE INDEX posts_feed ON posts (discovered_at DESC, status_id DESC);
CREATE INDEX posts_feed_by_author ON posts (author_handle, discovered_at DESC, status_id DESC);
-- The default question of an analyst; a small part of all posts.
CREATE INDEX posts_feed_significant ON posts (discovered_at DESC, status_id DESC) WHERE is_significant;
CREATE INDEX posts_feed_by_tier ON posts (watch_tier, discovered_at DESC, status_id DESC) WHERE watch_tier IS NOT NULL;

CREATE TABLE post_metrics_snapshots (
    id            UUID        CONSTRAINT post_metrics_snapshots_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
    status_id     TEXT COLLATE "C" NOT NULL,
    snapshot_type TEXT        NOT NULL,
    snapshot_at   TIMESTAMPTZ NOT NULL,
    likes         BIGINT      NOT NULL,
    reposts       BIGINT      NOT NULL,
    replies       BIGINT      NOT NULL,
    views         BIGINT      NOT NULL,
    source        TEXT        NOT NULL DEFAULT 'ingest',
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT post_metrics_snapshots_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE,
    CONSTRAINT post_metrics_snapshots_once UNIQUE (status_id, snapshot_type, snapshot_at),
    CONSTRAINT post_metrics_snapshots_type_is_known
        CHECK (snapshot_type IN ('initial_capture', 'latest_observed', 'refresh_24h')),
    CONSTRAINT post_metrics_snapshots_counters_are_not_negative CHECK (least(likes, reposts, replies, views) >= 0)
);

CREATE TABLE reports (
    status_id   TEXT COLLATE "C" CONSTRAINT reports_pkey PRIMARY KEY,
    reported_at TIMESTAMPTZ NOT NULL,
    channel     TEXT,
    summary     TEXT,
    destination TEXT,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT reports_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE
);

CREATE TABLE pipeline_runs (
    id                UUID        CONSTRAINT pipeline_runs_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
    run_at            TIMESTAMPTZ NOT NULL,
    mode              TEXT        NOT NULL,
    fetched_count     BIGINT      NOT NULL DEFAULT 0,
    significant_count BIGINT      NOT NULL DEFAULT 0,
    reported_count    BIGINT      NOT NULL DEFAULT 0,
    note              TEXT,
    -- Not null, because a null would defeat the unique key.
    source            TEXT        NOT NULL DEFAULT 'local-dispatcher',
    created_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT pipeline_runs_once UNIQUE (run_at, mode, source),
    CONSTRAINT pipeline_runs_mode_is_known CHECK (mode IN ('priority', 'discovery', 'both', 'refresh24h', 'manual')),
    CONSTRAINT pipeline_runs_counts_are_not_negative CHECK (least(fetched_count, significant_count, reported_count) >= 0)
);

CREATE TABLE embeddings (
    status_id   TEXT COLLATE "C" CONSTRAINT embeddings_pkey PRIMARY KEY,
    backend     TEXT        NOT NULL,
    model       TEXT        NOT NULL,
    dims        INTEGER     NOT NULL,
    vector_json JSONB       NOT NULL,
    text_hash   TEXT        NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT embeddings_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE,
    CONSTRAINT embeddings_dims_match CHECK (jsonb_typeof(vector_json) = 'array' AND jsonb_array_length(vector_json) = dims)
);
