"""The server is killed while collectors send: every batch is whole or not there, and sent again to the next server it is there once."""

import time

from support.full_run import FULL
from support.load import Load, batch
from support.psql import sql

SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database()"


def test_a_killed_server_leaves_nothing_by_half(archive, serve):
    server = serve(archive)
    for run in range(20 if FULL else 2):
        with Load(server, writers=8, readers=1, name=f"run-{run}", may_die=True) as load:
            load.until_each_got(200)
            server.kill()
        # Its sessions may outlive it by the statement under way.
        while sql(archive, SESSIONS) != "0":
            time.sleep(0.02)
        load.check(archive)
        server = serve(archive)
        for name in load.sent - load.acknowledged:
            server.client.send("posts", batch(name), Idempotency_Key=name)
            load.acknowledged.add(name)
        load.check(archive)
