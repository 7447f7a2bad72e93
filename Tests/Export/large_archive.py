"""An archive whose views are long, and one view of it that is searched for long."""

from urllib.parse import quote

from support.full_run import FULL
from support.psql import sql

LONG, SHORT = 60_000 if FULL else 12_000, 12_000

# No index knows texts of signs alone, and each of the long texts nearly has this one at every place.
SEARCHED_FOR_LONG = "q=" + quote("!" * 1_000 + "?")


def fill(address):
    """The newest posts are short, so that a page of them is found at once; the others have 2,000 and 8,000 bytes."""
    columns = "status_id, url, author_handle, discovered_at, last_seen_at, body_text"
    for count, first, text in ((SHORT, 0, "'short'"), (LONG, SHORT, "repeat('word ', 400) || n"), (LONG, SHORT + LONG, "repeat('!', 8000)")):
        sql(address, f"""
            INSERT INTO posts ({columns}) SELECT 'id-' || n, 'https://x.com/ada/status/' || n, 'ada', moment, moment, {text}
            FROM (SELECT n, TIMESTAMPTZ '2026-02-22' - n * INTERVAL '1 second' AS moment
                  FROM generate_series({first}, {first + count - 1}) AS n) AS posts""")
    sql(address, "VACUUM ANALYZE posts")


def downloads(address, state=None):
    """The backends that read a whole view, and are in this state."""
    condition = f" AND {state}" if state else ""
    return sql(address, f"""
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND application_name = 'xmonitor' AND state = 'active' AND query LIKE '%posts AS p%'
          AND query NOT LIKE '%LIMIT%'{condition}""").split()
