-- Store: changes.some
-- $1 int8, $2 int8, $3 int8, $4 int8, $5 int8, $6 int8
SELECT c.kind, k.status_id, k.snapshot_type, k.snapshot_at, c.position, c.nonce::BIGINT, k.place, k.place = c.size
FROM (SELECT *, cardinality(status_ids) AS size FROM changes WHERE position >= $1 AND position < $2
      ORDER BY position LIMIT $3) AS c,
     unnest(c.status_ids, c.snapshot_types, c.snapshot_times) WITH ORDINALITY AS k (status_id, snapshot_type, snapshot_at, place)
WHERE c.position > $4 OR k.place > $5
ORDER BY c.position, k.place LIMIT $6
