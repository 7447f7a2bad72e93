"""Sixteen writers whose transactions stay open for a random time before they commit: a reader of the changes misses nothing."""

import random
import threading

from support.full_run import FULL
from support.ingest_server import Client
from support.psql import sql
from support.tailers import Tailer, WatermarkTailer, archive_rows

WRITERS, COMMITS = 16, 100_000 if FULL else 2_000

# Every batch has a receipt; its transaction waits when it is about to commit.
COMMIT_LATE = """
    CREATE FUNCTION wait_a_while() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_sleep(random() * random() * 0.05);
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON batches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_a_while()"""


def at(microsecond):
    return f"2026-02-21T10:00:00.{microsecond:06}Z"


def write(address, writer, commits):
    """New posts, newer counters and reports of posts that this writer and others wrote before."""
    client, chance, known = Client(address), random.Random(writer), []
    for number in range(commits):
        kind = chance.choice(("posts", "posts", "metrics", "reports")) if known else "posts"
        counters = {name: chance.randrange(1_000) for name in ("likes", "reposts", "replies", "views")}
        items = []
        for place in range(chance.randint(1, 3)):
            if kind == "posts":
                known.append(f"{writer}-{number}-{place}")
                items.append(counters | {
                    "status_id": known[-1], "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": at(1),
                    "last_seen_at": at(1)})
            elif kind == "metrics":
                items.append(counters | {"status_id": chance.choice(known), "snapshot_type": "latest_observed", "snapshot_at": at(number + 2)})
            else:
                items.append({"status_id": chance.choice(known), "reported_at": at(number + 2), "channel": str(number)})
        client.send(kind, items)
    client.close()


def read_until(done, read):
    """Reads until all is written, and once more after it."""
    is_last = False
    while not is_last:
        is_last = done.wait(0.02)
        read()


def test_nothing_is_missed_however_late_it_is_committed(serve, another_archive):
    address = another_archive()
    server = serve(address, XMONITOR_POOL_SIZE=str(WRITERS + 4))
    sql(address, COMMIT_LATE)
    # One asks again at once, in small pages; the other waits for what comes.
    tailers = [Tailer(server.address, 7), Tailer(server.address, 1000)]
    for tailer in tailers:
        # Without a first read, which tells as many rows as there are when it comes to them.
        tailer.after = server.client.get("/v1/changes?after=now").json["next"]
    watermark, done, broken = WatermarkTailer(address), threading.Event(), []

    def guarded(work, *arguments):
        def run():
            try:
                work(*arguments)
            except BaseException as failure:
                broken.append(failure)
        return threading.Thread(target=run)

    writers = [guarded(write, server.address, writer, COMMITS // WRITERS) for writer in range(WRITERS)]
    readers = [guarded(read_until, done, tailers[0].read_all), guarded(read_until, done, lambda: tailers[1].read_all(wait=1)),
               guarded(read_until, done, watermark.read)]
    for thread in writers + readers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert not broken, broken

    rows = archive_rows(address)
    for tailer in tailers:
        assert tailer.rows == rows
    # Whoever reads, and however much at a time, is told the same in the same order.
    assert tailers[0].told == tailers[1].told
    print(f"{COMMITS} commits, {len(tailers[0].told)} changes, {len(watermark.missed())} posts missed by their time")
    assert set(tailers[0].told) == set(rows)
    # The same writes, followed by the time that rows say they were written.
    assert watermark.missed()
