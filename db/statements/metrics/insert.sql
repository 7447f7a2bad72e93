-- Store: metrics.insert
-- $1 int8, $2 text[], $3 text[], $4 timestamptz[], $5 int8[], $6 int8[], $7 int8[], $8 int8[], $9 text[], $10 int8[]
WITH batch (id) AS (SELECT $1)
INSERT INTO post_metrics_snapshots (id, status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, inserted_by)
SELECT ((SELECT lpad(to_hex((SELECT id FROM batch)), 12, '0')) || '80008' || lpad(to_hex(item), 15, '0'))::UUID, status_id, snapshot_type, snapshot_at,
       likes, reposts, replies, views, source, observed::SMALLINT, (SELECT id FROM batch)
FROM unnest(
        $2, $3, $4,
        $5, $6,
        $7, $8,
        $9, $10) WITH ORDINALITY
        AS news (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, item)
