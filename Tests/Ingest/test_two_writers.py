"""Two batches of the same post, one of which is about to commit while the other is written: neither misses the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from archive_state import contents
from random_batches import moment as at
from support.ingest_server import Client
from support.waiting import until_done_or_held_up

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(0)}
# The archive has newer news of all of it: these leave their history, and do not touch the post.
NEWEST = ("posts", [POST | {"last_seen_at": at(9), "likes": 9, "reposts": 9, "replies": 9, "views": 9}])
PARTIAL = ("posts", [POST | {"last_seen_at": at(5), "likes": 5}])
OLDER = ("posts", [POST | {"last_seen_at": at(3), "likes": 3, "reposts": 3, "replies": 3, "views": 3}])
OLDER_STILL = ("posts", [POST | {"last_seen_at": at(2), "likes": 2, "reposts": 2, "replies": 2, "views": 2}])
METRICS = ("metrics", [{"status_id": "7", "snapshot_type": "refresh_24h", "snapshot_at": at(4), "likes": 4, "reposts": 4, "replies": 4, "views": 4}])


@pytest.mark.parametrize("before, first, second", [
    ([NEWEST], PARTIAL, OLDER), ([NEWEST], OLDER, PARTIAL), ([NEWEST], PARTIAL, METRICS), ([NEWEST], METRICS, PARTIAL),
    ([NEWEST, PARTIAL], OLDER, OLDER_STILL), ([NEWEST, PARTIAL], OLDER_STILL, OLDER), ([NEWEST, PARTIAL], METRICS, OLDER),
    ([NEWEST, PARTIAL], OLDER, METRICS)], ids=range(8))
def test_neither_misses_the_other(proxied, before, first, second):
    server, proxy, address = proxied
    for kind, items in before:
        server.client.send(kind, items)
    # How many requests the first batch takes is seen from a rehearsal, which ends with a rollback in place of the commit.
    proxy.arm()
    server.client.send(*first, "?dry_run=true")
    commit = proxy.requests + 1  # its receipt
    proxy.arm(commit, "held")
    with ThreadPoolExecutor() as threads:
        one = threads.submit(Client(server.address).send, *first)
        assert proxy.struck.wait(60)
        other = threads.submit(Client(server.address).send, *second)
        until_done_or_held_up(address, other)
        proxy.release.set()
        assert one.result(60)["updated"] or one.result()["inserted"]
        assert other.result(60)["updated"] or other.result()["inserted"]
    contents(address)
