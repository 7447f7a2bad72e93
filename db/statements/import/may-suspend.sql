-- Snapshot: import.may-suspend
SELECT NOT EXISTS (SELECT FROM posts) AND NOT EXISTS (SELECT FROM post_metrics_snapshots)
   AND (SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid IN ('posts'::regclass, 'post_metrics_snapshots'::regclass))
