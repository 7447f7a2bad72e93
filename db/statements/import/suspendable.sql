-- Snapshot: import.suspendable
SELECT removal, restoration FROM (
    SELECT CASE contype WHEN 'f' THEN 1 ELSE 2 END AS place, conname::TEXT AS name,
           format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS removal,
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS restoration
    FROM pg_constraint WHERE conrelid = 'post_metrics_snapshots'::regclass AND contype IN ('p', 'u', 'f')
    UNION ALL
    SELECT 3, indexrelid::regclass::TEXT, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid IN ('posts'::regclass, 'post_metrics_snapshots'::regclass)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
) AS parts ORDER BY place, name
