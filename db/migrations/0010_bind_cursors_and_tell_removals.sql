-- Cursors that a restored archive recognises as not its own, numbering without a right to change rows, and changes that tell of every removed
-- row, whoever removes it. docs/adr/0009-changes-numbered-when-seen.md says why it is so.

ALTER TABLE changes ADD COLUMN nonce INTEGER;
COMMENT ON COLUMN changes.nonce IS 'A random number that the row got with its position, and that a cursor after it names; NULL for rows that were numbered before there were any.';

-- Both functions run with the rights of the owner, the second one where a post takes along what hangs on it. So they name the schema: a table of
-- the same name in another one, as a caller may make it, is not taken for the archive's.
DO $do$
BEGIN
    EXECUTE format($create$
        CREATE FUNCTION number_changes() RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $$
        BEGIN
            -- One reader at a time; "changes" in ASCII. The statement after it sees what the last holder has committed.
            PERFORM pg_advisory_xact_lock(x'6368616e676573'::BIGINT);
            UPDATE changes SET position = numbered.position, nonce = floor(random() * 2147483648)::INTEGER
            FROM (SELECT id, (SELECT coalesce(max(position), 0) FROM changes) + row_number() OVER (ORDER BY id) AS position
                  FROM changes WHERE position IS NULL) AS numbered
            WHERE changes.id = numbered.id;
        END
        $$ $create$, current_schema());
    EXECUTE format($create$
        CREATE FUNCTION record_removal() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = %I, pg_temp AS $$
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
        $$ $create$, current_schema());
END
$do$;
COMMENT ON FUNCTION number_changes() IS 'Gives all changes that are committed by now, and have none, the next positions; held to its transaction.';
REVOKE EXECUTE ON FUNCTION number_changes() FROM PUBLIC;
COMMENT ON FUNCTION record_removal() IS 'Records removed rows as changes, a thousand keys a row, whoever removes them.';
CREATE TRIGGER posts_record_removal AFTER DELETE ON posts
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();
CREATE TRIGGER post_metrics_snapshots_record_removal AFTER DELETE ON post_metrics_snapshots
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();
CREATE TRIGGER reports_record_removal AFTER DELETE ON reports
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION record_removal();
