-- Store: erase.rows-of-held
-- $1 text[]
WITH held AS MATERIALIZED (SELECT * FROM unnest($1) AS held (status_id))
SELECT (SELECT count(*) FROM posts JOIN held USING (status_id)),
    (SELECT count(*) FROM post_metrics_snapshots JOIN held USING (status_id)),
    (SELECT count(*) FROM earlier_texts JOIN held USING (status_id)),
    (SELECT count(*) FROM reports JOIN held USING (status_id)),
    (SELECT count(*) FROM embeddings JOIN held USING (status_id))
