"""Eight writers send everything there is about the same few posts, in opposite orders, and nobody is ever in another's way for good."""

import random

import random_batches
from archive_state import contents
from support.full_run import FULL
from support.ingest_server import Client
from support.psql import sql
from test_order import deadlocks, in_threads

WRITERS = 8
AUTHORS = ("ada", "bert")
KINDS = ("posts", "posts", "metrics", "reports", "embeddings", "watch_accounts", "runs")


def batch(chance, kind, known):
    if kind == "embeddings":
        return [{"status_id": status_id, "backend": chance.choice("ab"), "model": "m", "vector": [chance.random()], "dims": 1, "text_hash": "h",
                 "updated_at": random_batches.moment(chance.randrange(12))} for status_id in known]
    if kind == "watch_accounts":
        return [{"handle": handle, "tier": chance.choice(("teammate", "influencer")), "added_at": random_batches.moment(1)}
                for handle in chance.sample(AUTHORS, 2)]
    if kind == "runs":
        return {"run_at": random_batches.moment(chance.randrange(12)), "mode": "manual", "fetched_count": chance.randrange(9)}
    return random_batches.MAKERS[kind](chance, known, 20)


def test_no_batch_of_any_kind_fails_beside_the_others(server):
    known = random_batches.ids(12)
    server.client.send("posts", [random_batches.post(random.Random(1), status_id, carried=1, cleared=0) for status_id in known])

    def write(writer):
        chance, client = random.Random(writer), Client(server.address)
        for number in range(400 if FULL else 12):
            kind = chance.choice(KINDS)
            # Half of the writers meet the other half.
            order = known if writer % 2 else known[::-1]
            query = "?retier=true" if kind == "watch_accounts" else ""
            client.send(kind, batch(chance, kind, order), query, Idempotency_Key=f"{writer}-{number}")

    in_threads(WRITERS, write)
    sent = WRITERS * (400 if FULL else 12)
    assert sql(server.database, "SELECT count(*) FROM batches WHERE idempotency_key IS NOT NULL") == str(sent)
    assert deadlocks(server.database) == 0
    contents(server.database)
