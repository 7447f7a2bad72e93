"""Postgres takes the connections away in every way it can, under load: nobody gets more than a 503, and nothing is lost."""

import os
import signal

from support.full_run import FULL
from support.load import Load

OURS = "application_name = 'xmonitor' AND backend_type = 'client backend'"


def ended_by_the_administrator(postgres):
    postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")


def one_killed(postgres):
    """Postgres ends all the others too, and recovers."""
    backend = postgres.sql(f"SELECT pid FROM pg_stat_activity WHERE {OURS} LIMIT 1")
    os.kill(int(backend), signal.SIGKILL)
    postgres.recover()


def restarted_at_once(postgres):
    postgres.halt("immediate")
    postgres.start()


def restarted_in_order(postgres):
    postgres.halt("fast")
    postgres.start()


def test_no_way_of_losing_connections_is_more_than_a_503(postgres, hurried):
    with Load(hurried) as load:
        for lose in [ended_by_the_administrator, one_killed, restarted_at_once, restarted_in_order] * (4 if FULL else 1):
            load.until_each_got(200)
            lose(postgres)
            load.until_each_got(200, times=5)
    load.check(hurried.database)
