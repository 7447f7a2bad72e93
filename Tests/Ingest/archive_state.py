"""What the archive says, past the API: contents that may be compared, and what has to hold whatever was sent."""

import json

from support.psql import sql

# Left out: what tells when, how often and by which batch a row was written, and random keys.
BOOKKEEPING = ("id", "created_at", "updated_at", "inserted_by", "updated_by", "seen_by", "set_by")
COMPARED = ("posts", "post_metrics_snapshots", "reports")
TABLES = COMPARED + ("pipeline_runs", "watch_accounts", "embeddings", "batches", "earlier_texts", "changes", "gone_posts")

_COUNTERS = """(VALUES ('likes', 1, {0}.likes), ('reposts', 2, {0}.reposts), ('replies', 4, {0}.replies), ('views', 8, {0}.views))
    AS c (name, bit, value)"""

# A counter of a post is that of the newest snapshot that observed it, and the greatest of those at that time.
_FEED_AND_HISTORY = f"""
    SELECT format('post %s: %s is %s, history says %s', p.status_id, c.name, c.value, newest.value)
    FROM posts AS p CROSS JOIN LATERAL {_COUNTERS.format("p")} LEFT JOIN LATERAL (
        SELECT n.value FROM post_metrics_snapshots AS s CROSS JOIN LATERAL {_COUNTERS.format("s").replace("AS c", "AS n")}
        WHERE s.status_id = p.status_id AND n.name = c.name AND coalesce(s.observed, 15) & n.bit <> 0
        ORDER BY s.snapshot_at DESC, n.value DESC LIMIT 1) AS newest ON true
    WHERE c.value IS DISTINCT FROM coalesce(newest.value, 0)"""

# A counter that a snapshot did not observe is that of the newest earlier one that did.
_GAPS = f"""
    SELECT format('snapshot %s %s %s: %s is %s, should be %s', g.status_id, g.snapshot_type, g.snapshot_at, c.name, c.value, earlier.value)
    FROM post_metrics_snapshots AS g CROSS JOIN LATERAL {_COUNTERS.format("g")} LEFT JOIN LATERAL (
        SELECT n.value FROM post_metrics_snapshots AS s CROSS JOIN LATERAL {_COUNTERS.format("s").replace("AS c", "AS n")}
        WHERE s.status_id = g.status_id AND n.name = c.name AND coalesce(s.observed, 15) & n.bit <> 0
          AND (s.snapshot_at, s.snapshot_type COLLATE "C") < (g.snapshot_at, g.snapshot_type COLLATE "C")
        ORDER BY s.snapshot_at DESC, s.snapshot_type COLLATE "C" DESC LIMIT 1) AS earlier ON true
    WHERE coalesce(g.observed, 15) & c.bit = 0 AND c.value IS DISTINCT FROM coalesce(earlier.value, 0)"""


def contents(address, tables=COMPARED, with_gaps=True):
    """The rows of each table, in one order; and nothing that contradicts itself."""
    faults = f"{_FEED_AND_HISTORY} UNION ALL {_GAPS}" if with_gaps else _FEED_AND_HISTORY
    broken = f"SELECT coalesce(json_agg(b), '[]') FROM ({faults}) AS x (b)"
    row = " - ".join(["to_jsonb(r)"] + [f"'{name}'" for name in BOOKKEEPING])
    found = [f"""SELECT coalesce(jsonb_agg(x ORDER BY x::TEXT COLLATE "C"), '[]') FROM (SELECT {row} AS x FROM {name} AS r) AS rows"""
             for name in tables]
    queries = ", ".join(f"({query})" for query in [broken, *found])
    broken, *rows = json.loads(sql(address, f"SELECT json_build_array({queries})"))
    assert broken == [], broken
    return dict(zip(tables, rows))


def versions(address, tables=TABLES):
    """Which version of which row is where: a table that was not written has the same."""
    version = "md5(coalesce(string_agg(format('%s %s', ctid, xmin), ',' ORDER BY ctid), ''))"
    queries = ", ".join(f"(SELECT {version} FROM {name})" for name in tables)
    return dict(zip(tables, json.loads(sql(address, f"SELECT json_build_array({queries})"))))


def empty(address):
    sql(address, f"TRUNCATE {', '.join(TABLES)}")
