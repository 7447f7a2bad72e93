-- The schema, as the migrations in this folder make it. This file is for reading: nothing applies it.
-- Its test writes it anew with XMONITOR_RECORD=1.

CREATE EXTENSION pg_trgm;

-- A lower-case handle in its stored form: without the @s and the space before it, and the space behind it (White_Space of Unicode).
CREATE OR REPLACE FUNCTION trimmed_handle(handle text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT rtrim(
        ltrim(handle, E'@\uFF20\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000'),
        E'\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000')
$function$;

-- When a post was posted, in microseconds since 1970, taken from its id; the least BIGINT for an id that does not tell.
CREATE OR REPLACE FUNCTION posting_rank(status_id text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE
        WHEN octet_length(status_id) < 11 OR status_id ~ '[^0-9]' THEN (-9223372036854775808)::BIGINT
        WHEN octet_length(status_id) > 18 AND (octet_length(status_id) > 19 OR status_id > '9223372036854775807' COLLATE "C")
            AND status_id::NUMERIC > 9223372036854775807 THEN (-9223372036854775808)::BIGINT
        WHEN status_id::BIGINT < 29700000000 THEN (-9223372036854775808)::BIGINT
        ELSE ((status_id::BIGINT >> 22) + 1288834974657) * 1000
    END
$function$;

-- When the value of a column was observed: what observed_at says, else last_seen_at; -infinity for a column that no observation carried.
CREATE OR REPLACE FUNCTION observation_time(observed_at jsonb, column_name text, last_seen_at timestamptz)
 RETURNS timestamptz
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT CASE
        WHEN observed_at ? column_name THEN coalesce((observed_at ->> column_name)::TIMESTAMPTZ, '-infinity')
        ELSE last_seen_at
    END
$function$;

-- The observed_at of two merged rows: it keeps a column that was not observed at the time of the newer row.
CREATE OR REPLACE FUNCTION merged_observed_at(one jsonb, one_seen_at timestamptz, other jsonb, other_seen_at timestamptz)
 RETURNS jsonb
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT jsonb_object_agg(
        column_name,
        CASE WHEN isfinite(observed) THEN to_char(observed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END)
    FROM (
        SELECT column_name, greatest(
            observation_time(one, column_name, one_seen_at),
            observation_time(other, column_name, other_seen_at)) AS observed
        FROM (SELECT jsonb_object_keys(one) UNION SELECT jsonb_object_keys(other)) AS names (column_name)) AS columns
    WHERE observed <> greatest(one_seen_at, other_seen_at)
$function$;

-- observed_at after an observation of one column at the moment observed; unchanged where that is NULL.
CREATE OR REPLACE FUNCTION with_observation(observed_at jsonb, column_name text, observed timestamptz, last_seen_at timestamptz)
 RETURNS jsonb
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT CASE
        WHEN observed IS NULL THEN observed_at
        WHEN observed = last_seen_at THEN nullif(observed_at - column_name, '{}')
        ELSE coalesce(observed_at, '{}') || jsonb_build_object(
            column_name, to_char(observed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    END
$function$;

-- Puts the text that an update replaces into earlier_texts.
CREATE OR REPLACE FUNCTION keep_earlier_text()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    INSERT INTO earlier_texts (status_id, body_text, replaced_by) VALUES (OLD.status_id, OLD.body_text, NEW.updated_by);
    RETURN NULL;
END
$function$;

-- How much a counter grew in an hour, in thousandths, rounded down, from two values of it and the time between them.
CREATE OR REPLACE FUNCTION velocity(newest bigint, earlier bigint, time_between interval)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT greatest(-9e18, least(9e18, floor(
        (newest - earlier)::DOUBLE PRECISION * 3600000000000::DOUBLE PRECISION
        / (extract(EPOCH FROM time_between) * 1000000)::DOUBLE PRECISION)))::BIGINT
$function$;

-- Tells servers that keys or ended sessions have changed; the row is locked, so that numbers are seen in their order.
CREATE OR REPLACE FUNCTION raise_access_revision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    UPDATE access_revision SET revision = revision + 1;
    RETURN NULL;
END
$function$;

-- Keeps the audit append-only, for its owner too.
CREATE OR REPLACE FUNCTION refuse_change_of_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'insufficient_privilege';
END
$function$;

-- Gives all changes that are committed by now, and have none, the next positions; held to its transaction.
CREATE OR REPLACE FUNCTION number_changes()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
        BEGIN
            -- One reader at a time; "changes" in ASCII. The statement after it sees what the last holder has committed.
            PERFORM pg_advisory_xact_lock(x'6368616e676573'::BIGINT);
            UPDATE changes SET position = numbered.position, nonce = floor(random() * 2147483648)::INTEGER
            FROM (SELECT id, (SELECT coalesce(max(position), 0) FROM changes) + row_number() OVER (ORDER BY id) AS position
                  FROM changes WHERE position IS NULL) AS numbered
            WHERE changes.id = numbered.id;
        END
        $function$;

-- Records removed rows as changes, a thousand keys a row, whoever removes them.
CREATE OR REPLACE FUNCTION record_removal()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
        BEGIN
            IF NOT EXISTS (SELECT FROM removed) THEN
                RETURN NULL;
            ELSIF TG_TABLE_NAME = 'post_metrics_snapshots' THEN
                INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times)
                SELECT 'metrics', array_agg(status_id), array_agg(snapshot_type), array_agg(snapshot_at)
                FROM (SELECT status_id, snapshot_type, snapshot_at, (row_number() OVER () - 1) / 1000 AS chunk FROM removed) AS numbered
                GROUP BY chunk ORDER BY chunk;
            ELSE
                -- A report changes its post too, because the feed shows when it was reported.
                INSERT INTO changes (kind, status_ids)
                SELECT kind, array_agg(status_id)
                FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM removed) AS numbered,
                     unnest(CASE TG_TABLE_NAME WHEN 'posts' THEN ARRAY['post'] ELSE ARRAY['report', 'post'] END) AS kinds (kind)
                GROUP BY chunk, kind ORDER BY chunk;
            END IF;
            RETURN NULL;
        END
        $function$;

-- The migrations that were applied to this database.
CREATE TABLE schema_migrations (
    -- The number of the migration, which its file name begins with.
    version integer NOT NULL,
    -- The rest of the file name, without its ending.
    name text NOT NULL,
    -- SHA-256 of the file, in hexadecimal.
    checksum text NOT NULL,
    -- When it was applied.
    applied_at timestamptz NOT NULL DEFAULT now(),
    -- How long that took, in microseconds.
    took_us bigint NOT NULL,
    -- The least schema version of programs that serve beside it; NULL is its own number.
    compatible_from integer,
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (version)
);

-- Posts of X that collectors found: one row each, with the newest value of every column.
CREATE TABLE posts (
    -- The id that X gave the post, to the letter.
    status_id text COLLATE "C" NOT NULL,
    -- The web address of the post, http or https.
    url text NOT NULL,
    -- The handle of the author in its stored form: lower-case, without @.
    author_handle text COLLATE "C" NOT NULL,
    -- The name of the author as the page of the post showed it.
    author_display text,
    -- The text of the post, byte for byte.
    body_text text,
    -- When it was posted, in the words of the page at the time of capture: 3h. posting_rank tells the moment.
    posted_relative text,
    -- The query of the collector that found the post; free text.
    source_query text,
    -- The tier of the author when the post was observed; NULL for authors that nobody watches.
    watch_tier text,
    -- Whether the collector takes the post for significant.
    is_significant boolean NOT NULL DEFAULT false,
    -- Why, in the words of the collector.
    significance_reason text,
    -- The version of the collector's rule for significance.
    significance_version text DEFAULT 'v1'::text,
    -- Likes, as observed last.
    likes bigint NOT NULL DEFAULT 0,
    -- Reposts, as observed last.
    reposts bigint NOT NULL DEFAULT 0,
    -- Replies, as observed last.
    replies bigint NOT NULL DEFAULT 0,
    -- Views, as observed last.
    views bigint NOT NULL DEFAULT 0,
    -- Growth of views, in thousandths of a view per hour, from the newest snapshot that is 15 minutes older than the newest, or else from
    -- the first, over at least 15 minutes; NULL without two moments.
    views_velocity bigint,
    -- Growth of likes, in thousandths of a like per hour; as views_velocity.
    likes_velocity bigint,
    -- Likes at the first capture; NULL when they were not observed.
    initial_likes bigint,
    -- Reposts at the first capture; NULL when they were not observed.
    initial_reposts bigint,
    -- Replies at the first capture; NULL when they were not observed.
    initial_replies bigint,
    -- Views at the first capture; NULL when they were not observed.
    initial_views bigint,
    -- Likes at refresh_24h_at.
    likes_24h bigint,
    -- Reposts at refresh_24h_at.
    reposts_24h bigint,
    -- Replies at refresh_24h_at.
    replies_24h bigint,
    -- Views at refresh_24h_at.
    views_24h bigint,
    -- When the collector looked again, about a day after the first capture; NULL before.
    refresh_24h_at timestamptz,
    -- What came of that look, in the words of the collector.
    refresh_24h_status text,
    -- Likes gained from the first capture to refresh_24h_at, as the collector computed it; may be negative.
    refresh_24h_delta_likes bigint,
    -- Reposts gained, likewise.
    refresh_24h_delta_reposts bigint,
    -- Replies gained, likewise.
    refresh_24h_delta_replies bigint,
    -- Views gained, likewise.
    refresh_24h_delta_views bigint,
    -- When a collector first captured the post: the least of what observations tell. The order of the feed.
    discovered_at timestamptz NOT NULL,
    -- When the newest observation of the whole post was made.
    last_seen_at timestamptz NOT NULL,
    -- When a column was observed, where that is not last_seen_at: {"likes": "2026-02-22T09:30:00.000000Z"}, ISO 8601 in UTC. A counter may
    -- be newer than last_seen_at, because metrics bring counters alone. null: no observation carried the column. NULL as a whole in the
    -- common case.
    observed_at jsonb,
    -- The batch that set the columns which set_by does not name; NULL: inserted_by.
    seen_by bigint,
    -- The batch that set a column, where it is not seen_by: {"likes": 17}.
    set_by jsonb,
    -- The batch that brought the row. No foreign key: it would cost a look-up for each row, and no batch is deleted while a row names it.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When the row was written first.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When the row was written last.
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT posts_pkey PRIMARY KEY (status_id),
    CONSTRAINT posts_author_handle_is_normal CHECK (author_handle = lower(author_handle) AND author_handle <> ''::text AND author_handle = trimmed_handle(author_handle)),
    CONSTRAINT posts_counters_are_not_negative CHECK (LEAST(likes, reposts, replies, views, initial_likes, initial_reposts, initial_replies, initial_views, likes_24h, reposts_24h, replies_24h, views_24h) >= 0),
    CONSTRAINT posts_status_id_is_not_empty CHECK (status_id <> ''::text),
    CONSTRAINT posts_url_is_web_address CHECK (url ~* '^https?://.'::text),
    CONSTRAINT posts_watch_tier_is_known CHECK (watch_tier = ANY (ARRAY['teammate'::text, 'influencer'::text, 'ecosystem'::text]))
);
CREATE INDEX posts_feed ON posts (discovered_at, status_id);
CREATE INDEX posts_feed_by_author ON posts (author_handle, discovered_at, status_id);
CREATE INDEX posts_feed_by_tier ON posts (watch_tier, discovered_at, status_id) WHERE watch_tier IS NOT NULL;
CREATE INDEX posts_feed_significant ON posts (is_significant, discovered_at, status_id) WHERE is_significant;
CREATE INDEX posts_by_posting ON posts (posting_rank(status_id), status_id);
CREATE INDEX posts_by_likes ON posts (likes DESC, status_id DESC);
CREATE INDEX posts_by_views ON posts (views DESC, status_id DESC);
CREATE INDEX posts_by_velocity ON posts (COALESCE(views_velocity, '-9223372036854775808'::bigint), status_id) INCLUDE (views_velocity);
CREATE INDEX posts_search ON posts USING gin (lower(body_text COLLATE "und-x-icu") gin_trgm_ops, author_handle gin_trgm_ops);
CREATE TRIGGER posts_keep_earlier_text AFTER UPDATE OF body_text ON posts FOR EACH ROW WHEN (old.body_text IS DISTINCT FROM new.body_text) EXECUTE FUNCTION keep_earlier_text();
CREATE TRIGGER posts_record_removal AFTER DELETE ON posts REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();

-- The texts that a post had before. A trigger keeps them: it sees the very row that is replaced, whatever replaces it.
CREATE TABLE earlier_texts (
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- The text that was replaced.
    body_text text,
    -- The batch that replaced it.
    replaced_by bigint,
    -- When it was replaced.
    replaced_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT earlier_texts_of_post FOREIGN KEY (status_id) REFERENCES posts(status_id) ON DELETE CASCADE
);
CREATE INDEX earlier_texts_by_post ON earlier_texts (status_id, replaced_at);

-- The counters of a post at one moment.
CREATE TABLE post_metrics_snapshots (
    -- A key for other programs; the archive itself uses the post, the type and the moment.
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- The occasion: the first capture, a later one, or the look after a day.
    snapshot_type text NOT NULL,
    -- When the counters were observed.
    snapshot_at timestamptz NOT NULL,
    -- Likes at that moment.
    likes bigint NOT NULL,
    -- Reposts at that moment.
    reposts bigint NOT NULL,
    -- Replies at that moment.
    replies bigint NOT NULL,
    -- Views at that moment.
    views bigint NOT NULL,
    -- Which counters were observed, as a sum: 1 likes, 2 reposts, 4 replies, 8 views; NULL: all. The others are those of the newest earlier
    -- snapshot that observed them.
    observed smallint,
    -- What made the snapshot: ingest, or sqlite_migration for one that an import derived.
    source text NOT NULL DEFAULT 'ingest'::text,
    -- The batch that brought the row.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When the row was written first.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT post_metrics_snapshots_pkey PRIMARY KEY (id),
    CONSTRAINT post_metrics_snapshots_once UNIQUE (status_id, snapshot_type, snapshot_at),
    CONSTRAINT post_metrics_snapshots_of_post FOREIGN KEY (status_id) REFERENCES posts(status_id) ON DELETE CASCADE,
    CONSTRAINT post_metrics_snapshots_counters_are_not_negative CHECK (LEAST(likes, reposts, replies, views) >= 0),
    CONSTRAINT post_metrics_snapshots_observed_is_known CHECK (observed >= 0 AND observed <= 14),
    CONSTRAINT post_metrics_snapshots_type_is_known CHECK (snapshot_type = ANY (ARRAY['initial_capture'::text, 'latest_observed'::text, 'refresh_24h'::text]))
);
CREATE INDEX post_metrics_snapshots_with_gaps ON post_metrics_snapshots (status_id) WHERE observed IS NOT NULL;
CREATE TRIGGER post_metrics_snapshots_record_removal AFTER DELETE ON post_metrics_snapshots REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();

-- The accounts that collectors watch.
CREATE TABLE watch_accounts (
    -- The handle in its stored form: lower-case, without @.
    handle text COLLATE "C" NOT NULL,
    -- Why the account is watched.
    tier text NOT NULL,
    -- A note of the owner.
    note text,
    -- When the account was first watched.
    added_at timestamptz NOT NULL,
    -- The batch that brought the row.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When the row was written first.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When the row was written last.
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT watch_accounts_pkey PRIMARY KEY (handle),
    CONSTRAINT watch_accounts_handle_is_normal CHECK (handle = lower(handle) AND handle <> ''::text AND handle = trimmed_handle(handle)),
    CONSTRAINT watch_accounts_tier_is_known CHECK (tier = ANY (ARRAY['teammate'::text, 'influencer'::text, 'ecosystem'::text]))
);

-- Posts that a collector has reported to people.
CREATE TABLE reports (
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- When it was reported: the newest report of the post.
    reported_at timestamptz NOT NULL,
    -- Through which channel; free text.
    channel text,
    -- What was said about the post.
    summary text,
    -- To whom; free text.
    destination text,
    -- When a column was observed, where that is not reported_at: {"summary": "2026-02-22T09:30:00.000000Z"}; as posts.observed_at.
    observed_at jsonb,
    -- The batch that brought the row.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When the row was written first.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT reports_pkey PRIMARY KEY (status_id),
    CONSTRAINT reports_of_post FOREIGN KEY (status_id) REFERENCES posts(status_id) ON DELETE CASCADE
);
CREATE TRIGGER reports_record_removal AFTER DELETE ON reports REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();

-- Runs of collectors.
CREATE TABLE pipeline_runs (
    -- A key for other programs; the archive itself uses the moment, the mode and the source.
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    -- When the run began.
    run_at timestamptz NOT NULL,
    -- What the run looked for.
    mode text NOT NULL,
    -- Posts that it fetched.
    fetched_count bigint NOT NULL DEFAULT 0,
    -- Posts among them that it took for significant.
    significant_count bigint NOT NULL DEFAULT 0,
    -- Posts among them that it reported.
    reported_count bigint NOT NULL DEFAULT 0,
    -- A note of the collector.
    note text,
    -- The collector. Not null, because a null would defeat the unique key.
    source text NOT NULL DEFAULT 'local-dispatcher'::text,
    -- The batch that brought the row.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When the row was written first.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT pipeline_runs_pkey PRIMARY KEY (id),
    CONSTRAINT pipeline_runs_once UNIQUE (run_at, mode, source),
    CONSTRAINT pipeline_runs_counts_are_not_negative CHECK (LEAST(fetched_count, significant_count, reported_count) >= 0),
    CONSTRAINT pipeline_runs_mode_is_known CHECK (mode = ANY (ARRAY['priority'::text, 'discovery'::text, 'both'::text, 'refresh24h'::text, 'manual'::text]))
);

-- The vector of a post's text, as a collector computed it.
CREATE TABLE embeddings (
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- The program that computed the vector.
    backend text NOT NULL,
    -- The model that it used.
    model text NOT NULL,
    -- The length of the vector.
    dims integer NOT NULL,
    -- The vector: an array of numbers.
    vector_json jsonb NOT NULL,
    -- The collector's hash of the text that the vector belongs to.
    text_hash text NOT NULL,
    -- The batch that brought the row.
    inserted_by bigint,
    -- The batch that changed the row last; NULL when none did.
    updated_by bigint,
    -- When a collector first computed a vector of the post.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When the vector was computed: the newest one stays.
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What updated_by was when an import changed the row, each time; NULL when none did.
    changed_before bigint[],
    CONSTRAINT embeddings_pkey PRIMARY KEY (status_id),
    CONSTRAINT embeddings_of_post FOREIGN KEY (status_id) REFERENCES posts(status_id) ON DELETE CASCADE,
    CONSTRAINT embeddings_dims_match CHECK (jsonb_typeof(vector_json) = 'array'::text AND jsonb_array_length(vector_json) = dims)
);

-- Accepted writes: batches of ingest and imports, with their receipts.
CREATE TABLE batches (
    -- The number that rows name in inserted_by, updated_by, seen_by and set_by.
    id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    -- What was written: an import, or items of one of the ingest operations.
    kind text NOT NULL,
    -- The name of an import; NULL for ingest.
    label text,
    -- SHA-256 of the snapshot that was imported, in hexadecimal; NULL for ingest.
    snapshot_hash text,
    -- What an import did, as its command printed it; NULL until it has ended, and for ingest.
    summary jsonb,
    -- The name of the ingest key that the batch came with; NULL for imports, as all below.
    ingest_key text,
    -- The program that sent it: its User-Agent.
    source text,
    -- SHA-256 of the body, in hexadecimal.
    body_hash text,
    -- Its Idempotency-Key; NULL without one.
    idempotency_key text,
    -- The outcome of each item that reached the archive; kept only with an idempotency_key, to be answered again.
    outcomes jsonb,
    -- Items that were new.
    inserted integer,
    -- Items that changed a row.
    updated integer,
    -- Items that the archive had already.
    unchanged integer,
    -- Items that were older than what the archive had.
    stale integer,
    -- Items that were refused.
    rejected integer,
    -- When the batch arrived, or the import began.
    received_at timestamptz NOT NULL DEFAULT now(),
    -- Posts of blocked authors, of which nothing was stored; NULL for imports and for batches of before.
    blocked integer,
    -- Items of erased posts, of which nothing was stored; NULL for imports and for batches of before.
    erased integer,
    -- When an import was taken back, which frees its label; NULL for others.
    undone_at timestamptz,
    CONSTRAINT batches_pkey PRIMARY KEY (id),
    CONSTRAINT batches_import_has_a_label CHECK ((kind = 'import'::text) = (label IS NOT NULL AND snapshot_hash IS NOT NULL)),
    CONSTRAINT batches_kind_is_known CHECK (kind = ANY (ARRAY['import'::text, 'posts'::text, 'metrics'::text, 'reports'::text, 'runs'::text, 'watch_accounts'::text, 'embeddings'::text]))
);
CREATE UNIQUE INDEX batches_idempotency ON batches (ingest_key, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX batches_label_is_unique ON batches (label) WHERE label IS NOT NULL AND undone_at IS NULL;

-- The tables that an unfinished import has staged, so that the next run goes on there; empty when none is unfinished.
CREATE TABLE import_stages (
    -- The table of the archive that the rows are for.
    target text NOT NULL,
    -- SHA-256 of the snapshot, in hexadecimal.
    snapshot_hash text NOT NULL,
    -- Rows in the staging table, to notice that a crash of Postgres has emptied it.
    staged_rows bigint NOT NULL,
    -- What the rules made of the rows, with counts and examples.
    tally jsonb NOT NULL,
    -- Length of the file with the rejected rows of the table, in bytes.
    reject_bytes bigint NOT NULL,
    -- When the table was staged.
    staged_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT import_stages_pkey PRIMARY KEY (target)
);

-- The keys of what was written: a row for each write and kind, with up to a thousand keys, from the transaction of the write.
CREATE TABLE changes (
    -- The order in which writes asked for a number; not the order in which they were committed.
    id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    -- The order in which readers see changes; NULL until a reader has seen the row committed.
    position bigint,
    -- What the keys are keys of.
    kind text NOT NULL,
    -- The posts: keys of posts and reports, and the first part of the keys of metrics.
    status_ids text[] NOT NULL,
    -- The second part of the keys of metrics; NULL for other kinds.
    snapshot_types text[],
    -- The third part of the keys of metrics; NULL for other kinds.
    snapshot_times timestamptz[],
    -- A random number that the row got with its position, and that a cursor after it names; NULL for rows that were numbered before there
    -- were any.
    nonce integer,
    CONSTRAINT changes_pkey PRIMARY KEY (id),
    CONSTRAINT changes_have_keys CHECK (cardinality(status_ids) > 0),
    CONSTRAINT changes_kind_is_known CHECK (kind = ANY (ARRAY['post'::text, 'metrics'::text, 'report'::text])),
    CONSTRAINT changes_of_metrics_have_whole_keys CHECK (
CASE
    WHEN kind = 'metrics'::text THEN cardinality(snapshot_types) = cardinality(status_ids) AND cardinality(snapshot_times) = cardinality(status_ids)
    ELSE snapshot_types IS NULL AND snapshot_times IS NULL
END)
);
CREATE UNIQUE INDEX changes_in_order ON changes ("position") WHERE "position" IS NOT NULL;
CREATE INDEX changes_unseen ON changes (id) WHERE "position" IS NULL;

-- Keys of programs and tokens of syndication feeds. The secrets themselves are nowhere.
CREATE TABLE access_keys (
    -- The number that log lines and the audit name the key by.
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    -- The first letters of the key, by which its holder recognises it.
    prefix text NOT NULL,
    -- SHA-256 of the key. A key has 256 random bits, so that a slow hash would add nothing.
    digest bytea NOT NULL,
    -- Whose or what it is; several keys may have one name, as after a rotation.
    name text NOT NULL,
    -- What it may do: read, feed, ingest, ops.
    scopes text[] NOT NULL,
    -- The query of the one view that a feed token shows; NULL for keys.
    view text,
    -- The e-mail address of the reader whose feed token it is; NULL for keys of the operator.
    owner text,
    -- Who made it: a user of the command line, or a reader.
    created_by text NOT NULL,
    -- When it was made.
    created_at timestamptz NOT NULL DEFAULT now(),
    -- From when on it is refused; NULL for never.
    expires_at timestamptz,
    -- From when on it is refused, because somebody said so; the moment may lie ahead, after a rotation.
    revoked_at timestamptz,
    -- Who said so.
    revoked_by text,
    -- When it was last used, to the minute; NULL for never.
    last_used_at timestamptz,
    CONSTRAINT access_keys_pkey PRIMARY KEY (id),
    CONSTRAINT access_keys_digest_key UNIQUE (digest),
    CONSTRAINT access_keys_are_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT access_keys_digest_is_sha256 CHECK (octet_length(digest) = 32),
    CONSTRAINT access_keys_name_is_not_empty CHECK (name <> ''::text),
    CONSTRAINT access_keys_of_a_view_are_feed_tokens CHECK ((view IS NOT NULL) = (scopes = ARRAY['feed'::text]) AND (view IS NOT NULL OR ('feed'::text <> ALL (scopes)))),
    CONSTRAINT access_keys_scopes_are_known CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read'::text, 'feed'::text, 'ingest'::text, 'ops'::text])
);
CREATE INDEX access_keys_of_owner ON access_keys (owner) WHERE owner IS NOT NULL;
CREATE TRIGGER access_keys_raise_revision AFTER INSERT OR DELETE OR UPDATE OF digest, name, scopes, view, owner, expires_at, revoked_at ON access_keys FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();

-- Which sessions of readers are good no longer. A session itself is a cookie, and is stored nowhere.
CREATE TABLE ended_sessions (
    -- Whose sessions, in small letters; empty for everybody's.
    email text NOT NULL,
    -- Sessions that were opened before are refused.
    ended_before timestamptz NOT NULL,
    -- Who said so.
    ended_by text NOT NULL,
    CONSTRAINT ended_sessions_pkey PRIMARY KEY (email)
);
CREATE TRIGGER ended_sessions_raise_revision AFTER INSERT OR DELETE OR UPDATE ON ended_sessions FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();

-- A number that every change of keys and ended sessions raises, in its own transaction: servers read it often, and the rest when it has
-- changed.
CREATE TABLE access_revision (
    -- There is one row.
    singleton boolean NOT NULL DEFAULT true,
    -- The number.
    revision bigint NOT NULL,
    CONSTRAINT access_revision_pkey PRIMARY KEY (singleton),
    CONSTRAINT access_revision_is_one_row CHECK (singleton)
);

-- What was done to access and to the archive's contents by operators, and what was refused; rows are added and never changed.
CREATE TABLE audit_events (
    -- The order in which events asked for a number.
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    -- When it happened.
    at timestamptz NOT NULL DEFAULT now(),
    -- What happened, as a word with a dot: key.created, session.first_used, access.refused, posts.purged.
    action text NOT NULL,
    -- In whose name.
    principal text NOT NULL,
    -- What it happened to: a key, a handle, an e-mail address.
    subject text,
    -- The rest, as an object.
    details jsonb,
    CONSTRAINT audit_events_pkey PRIMARY KEY (id),
    CONSTRAINT audit_events_action_is_not_empty CHECK (action <> ''::text)
);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
CREATE TRIGGER audit_events_are_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

-- Authors whose posts ingest refuses, after they were purged.
CREATE TABLE blocked_handles (
    -- The author, as posts name him.
    handle text COLLATE "C" NOT NULL,
    -- Since when.
    blocked_at timestamptz NOT NULL DEFAULT now(),
    -- Who said so.
    blocked_by text NOT NULL,
    CONSTRAINT blocked_handles_pkey PRIMARY KEY (handle),
    CONSTRAINT blocked_handles_handle_is_normal CHECK (handle = lower(handle) AND handle <> ''::text AND handle = trimmed_handle(handle))
);

-- Posts that an operator erased for good: neither ingest nor an import takes them again. Nothing else is kept of them.
CREATE TABLE erased_posts (
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- Since when.
    erased_at timestamptz NOT NULL DEFAULT now(),
    -- Who said so.
    erased_by text NOT NULL,
    CONSTRAINT erased_posts_pkey PRIMARY KEY (status_id),
    CONSTRAINT erased_posts_status_id_is_not_empty CHECK (status_id <> ''::text)
);

-- Posts of which a collector told whether X still has them; no row for a post of which none did.
CREATE TABLE gone_posts (
    -- The post.
    status_id text COLLATE "C" NOT NULL,
    -- When it was found to be gone from X; NULL: it is there again.
    gone_at timestamptz,
    -- When that was observed: last_seen_at of the newest observation that told it.
    told_at timestamptz NOT NULL,
    -- The batch that told it.
    told_by bigint NOT NULL,
    CONSTRAINT gone_posts_pkey PRIMARY KEY (status_id),
    CONSTRAINT gone_posts_of_post FOREIGN KEY (status_id) REFERENCES posts(status_id) ON DELETE CASCADE
);

-- Which imports found rows that another import had brought, and left them as they were.
CREATE TABLE import_confirmations (
    -- The batch of the import that found them.
    import bigint NOT NULL,
    -- The batch of the import that had brought them.
    confirmed bigint NOT NULL,
    CONSTRAINT import_confirmations_pkey PRIMARY KEY (import, confirmed)
);
