"""Any order of any batches, with any replays, from any number of writers, ends in the same archive."""

import itertools
import json
import queue
import random
import threading

import random_batches
from archive_state import contents, empty
from support.full_run import FULL
from support.psql import sql

KINDS = ("posts", "posts", "posts", "metrics", "metrics", "reports")
# A post in its oldest form with all fields, sparse news of it, ties, a refresh that is newer than the last sight of the post; metrics
# that are newer and older than the post, and the same key with other counters.
TOLD = [
    ("posts", [
        {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": random_batches.moment(1),
         "last_seen_at": random_batches.moment(1), "body_text": "first", "watch_tier": "teammate", "is_significant": True,
         "likes": 1, "reposts": 1, "replies": 1, "views": 1, "initial_likes": 1},
        {"status_id": "2", "url": "https://x.com/bert/status/2", "author_handle": "bert", "discovered_at": random_batches.moment(2),
         "last_seen_at": random_batches.moment(3)}]),
    ("posts", [
        {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": random_batches.moment(1),
         "last_seen_at": random_batches.moment(4), "likes": 4, "watch_tier": None},
        {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": random_batches.moment(0),
         "last_seen_at": random_batches.moment(4), "likes": 5, "body_text": "tie", "views": None},
        {"status_id": "2", "url": "https://x.com/bert/status/2", "author_handle": "bert", "discovered_at": random_batches.moment(2),
         "last_seen_at": random_batches.moment(5), "likes_24h": 9, "views_24h": 90, "refresh_24h_at": random_batches.moment(9)}]),
    ("posts", [
        {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": random_batches.moment(3),
         "last_seen_at": random_batches.moment(4), "likes": 4, "body_text": "tied", "reposts": 7},
        {"status_id": "2", "url": "https://x.com/bert/status/2", "author_handle": "bert", "discovered_at": random_batches.moment(2),
         "last_seen_at": random_batches.moment(7), "likes": 8, "views": 80}]),
    ("metrics", [
        {"status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": random_batches.moment(6), "likes": 6, "reposts": 6,
         "replies": 6, "views": 6},
        {"status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": random_batches.moment(4), "likes": 3, "reposts": 3,
         "replies": 3, "views": 3, "source": "cron"},
        {"status_id": "2", "snapshot_type": "refresh_24h", "snapshot_at": random_batches.moment(9), "likes": 2, "reposts": 99,
         "replies": 2, "views": 2}]),
    ("metrics", [
        {"status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": random_batches.moment(6), "likes": 7, "reposts": 5,
         "replies": 6, "views": 0, "source": "other"},
        {"status_id": "2", "snapshot_type": "initial_capture", "snapshot_at": random_batches.moment(0), "likes": 1, "reposts": 1,
         "replies": 1, "views": 1}]),
    ("reports", [
        {"status_id": "1", "reported_at": random_batches.moment(5), "channel": "team"},
        {"status_id": "1", "reported_at": random_batches.moment(6), "summary": None, "destination": "there"},
        {"status_id": "1", "reported_at": random_batches.moment(6), "summary": "", "destination": "here"},
        {"status_id": "2", "reported_at": random_batches.moment(4)}]),
]


def world(seed):
    """Six batches of one world; the first one is told above, the others are random."""
    if seed == 0:
        return TOLD
    chance = random.Random(seed)
    known = random_batches.ids(3)
    return [random_batches.batch(chance, kind, known, 4) for kind in KINDS]


def send(client, batches):
    """As a collector does: what was rejected because its post was not there yet is sent again at the end."""
    late = []
    for kind, items in batches:
        answer = client.send(kind, items)
        errors = {error["index"]: error for error in answer["errors"]}
        assert all(error["code"] == "unknown_post" for error in errors.values()), answer["errors"]
        if errors:
            late.append((kind, [items[index] for index in errors]))
    for kind, items in late:
        answer = client.send(kind, items)
        assert not answer["errors"]


def in_threads(number, work):
    """Runs `work(index)` in so many threads, and fails with the first failure."""
    failures = []

    def guarded(index):
        try:
            work(index)
        except BaseException as failure:  # noqa: B036 - raised below, in the thread of the test
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_every_order_ends_in_the_same_archive(serve, another_archive):
    worlds, workers = 6 if FULL else 4, 2
    permutations = list(itertools.permutations(range(len(KINDS))))
    chance = random.Random(1)
    chance.shuffle(permutations)
    work = queue.Queue()
    for number, order in enumerate(permutations[:720 if FULL else 40]):
        work.put((number % worlds, order, [chance.randrange(len(order)) for _ in range(2)]))
    expected, lock = {}, threading.Lock()

    # The servers keep their databases, so they are made before any thread starts.
    servers = [serve(another_archive()) for _ in range(workers)]

    def worker(index):
        server = servers[index]
        while True:
            try:
                seed, order, replays = work.get_nowait()
            except queue.Empty:
                return
            batches = world(seed)
            # Replays stand anywhere in the row.
            row = list(order)
            for replay in replays:
                row.insert(random.Random(f"{order}{replay}").randrange(len(row) + 1), replay)
            empty(server.database)
            send(server.client, [batches[place] for place in row])
            found = json.dumps(contents(server.database), indent=1, ensure_ascii=False)
            with lock:
                before = expected.setdefault(seed, (found, row))
            assert found == before[0], f"world {seed}: {row} and {before[1]} differ"

    in_threads(workers, worker)
    assert len(expected) == worlds


def deadlocks(address):
    return int(sql(address, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))


def test_eight_writers_at_once_end_where_one_after_the_other_does(server):
    writers = 8
    for run in range(200 if FULL else 6):
        chance = random.Random(1_000 + run)
        known = random_batches.ids(chance.choice((2, 4, 12)))
        # Every post is there in its oldest form, so that no writer is early.
        oldest = [random_batches.post(chance, status_id, carried=1, cleared=0) | {
            "last_seen_at": random_batches.moment(0), "discovered_at": random_batches.moment(0)} for status_id in known]
        batches = [random_batches.batch(chance, chance.choice(KINDS), known, chance.randrange(1, 12)) for _ in range(3 * writers)]

        empty(server.database)
        send(server.client, [("posts", oldest), *batches])
        expected = contents(server.database)

        empty(server.database)
        send(server.client, [("posts", oldest)])
        # On a busy machine the writers take longer than a connection may rest.
        server.client.close()
        start = threading.Barrier(writers)

        def write(index, start=start, batches=batches):
            start.wait()
            for kind, items in batches[index::writers]:
                assert not server.client.send(kind, items)["errors"]
            server.client.close()

        in_threads(writers, write)
        exact = ("posts", "reports")
        assert contents(server.database, exact, with_gaps=False) == {name: expected[name] for name in exact}, f"run {run}"
        # What comes next of a post fills gaps that were filled too early; test_two_writers.py is about those.
        server.client.send("posts", oldest)
        assert contents(server.database) == expected, f"run {run}"
    assert deadlocks(server.database) == 0


def test_a_contradiction_between_feed_and_history_would_be_noticed(server):
    send(server.client, TOLD)
    contents(server.database)
    for change in ("UPDATE posts SET likes = likes + 1 WHERE status_id = '2'",
                   "UPDATE post_metrics_snapshots SET replies = replies + 1 WHERE observed IS NOT NULL AND observed & 4 = 0"):
        sql(server.database, change)
        try:
            contents(server.database)
        except AssertionError:
            empty(server.database)
            send(server.client, TOLD)
            continue
        raise AssertionError(f"not noticed: {change}")
