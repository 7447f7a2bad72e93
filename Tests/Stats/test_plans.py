"""What counts posts never reads their table as a whole."""

import pytest

from support.psql import sql

# In no order of the table, so that to read a range of the feed by its index is not cheap.
SEED = """
    INSERT INTO posts (status_id, url, author_handle, watch_tier, is_significant, body_text, discovered_at, last_seen_at)
    SELECT 2025000000000000000 + n, 'https://x.example/' || n, 'author' || n % 50, CASE WHEN n % 3 = 0 THEN 'influencer' END, n % 20 = 0,
           repeat('words of post ' || n || ' ', 20), moment, moment
    FROM generate_series(1, 50000) AS n CROSS JOIN LATERAL (SELECT '2026-01-01'::TIMESTAMPTZ + n * INTERVAL '1 minute' AS moment) AS m
    ORDER BY hashint4(n);
    INSERT INTO reports (status_id, reported_at) SELECT status_id, discovered_at FROM posts WHERE status_id::BIGINT % 10 = 0;
    INSERT INTO watch_accounts (handle, tier, added_at) SELECT 'author' || n, 'influencer', now() FROM generate_series(0, 9) AS n;
"""


def whole_reads(archive):
    return int(sql(archive, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'posts'"))


@pytest.mark.parametrize("paths", [
    ["/v1/facets", "/v1/facets?handle=author7", "/v1/facets?significant=true&reported=true", "/v1/facets?q=post%20123", "/v1/facets?q=s"],
    ["/v1/stats/timeline", "/v1/stats/timeline?tier=none&since=2026-01-01&bucket=day", "/v1/stats/timeline?bucket=hour&q=words"],
    ["/v1/stats/summary", "/v1/watch-accounts", "/v1/freshness"],
], ids=("facets", "timeline", "counts"))
def test_posts_are_never_read_as_a_whole(serve, archive, paths):
    sql(archive, SEED)
    sql(archive, "VACUUM ANALYZE posts")
    before = whole_reads(archive)
    server = serve()
    for path in paths:
        server.get(path)
    # A session that ends leaves its numbers.
    server.stop()
    assert whole_reads(archive) == before
