"""A 304 is given only where a plain GET would give what the caller has."""

import json
import random
import threading

from readers import post
from support.full_run import FULL
from support.psql import sql

PATHS = [
    "/v1/feed", "/v1/feed?limit=2&tier=none", "/v1/feed?curve=true", "/v1/feed?q=news&significant=false", "/v1/posts/1", "/v1/posts/2/provenance", "/v1/posts/3",
    "/v1/watch-accounts", "/v1/watch-accounts?tier=teammate", "/v1/stats/summary",
]


def test_writes_of_every_kind_between_revalidations(xmonitor, archive, serve):
    """Two servers of one archive, written through both, past both, by imports and their undoing."""
    chance = random.Random(4)
    readers = [serve(archive).reader(), serve(archive).reader()]
    xmonitor("sample", "sample.db", "--posts", "20", "--seed", "3")
    imported = False

    def number():
        return str(chance.randint(1, 4))

    def ingest(path, items):
        chance.choice(readers).post(f"/v1/ingest/{path}/batch", {"items": items})

    def import_or_undo():
        nonlocal imported
        if imported:
            xmonitor("snapshot", "undo", "--label", "revalidated")
        else:
            running = xmonitor.start("snapshot", "import", "sample.db", "--label", "revalidated")
            running.communicate(timeout=120)
            assert running.returncode in (0, 1)
        imported = not imported

    def change(query):
        sql(archive, query)

    writes = [
        lambda: ingest("posts", [post(number(), chance.randint(0, 9)) | {"body_text": chance.choice(["news", "old", None])}]),
        lambda: ingest("metrics", [{"status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": f"2026-02-22T10:00:{chance.randint(0, 59):02}Z",
                                    "likes": chance.randint(0, 9), "reposts": 0, "replies": 0, "views": 0}]),
        lambda: ingest("reports", [{"status_id": number(), "reported_at": "2026-02-22T11:00:00Z"}]),
        lambda: ingest("watch-accounts", [{"handle": "ada", "tier": chance.choice(["teammate", "influencer"])}]),
        lambda: change(f"UPDATE posts SET likes = likes + 1 WHERE status_id = '{number()}'"),
        lambda: change(f"UPDATE posts SET body_text = body_text WHERE status_id = '{number()}'"),
        lambda: change(f"DELETE FROM posts WHERE status_id = '{number()}'"),
        lambda: change("TRUNCATE reports"),
        lambda: change("DELETE FROM watch_accounts"),
        lambda: change("BEGIN; DELETE FROM posts; ROLLBACK"),
        import_or_undo,
        lambda: None,
        lambda: None,
    ]
    told = {True: 0, False: 0}
    for _ in range(2_000 if FULL else 80):
        chance.choice(writes)()
        for reader in readers:
            for path in chance.sample(PATHS, 4):
                for _ in range(chance.randint(1, 3)):
                    kept, status, body = reader.again(path)
                    assert (status, body if status == 200 else None) == _plain(reader, path), path
                    told[kept] += 1
    assert min(told.values()) > 100, told


def _plain(reader, path):
    status, body, _ = reader.plain(path)
    return status, body if status == 200 else None


class Counted:
    """One account that one writer changes again and again. Its note is the number of the change; after an even one it is gone."""

    def __init__(self, name):
        self.name, self.begun, self.done = name, 0, 0

    def change(self, write):
        self.begun += 1
        write(self.name, self.begun)
        self.done = self.begun


def test_no_answer_is_older_than_its_question(archive, serve):
    """Writers and readers all at once. Whatever was committed before a question was sent is in its answer, 304 or not."""
    servers = [serve(archive), serve(archive)]
    writers = [Counted(f"writer{index}") for index in range(4)]
    rounds = 400 if FULL else 40
    faults, told, running = [], {True: 0, False: 0}, threading.Event()
    running.set()

    def past_the_server(name, number):
        if number % 2:
            sql(archive, f"INSERT INTO watch_accounts (handle, tier, note, added_at) VALUES ('{name}', 'teammate', '{number}', now())")
        else:
            sql(archive, f"DELETE FROM watch_accounts WHERE handle = '{name}'")

    def through(server):
        reader = server.reader()

        def write(name, number):
            if number % 2:
                reader.post("/v1/ingest/watch-accounts/batch", {"items": [{"handle": name, "tier": "teammate", "note": str(number)}]})
            else:
                sql(archive, f"DELETE FROM watch_accounts WHERE handle = '{name}'")

        return write

    def writing(counted, write):
        for _ in range(rounds):
            counted.change(write)

    def reading(server):
        reader = server.reader()
        while running.is_set():
            least = [counted.done for counted in writers]
            kept, status, body = reader.again("/v1/watch-accounts")
            most = [counted.begun for counted in writers]
            told[kept] += 1
            notes = {item["handle"]: int(item["note"]) for item in json.loads(body)["items"]} if status == 200 else {}
            for counted, low, high in zip(writers, least, most):
                number = notes.get(counted.name)
                possible = [number] if number is not None else [n for n in range(low, high + 1) if n % 2 == 0]
                if status != 200 or not any(low <= n <= high for n in possible):
                    faults.append((counted.name, low, high, number, status, kept))

    def guarded(work, *arguments):
        try:
            work(*arguments)
        except BaseException as error:
            faults.append(repr(error))

    writes = [past_the_server, past_the_server, through(servers[0]), through(servers[1])]
    writing_threads = [threading.Thread(target=guarded, args=(writing, *pair)) for pair in zip(writers, writes)]
    reading_threads = [threading.Thread(target=guarded, args=(reading, server)) for server in servers * 3]
    for thread in reading_threads + writing_threads:
        thread.start()
    for thread in writing_threads:
        thread.join()
    running.clear()
    for thread in reading_threads:
        thread.join()
    assert faults == []
    assert told[True] > 0 and told[False] > 0, told
