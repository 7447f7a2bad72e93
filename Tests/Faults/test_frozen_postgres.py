"""Postgres stands still, and its connections with it: everybody is told so in time, and when it goes on all is well by itself."""

import os

from support.full_run import FULL
from support.ingest_server import Client
from support.load import Load


def descriptors(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def test_a_frozen_postgres_is_told_and_nothing_is_lost(postgres, hurried):
    clients, most = 5, []
    with Load(hurried, writers=3, readers=clients - 3) as load:
        load.until_each_got(200)
        before = descriptors(hurried.process)
        for _ in range(5 if FULL else 1):
            with postgres.frozen():
                load.until_each_got(503)
                # Who asks whether the server lives is not told that Postgres does not.
                assert Client(hurried.address).get("/health/live").status == 200
                assert Client(hurried.address).get("/health/ready").status == 503
                most.append(descriptors(hurried.process))
            load.until_each_got(200, times=5)
    load.check(hurried.database)
    # Each of the 2 × 4 connections of the pools may be one that is given up, one that cancels it, and one that is made in its place.
    assert max(most) <= before + 3 * 8, (before, most)
    assert descriptors(hurried.process) <= before + 8


def test_who_waits_for_a_frozen_postgres_does_not_keep_the_server_from_ending(postgres, hurried):
    with postgres.frozen(), Load(hurried, may_die=True) as load:
        load.until_each_got(503)
        hurried.stop()
