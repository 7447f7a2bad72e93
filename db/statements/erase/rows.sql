-- Store: erase.rows
-- $1 text[]
WITH held AS MATERIALIZED (SELECT status_id FROM posts WHERE status_id = ANY($1))
SELECT (SELECT count(*) FROM posts JOIN held USING (status_id)),
    (SELECT count(*) FROM post_metrics_snapshots JOIN held USING (status_id)),
    (SELECT count(*) FROM earlier_texts JOIN held USING (status_id)),
    (SELECT count(*) FROM reports JOIN held USING (status_id)),
    (SELECT count(*) FROM embeddings JOIN held USING (status_id))
