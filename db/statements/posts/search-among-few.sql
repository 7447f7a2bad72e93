-- Store: posts.search-among-few
-- $1 text, $2 text, $3 int8, $4 text
WITH found AS MATERIALIZED (
    SELECT p.status_id, p.views AS rank FROM (SELECT p.* FROM posts AS p WHERE (lower(p.body_text COLLATE "und-x-icu") LIKE lower($1 COLLATE "und-x-icu") OR p.author_handle LIKE (lower($2 COLLATE "und-x-icu") COLLATE "C")) OFFSET 0) AS p WHERE (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) IS NOT NULL AND true
), nearest AS MATERIALIZED (
    SELECT * FROM found WHERE (rank, status_id) < ($3, $4) ORDER BY rank DESC, status_id DESC LIMIT 101
)
SELECT p.status_id, p.discovered_at, p.author_handle, CASE WHEN octet_length(p.author_display) <= 4096 THEN p.author_display END AS author_display, p.watch_tier,
    CASE WHEN octet_length(p.body_text) <= 4096 THEN p.body_text END AS body_text,
    CASE WHEN octet_length(p.url) <= 4096 THEN p.url END AS url, p.is_significant,
    CASE WHEN octet_length(p.significance_reason) <= 4096 THEN p.significance_reason END AS significance_reason,
    CASE WHEN octet_length(p.source_query) <= 4096 THEN p.source_query END AS source_query,
    p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at,
    (SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id) AS gone_at,
    greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) > 4096 AS is_long FROM nearest JOIN posts AS p USING (status_id)
ORDER BY nearest.rank DESC, p.status_id DESC
