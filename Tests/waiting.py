"""Moments of the database that a test waits for."""

import time

from psql import sql

_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def until_done_or_held_up(address, *tasks):
    """Returns when each of `tasks`, which are futures, is done or has a session that waits for a lock."""
    while int(sql(address, _WAITING)) < sum(not task.done() for task in tasks):
        time.sleep(0.02)


def leave_circles_alone(address):
    """From the next connection on Postgres does not break circles of waiting sessions: they stay until a statement takes too long."""
    sql(address, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''1h''', current_database()); END $$")
