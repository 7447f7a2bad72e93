"""An import for which Postgres finds no room leaves the archive as it was, and the next run completes it.

A limit on the size of files stands for the full disk, because it needs no right to mount one: Postgres takes a write that is
refused for either reason in the same way, be it of a table, an index or its log.
"""

from broken_off import moments, said_clearly
from support.full_run import FULL
from support.psql import sql


def test_the_disk_of_postgres_is_full(private_stage):
    stage, server = private_stage
    stage.undisturbed()
    largest, codes = [largest_file(stage, turn) for turn in range(2)], set()
    for turn, share in enumerate(moments(20 if FULL else 2, 1, seed=3)):
        with stage.archive(turn) as address:
            server.sql("CHECKPOINT")
            server.limit_files(int(share * largest[turn % 2]))
            said_clearly(running := stage.start())
            codes.add(running.returncode)
            # A new Postgres has no limit.
            server.kill(with_backends=True)
            server.start()
            stage.is_whole(address)
            stage.completes(address)
    assert 2 in codes, "the disk was never full"


def largest_file(stage, turn):
    """The bytes of the largest file after an import."""
    with stage.archive(turn) as address:
        stage.start().communicate(timeout=600)
        return int(sql(address, "SELECT max(pg_relation_size(oid)) FROM pg_class"))
