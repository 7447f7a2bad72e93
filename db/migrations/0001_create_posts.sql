-- Posts: what was found, as it was observed last, and the texts that it had before.
--
-- Ids and handles compare bytewise (COLLATE "C"), so that the order of the feed does not depend on the locale of the
-- database. Counters are BIGINT: a post can pass 2^31 views. Constraints carry names, because an error shows them.

-- One expression and no FROM, so that Postgres inlines it: the check of a row costs no call of a function.
CREATE FUNCTION trimmed_handle(handle TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT rtrim(
        ltrim(handle, E'@\uFF20\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000'),
        E'\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000')
$$;
COMMENT ON FUNCTION trimmed_handle IS
    'A lower-case handle in its stored form: without the @s and the space before it, and the space behind it (White_Space of Unicode).';

-- A page in the order of posting reads thousands of ids: one of 11 to 19 digits is read as a BIGINT, and as a NUMERIC only one that may be
-- too great for that or is padded with zeros.
CREATE FUNCTION posting_rank(status_id TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN octet_length(status_id) < 11 OR status_id ~ '[^0-9]' THEN (-9223372036854775808)::BIGINT
        WHEN octet_length(status_id) > 18 AND (octet_length(status_id) > 19 OR status_id > '9223372036854775807' COLLATE "C")
            AND status_id::NUMERIC > 9223372036854775807 THEN (-9223372036854775808)::BIGINT
        WHEN status_id::BIGINT < 29700000000 THEN (-9223372036854775808)::BIGINT
        ELSE ((status_id::BIGINT >> 22) + 1288834974657) * 1000
    END
$$;
COMMENT ON FUNCTION posting_rank IS
    'When a post was posted, in microseconds since 1970, taken from its id; the least BIGINT for an id that does not tell.';

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
    views_velocity            BIGINT,
    likes_velocity            BIGINT,
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
    observed_at               JSONB,
    seen_by                   BIGINT,
    set_by                    JSONB,
    inserted_by               BIGINT,
    updated_by                BIGINT,
    created_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT posts_status_id_is_not_empty CHECK (status_id <> ''),
    CONSTRAINT posts_url_is_web_address CHECK (url ~* '^https?://.'),
    CONSTRAINT posts_author_handle_is_normal
        CHECK (author_handle = lower(author_handle) AND author_handle <> '' AND author_handle = trimmed_handle(author_handle)),
    CONSTRAINT posts_watch_tier_is_known CHECK (watch_tier IN ('teammate', 'influencer', 'ecosystem')),
    CONSTRAINT posts_counters_are_not_negative CHECK (
        least(likes, reposts, replies, views, initial_likes, initial_reposts, initial_replies, initial_views,
              likes_24h, reposts_24h, replies_24h, views_24h) >= 0)
);
COMMENT ON TABLE posts IS 'Posts of X that collectors found: one row each, with the newest value of every column.';
COMMENT ON COLUMN posts.status_id IS 'The id that X gave the post, to the letter.';
COMMENT ON COLUMN posts.url IS 'The web address of the post, http or https.';
COMMENT ON COLUMN posts.author_handle IS 'The handle of the author in its stored form: lower-case, without @.';
COMMENT ON COLUMN posts.author_display IS 'The name of the author as the page of the post showed it.';
COMMENT ON COLUMN posts.body_text IS 'The text of the post, byte for byte.';
COMMENT ON COLUMN posts.posted_relative IS 'When it was posted, in the words of the page at the time of capture: 3h. posting_rank tells the moment.';
COMMENT ON COLUMN posts.source_query IS 'The query of the collector that found the post; free text.';
COMMENT ON COLUMN posts.watch_tier IS 'The tier of the author when the post was observed; NULL for authors that nobody watches.';
COMMENT ON COLUMN posts.is_significant IS 'Whether the collector takes the post for significant.';
COMMENT ON COLUMN posts.significance_reason IS 'Why, in the words of the collector.';
COMMENT ON COLUMN posts.significance_version IS 'The version of the collector''s rule for significance.';
COMMENT ON COLUMN posts.likes IS 'Likes, as observed last.';
COMMENT ON COLUMN posts.reposts IS 'Reposts, as observed last.';
COMMENT ON COLUMN posts.replies IS 'Replies, as observed last.';
COMMENT ON COLUMN posts.views IS 'Views, as observed last.';
COMMENT ON COLUMN posts.views_velocity IS
    'Growth of views, in thousandths of a view per hour, between the newest snapshot and the newest of an earlier moment; NULL without two moments.';
COMMENT ON COLUMN posts.likes_velocity IS 'Growth of likes, in thousandths of a like per hour; as views_velocity.';
COMMENT ON COLUMN posts.initial_likes IS 'Likes at the first capture; NULL when they were not observed.';
COMMENT ON COLUMN posts.initial_reposts IS 'Reposts at the first capture; NULL when they were not observed.';
COMMENT ON COLUMN posts.initial_replies IS 'Replies at the first capture; NULL when they were not observed.';
COMMENT ON COLUMN posts.initial_views IS 'Views at the first capture; NULL when they were not observed.';
COMMENT ON COLUMN posts.likes_24h IS 'Likes at refresh_24h_at.';
COMMENT ON COLUMN posts.reposts_24h IS 'Reposts at refresh_24h_at.';
COMMENT ON COLUMN posts.replies_24h IS 'Replies at refresh_24h_at.';
COMMENT ON COLUMN posts.views_24h IS 'Views at refresh_24h_at.';
COMMENT ON COLUMN posts.refresh_24h_at IS 'When the collector looked again, about a day after the first capture; NULL before.';
COMMENT ON COLUMN posts.refresh_24h_status IS 'What came of that look, in the words of the collector.';
COMMENT ON COLUMN posts.refresh_24h_delta_likes IS 'Likes gained from the first capture to refresh_24h_at, as the collector computed it; may be negative.';
COMMENT ON COLUMN posts.refresh_24h_delta_reposts IS 'Reposts gained, likewise.';
COMMENT ON COLUMN posts.refresh_24h_delta_replies IS 'Replies gained, likewise.';
COMMENT ON COLUMN posts.refresh_24h_delta_views IS 'Views gained, likewise.';
COMMENT ON COLUMN posts.discovered_at IS 'When a collector first captured the post: the least of what observations tell. The order of the feed.';
COMMENT ON COLUMN posts.last_seen_at IS 'When the newest observation of the whole post was made.';
COMMENT ON COLUMN posts.observed_at IS
    'When a column was observed, where that is not last_seen_at: {"likes": "2026-02-22T09:30:00.000000Z"}, ISO 8601 in UTC. A counter may be newer than last_seen_at, because metrics bring counters alone. null: no observation carried the column. NULL as a whole in the common case.';
COMMENT ON COLUMN posts.seen_by IS 'The batch that set the columns which set_by does not name; NULL: inserted_by.';
COMMENT ON COLUMN posts.set_by IS 'The batch that set a column, where it is not seen_by: {"likes": 17}.';
COMMENT ON COLUMN posts.inserted_by IS 'The batch that brought the row. No foreign key: it would cost a look-up for each row, and no batch is deleted while a row names it.';
COMMENT ON COLUMN posts.updated_by IS 'The batch that changed the row last; NULL when none did.';
COMMENT ON COLUMN posts.created_at IS 'When the row was written first.';
COMMENT ON COLUMN posts.updated_at IS 'When the row was written last.';

-- The newest post comes last, so that the pages of an index fill up behind each other: half the size, and less to write, than when the
-- newest comes first. All columns of an index go in one direction, so that a place in it is one row to compare with.
CREATE INDEX posts_feed ON posts (discovered_at, status_id);
CREATE INDEX posts_feed_by_author ON posts (author_handle, discovered_at, status_id);
CREATE INDEX posts_feed_by_tier ON posts (watch_tier, discovered_at, status_id) WHERE watch_tier IS NOT NULL;
-- The default question of an analyst; a small part of all posts.
CREATE INDEX posts_feed_significant ON posts (is_significant, discovered_at, status_id) WHERE is_significant;
CREATE INDEX posts_by_posting ON posts (posting_rank(status_id), status_id);
CREATE INDEX posts_by_likes ON posts (likes DESC, status_id DESC);
CREATE INDEX posts_by_views ON posts (views DESC, status_id DESC);
-- With the column itself, so that the place where a page ends is found in the index alone.
CREATE INDEX posts_by_velocity ON posts (coalesce(views_velocity, (-9223372036854775808)::BIGINT), status_id) INCLUDE (views_velocity);
-- The search for any part of a text or a handle. It folds upper and lower case in every language, whatever the locale of the database is:
-- the C locale folds ASCII only. Handles are in lower case already.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX posts_search ON posts USING gin (lower(body_text COLLATE "und-x-icu") gin_trgm_ops, author_handle gin_trgm_ops);

-- The merge: of each column the value that was observed last stays.

CREATE FUNCTION observation_time(observed_at JSONB, column_name TEXT, last_seen_at TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN observed_at ? column_name THEN coalesce((observed_at ->> column_name)::TIMESTAMPTZ, '-infinity')
        ELSE last_seen_at
    END
$$;
COMMENT ON FUNCTION observation_time IS
    'When the value of a column was observed: what observed_at says, else last_seen_at; -infinity for a column that no observation carried.';

CREATE FUNCTION merged_observed_at(
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
COMMENT ON FUNCTION merged_observed_at IS
    'The observed_at of two merged rows: it keeps a column that was not observed at the time of the newer row.';

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
COMMENT ON FUNCTION with_observation IS
    'observed_at after an observation of one column at the moment observed; unchanged where that is NULL.';

CREATE TABLE earlier_texts (
    status_id   TEXT COLLATE "C" NOT NULL,
    body_text   TEXT,
    replaced_by BIGINT,
    replaced_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT earlier_texts_of_post FOREIGN KEY (status_id) REFERENCES posts ON DELETE CASCADE
);
COMMENT ON TABLE earlier_texts IS 'The texts that a post had before. A trigger keeps them: it sees the very row that is replaced, whatever replaces it.';
COMMENT ON COLUMN earlier_texts.status_id IS 'The post.';
COMMENT ON COLUMN earlier_texts.body_text IS 'The text that was replaced.';
COMMENT ON COLUMN earlier_texts.replaced_by IS 'The batch that replaced it.';
COMMENT ON COLUMN earlier_texts.replaced_at IS 'When it was replaced.';
-- The provenance of one post, and the cascade.
CREATE INDEX earlier_texts_by_post ON earlier_texts (status_id, replaced_at);

CREATE FUNCTION keep_earlier_text() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO earlier_texts (status_id, body_text, replaced_by) VALUES (OLD.status_id, OLD.body_text, NEW.updated_by);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_earlier_text IS 'Puts the text that an update replaces into earlier_texts.';
CREATE TRIGGER posts_keep_earlier_text AFTER UPDATE OF body_text ON posts
    FOR EACH ROW WHEN (OLD.body_text IS DISTINCT FROM NEW.body_text) EXECUTE FUNCTION keep_earlier_text();
