-- Handles were stored with what stood behind their first @: another one, or a space. `@@quux` became `@quux`, which no filter finds.

-- A lower-case handle in its stored form: without the @s and the space before it, and the space behind it (White_Space of Unicode).
-- One expression and no FROM, so that Postgres puts it in the place of the call: a check of a row costs no call of a function.
CREATE FUNCTION trimmed_handle(handle TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT rtrim(
        ltrim(handle, E'@\uFF20\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000'),
        E'\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000')
$$;

-- The posts, told to whoever follows the changes. A handle of which nothing is left names nobody.
WITH mended AS (
    UPDATE posts SET author_handle = coalesce(nullif(trimmed_handle(author_handle), ''), 'unknown'), updated_at = now()
    WHERE author_handle <> trimmed_handle(author_handle)
    RETURNING status_id
)
INSERT INTO changes (kind, status_ids)
SELECT 'post', array_agg(status_id)
FROM (SELECT status_id, (row_number() OVER (ORDER BY status_id) - 1) / 1000 AS chunk FROM mended) AS numbered
GROUP BY chunk ORDER BY chunk;

-- The accounts. Where two become one, what was written last stays, as it does when they are sent one after the other; a note is not lost
-- to one without, and the account was added when the first of them was. Its batches are the first and the last of theirs.
WITH named AS (
    SELECT coalesce(nullif(trimmed_handle(handle), ''), 'unknown') AS name, * FROM watch_accounts
), merged AS (
    SELECT name, min(added_at) AS added_at, min(created_at) AS created_at, min(inserted_by) AS inserted_by,
           (array_agg(tier ORDER BY updated_at DESC, handle))[1] AS tier,
           (array_agg(note ORDER BY updated_at DESC, handle) FILTER (WHERE note IS NOT NULL))[1] AS note,
           nullif(max(coalesce(updated_by, inserted_by)), min(inserted_by)) AS updated_by
    FROM named GROUP BY name HAVING bool_or(handle <> name)
), removed AS (
    DELETE FROM watch_accounts USING named WHERE watch_accounts.handle = named.handle AND named.handle <> named.name
)
INSERT INTO watch_accounts (handle, tier, note, added_at, created_at, inserted_by, updated_by)
SELECT name, tier, note, added_at, created_at, inserted_by, updated_by FROM merged
ON CONFLICT (handle) DO UPDATE SET
    (tier, note, added_at, created_at, updated_at, inserted_by, updated_by) =
    (EXCLUDED.tier, EXCLUDED.note, EXCLUDED.added_at, EXCLUDED.created_at, now(), EXCLUDED.inserted_by, EXCLUDED.updated_by);

ALTER TABLE posts
    DROP CONSTRAINT posts_author_handle_is_normal,
    ADD CONSTRAINT posts_author_handle_is_normal
        CHECK (author_handle = lower(author_handle) AND author_handle <> '' AND author_handle = trimmed_handle(author_handle));
ALTER TABLE watch_accounts
    DROP CONSTRAINT watch_accounts_handle_is_normal,
    ADD CONSTRAINT watch_accounts_handle_is_normal
        CHECK (handle = lower(handle) AND handle <> '' AND handle = trimmed_handle(handle));

-- What an unfinished import has staged follows the rule of before; it is staged anew.
DELETE FROM import_stages;
