"""A post is removed while something refers to it: the batch looks again, a few times."""

import pytest

from random_batches import moment as at
from support.waiting import failing, failures

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(0), "last_seen_at": at(1)}
ITEMS = {
    "reports": {"status_id": "7", "reported_at": at(2)},
    "metrics": {"status_id": "7", "snapshot_type": "refresh_24h", "snapshot_at": at(2), "likes": 4, "reposts": 4, "replies": 4, "views": 4},
    "embeddings": {"status_id": "7", "backend": "b", "model": "m", "vector": [1], "text_hash": "h", "updated_at": at(2)},
}
TABLES = {"reports": "reports", "metrics": "post_metrics_snapshots", "embeddings": "embeddings"}


@pytest.mark.parametrize("kind", ITEMS)
def test_it_is_looked_for_again(serve, another_archive, kind):
    address = another_archive()
    server = serve(address)
    server.client.send("posts", [POST])
    failing(address, "INSERT", TABLES[kind], "23503", times=2)
    assert server.client.send(kind, [ITEMS[kind]])["items"] == ["inserted"]
    assert failures(address) == 3


@pytest.mark.parametrize("kind", ITEMS)
def test_but_not_for_ever_and_then_it_is_the_callers_to_send_again(serve, another_archive, kind):
    address = another_archive()
    server = serve(address)
    server.client.send("posts", [POST])
    failing(address, "INSERT", TABLES[kind], "23503")
    answer = server.client.post(kind, [ITEMS[kind]])
    assert (answer.status, answer.json["code"]) == (503, "unavailable") and "retry-after" in answer.headers
