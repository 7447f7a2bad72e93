-- Who may do what, and what was done in whose name. docs/security.md says what each of it is for.

CREATE TABLE access_keys (
    id           BIGINT      GENERATED ALWAYS AS IDENTITY CONSTRAINT access_keys_pkey PRIMARY KEY,
    prefix       TEXT        NOT NULL,
    digest       BYTEA       NOT NULL CONSTRAINT access_keys_digest_key UNIQUE,
    name         TEXT        NOT NULL,
    scopes       TEXT[]      NOT NULL,
    view         TEXT,
    owner        TEXT,
    created_by   TEXT        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    expires_at   TIMESTAMPTZ,
    revoked_at   TIMESTAMPTZ,
    revoked_by   TEXT,
    last_used_at TIMESTAMPTZ,
    CONSTRAINT access_keys_digest_is_sha256 CHECK (octet_length(digest) = 32),
    CONSTRAINT access_keys_name_is_not_empty CHECK (name <> ''),
    CONSTRAINT access_keys_scopes_are_known CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'feed', 'ingest', 'ops']),
    CONSTRAINT access_keys_of_a_view_are_feed_tokens CHECK ((view IS NOT NULL) = (scopes = ARRAY['feed']) AND (view IS NOT NULL OR 'feed' <> ALL (scopes))),
    CONSTRAINT access_keys_are_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
COMMENT ON TABLE access_keys IS 'Keys of programs and tokens of syndication feeds. The secrets themselves are nowhere.';
COMMENT ON COLUMN access_keys.id IS 'The number that log lines and the audit name the key by.';
COMMENT ON COLUMN access_keys.prefix IS 'The first letters of the key, by which its holder recognises it.';
COMMENT ON COLUMN access_keys.digest IS 'SHA-256 of the key. A key has 256 random bits, so that a slow hash would add nothing.';
COMMENT ON COLUMN access_keys.name IS 'Whose or what it is; several keys may have one name, as after a rotation.';
COMMENT ON COLUMN access_keys.scopes IS 'What it may do: read, feed, ingest, ops.';
COMMENT ON COLUMN access_keys.view IS 'The query of the one view that a feed token shows; NULL for keys.';
COMMENT ON COLUMN access_keys.owner IS 'The e-mail address of the reader whose feed token it is; NULL for keys of the operator.';
COMMENT ON COLUMN access_keys.created_by IS 'Who made it: a user of the command line, or a reader.';
COMMENT ON COLUMN access_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN access_keys.expires_at IS 'From when on it is refused; NULL for never.';
COMMENT ON COLUMN access_keys.revoked_at IS 'From when on it is refused, because somebody said so; the moment may lie ahead, after a rotation.';
COMMENT ON COLUMN access_keys.revoked_by IS 'Who said so.';
COMMENT ON COLUMN access_keys.last_used_at IS 'When it was last used, to the minute; NULL for never.';
CREATE INDEX access_keys_of_owner ON access_keys (owner) WHERE owner IS NOT NULL;

CREATE TABLE ended_sessions (
    email        TEXT        CONSTRAINT ended_sessions_pkey PRIMARY KEY,
    ended_before TIMESTAMPTZ NOT NULL,
    ended_by     TEXT        NOT NULL
);
COMMENT ON TABLE ended_sessions IS 'Which sessions of readers are good no longer. A session itself is a cookie, and is stored nowhere.';
COMMENT ON COLUMN ended_sessions.email IS 'Whose sessions, in small letters; empty for everybody''s.';
COMMENT ON COLUMN ended_sessions.ended_before IS 'Sessions that were opened before are refused.';
COMMENT ON COLUMN ended_sessions.ended_by IS 'Who said so.';

CREATE TABLE access_revision (
    singleton BOOLEAN DEFAULT true CONSTRAINT access_revision_pkey PRIMARY KEY CONSTRAINT access_revision_is_one_row CHECK (singleton),
    revision  BIGINT  NOT NULL
);
COMMENT ON TABLE access_revision IS 'A number that every change of keys and ended sessions raises, in its own transaction: servers read it often, and the rest when it has changed.';
COMMENT ON COLUMN access_revision.singleton IS 'There is one row.';
COMMENT ON COLUMN access_revision.revision IS 'The number.';
INSERT INTO access_revision (revision) VALUES (1);

CREATE FUNCTION raise_access_revision() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE access_revision SET revision = revision + 1;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION raise_access_revision() IS 'Tells servers that keys or ended sessions have changed; the row is locked, so that numbers are seen in their order.';
CREATE TRIGGER access_keys_raise_revision AFTER INSERT OR DELETE OR UPDATE OF digest, name, scopes, view, owner, expires_at, revoked_at ON access_keys
    FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
CREATE TRIGGER ended_sessions_raise_revision AFTER INSERT OR DELETE OR UPDATE ON ended_sessions
    FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();

CREATE TABLE audit_events (
    id        BIGINT      GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_events_pkey PRIMARY KEY,
    at        TIMESTAMPTZ NOT NULL DEFAULT now(),
    action    TEXT        NOT NULL,
    principal TEXT        NOT NULL,
    subject   TEXT,
    details   JSONB,
    CONSTRAINT audit_events_action_is_not_empty CHECK (action <> '')
);
COMMENT ON TABLE audit_events IS 'What was done to access and to the archive''s contents by operators, and what was refused; rows are added and never changed.';
COMMENT ON COLUMN audit_events.id IS 'The order in which events asked for a number.';
COMMENT ON COLUMN audit_events.at IS 'When it happened.';
COMMENT ON COLUMN audit_events.action IS 'What happened, as a word with a dot: key.created, session.first_used, access.refused, posts.purged.';
COMMENT ON COLUMN audit_events.principal IS 'In whose name.';
COMMENT ON COLUMN audit_events.subject IS 'What it happened to: a key, a handle, an e-mail address.';
COMMENT ON COLUMN audit_events.details IS 'The rest, as an object.';
CREATE INDEX audit_events_by_time ON audit_events (at, id);

CREATE FUNCTION refuse_change_of_audit() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION refuse_change_of_audit() IS 'Keeps the audit append-only, for its owner too.';
CREATE TRIGGER audit_events_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE TABLE blocked_handles (
    handle     TEXT COLLATE "C" CONSTRAINT blocked_handles_pkey PRIMARY KEY,
    blocked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    blocked_by TEXT        NOT NULL,
    CONSTRAINT blocked_handles_handle_is_normal CHECK (handle = lower(handle) AND handle <> '' AND handle = trimmed_handle(handle))
);
COMMENT ON TABLE blocked_handles IS 'Authors whose posts ingest refuses, after they were purged.';
COMMENT ON COLUMN blocked_handles.handle IS 'The author, as posts name him.';
COMMENT ON COLUMN blocked_handles.blocked_at IS 'Since when.';
COMMENT ON COLUMN blocked_handles.blocked_by IS 'Who said so.';

ALTER TABLE batches ADD COLUMN blocked INTEGER;
COMMENT ON COLUMN batches.blocked IS 'Posts of blocked authors, of which nothing was stored; NULL for imports and for batches of before.';
