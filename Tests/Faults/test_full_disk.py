"""The disk of Postgres is full while a collector sends: it is told so, what was acknowledged is there, and it goes on when there is room.

A limit on the size of files stands for the full disk, as in Tests/Snapshot/test_disk_full.py.
"""

import random

from support.load import SIZE, batch
from support.psql import sql
from support.waiting import until

# Not a whole number of pages: of the last one a part can be written, by which Postgres knows that the disk is full.
LIMIT = (1 << 20) + 4_096


def test_a_collector_is_told_of_a_full_disk_and_goes_on_when_there_is_room(postgres, private_archive, serve):
    postgres.limit_files(LIMIT)
    client, chance, taken = serve(private_archive).client, random.Random(1), 0

    def send(number):
        # Few trigrams, so that it is not the index of the search that grows.
        items = [item | {"body_text": "".join(chance.choices("ab", k=60_000))} for item in batch(f"full-{number}")]
        return client.post("posts", items, Idempotency_Key=f"full-{number}")

    while (answer := send(taken)).status == 200:
        taken += 1
    assert taken, f"it was full from the beginning: {answer.bytes}"
    assert (answer.status, answer.json["code"]) == (503, "unavailable") and answer.headers["retry-after"], answer.bytes
    # Whoever reads does not notice, and there is nothing by half.
    assert client.get("/v1/feed").status == 200
    assert sql(private_archive, "SELECT count(*) FROM posts") == str(SIZE * taken)
    postgres.limit_files("unlimited")
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'xmonitor'")

    def is_taken():
        answer = send(taken)
        assert answer.status in (200, 503), answer.bytes
        return answer.status == 200

    until(is_taken)
    assert sql(private_archive, "SELECT count(*) FROM posts") == str(SIZE * (taken + 1))
