"""Writers that meet in the middle of their batches never wait for each other in a circle."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive_state import contents, empty
from random_batches import moment as at
from support.full_run import FULL
from support.ingest_server import Client
from support.waiting import until_done_or_held_up

# In the order of bytes A1, C1, D1, b1; in that of a language A1, b1, C1, D1.
NEW, KNOWN = ["A1", "D1"], ["b1", "C1"]


def post(status_id, minute, **fields):
    return {"status_id": status_id, "url": f"https://x.com/ada/status/{status_id}", "author_handle": "ada", "discovered_at": at(0),
            "last_seen_at": at(minute)} | fields


def batches(minute):
    """A batch of each kind that touches all posts, the last first, and brings news of each."""
    ids = (KNOWN + NEW)[::-1]
    counters = dict.fromkeys(("likes", "reposts", "replies", "views"), minute)
    return {
        "posts": ("posts", [post(status_id, minute, body_text=f"{minute}") for status_id in ids], ""),
        "posts with history": ("posts", [post(status_id, minute, likes=minute) for status_id in ids], ""),
        "metrics": ("metrics", [{"status_id": status_id, "snapshot_type": "latest_observed", "snapshot_at": at(minute)} | counters
                                for status_id in ids], ""),
        "reports": ("reports", [{"status_id": status_id, "reported_at": at(minute)} for status_id in ids], ""),
        "retier": ("watch_accounts", [{"handle": "ada", "tier": ("teammate", "influencer")[minute % 2]}], "?retier=true"),
    }


KINDS = list(batches(0))


@pytest.fixture
def meet(proxied):
    """Runs the first batch up to its request number `place`, then the others as far as they come, then all to their ends."""
    server, proxy, address = proxied

    def meet(first, place, *others):
        proxy.arm(place, "held")
        with ThreadPoolExecutor() as threads:
            tasks = [threads.submit(Client(server.address).post, *first)]
            assert proxy.struck.wait(60)
            for batch in others:
                tasks.append(threads.submit(Client(server.address).post, *batch))
                until_done_or_held_up(address, *tasks[1:])
            proxy.release.set()
            answers = [task.result(60) for task in tasks]
        assert [answer.status for answer in answers] == [200] * len(tasks), (place, [answer.bytes for answer in answers])
        contents(address)

    return meet


def begin(server, proxy, address):
    empty(address)
    proxy.arm()
    server.client.send("posts", [post(status_id, 1, likes=1) for status_id in KNOWN])
    server.client.send(*batches(1)["retier"])
    proxy.arm()


def requests(proxied, kind, items, query):
    """How many there are is seen from a rehearsal, which ends with a rollback in place of the receipt and the commit."""
    server, proxy, _ = proxied
    begin(*proxied)
    server.client.send(kind, items, f"{query or '?'}&dry_run=true".replace("?&", "?"))
    return proxy.requests + 1


@pytest.mark.parametrize("first", KINDS)
def test_no_two_batches_and_a_newcomer_wait_in_a_circle(proxied, meet, first):
    places = list(itertools.product(range(1, requests(proxied, *batches(4)[first]) + 1), KINDS))
    # It brings what the first one may have looked for in vain.
    newcomer = ("posts", [post(NEW[0], 2)])
    for place, second in places if FULL else random.Random(first).sample(places, 6):
        begin(*proxied)
        meet(batches(4)[first], place, newcomer, batches(5)[second])


@pytest.mark.parametrize("one, other", list(itertools.permutations(("posts", "posts with history", "metrics", "retier"), 2)))
def test_posts_are_held_in_one_order_by_all(proxied, meet, one, other):
    """Both wait for a post that is held, which is not the last one in both orders, unless there is only one order."""
    holder = ("posts", [post(KNOWN[0], 4, likes=4)])
    commit = requests(proxied, *holder, "")
    begin(*proxied)
    meet(holder, commit, batches(5)[one], batches(6)[other])
