"""The server is killed while collectors send: every batch is whole or not there, and sent again to the next server it is there once."""


from support.full_run import FULL
from support.load import Load, batch
from support.waiting import until_no_session


def test_a_killed_server_leaves_nothing_by_half(archive, serve):
    server = serve(archive)
    for run in range(20 if FULL else 2):
        with Load(server, writers=8, readers=1, name=f"run-{run}", may_die=True) as load:
            load.until_each_got(200)
            server.kill()
        until_no_session(archive)
        load.check(archive)
        server = serve(archive)
        for name in load.sent - load.acknowledged:
            server.client.send("posts", batch(name), Idempotency_Key=name)
            load.acknowledged.add(name)
        load.check(archive)
