"""Waiting for a condition, and the moments of the database that a test waits for."""

import subprocess
import time
from contextlib import contextmanager

from support.output import line_with
from support.psql import sql

_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
_SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database()"


def until(condition, patience=120, otherwise="it never came to be", pause=0.02):
    """Returns what `condition()` returned once that is true. After `patience` seconds the test fails with `otherwise`, a text or what makes one."""
    end = time.monotonic() + patience
    while not (result := condition()):
        assert time.monotonic() < end, otherwise() if callable(otherwise) else otherwise
        time.sleep(pause)
    return result


def until_locked(address, count):
    """Returns when so many sessions wait for a lock."""
    until(lambda: int(sql(address, _WAITING)) >= count)


def until_no_session(address):
    """Returns when the program has no session any more: it may outlive a killed program by the statement under way."""
    until(lambda: sql(address, _SESSIONS) == "0")


def until_done_or_held_up(address, *tasks):
    """Returns when each of `tasks`, which are futures, is done or has a session that waits for a lock."""
    until(lambda: int(sql(address, _WAITING)) >= sum(not task.done() for task in tasks))


def leave_circles_alone(address):
    """From the next connection on Postgres does not break circles of waiting sessions: they stay until a statement takes too long."""
    sql(address, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''1h''', current_database()); END $$")


@contextmanager
def holding(address, statements):
    """A session of its own in a transaction that has run `statements`; it commits when the block ends."""
    session = subprocess.Popen(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        session.stdin.write(f"BEGIN;\n{statements};\n\\echo held\n")
        session.stdin.flush()
        line_with("held", session)
        yield
        session.stdin.write("COMMIT;\n")
    finally:
        session.stdin.close()
        session.stdout.close()
        assert session.wait(60) == 0


def failing(address, when, table, state, times=None):
    """The first statements that insert or delete a row of `table` fail with a SQLSTATE, all of them when `times` is None; a sequence counts
    them, because what is rolled back does not take it back."""
    sql(address, f"""
        CREATE SEQUENCE failures; CREATE FUNCTION fail() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            IF {"true" if times is None else f"nextval('failures') <= {times}"} THEN
                RAISE EXCEPTION 'so the test wants it' USING ERRCODE = '{state}';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER fails AFTER {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION fail()""")


def failures(address):
    return int(sql(address, "SELECT last_value FROM failures"))
