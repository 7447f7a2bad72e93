"""Posts with long texts, past everything that is under test."""

from support.psql import sql


def fill(address, posts):
    """So many posts of 4 KB: more than what lies between two programs has room for."""
    sql(address, f"""
        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at, body_text)
        SELECT 'id-' || n, 'https://x.com/ada/status/' || n, 'ada', moment, moment, repeat('word ', 800) || n
        FROM (SELECT n, TIMESTAMPTZ '2026-02-22' - n * INTERVAL '1 second' AS moment FROM generate_series(1, {posts}) AS n) AS posts""")
