"""Collectors that go on writing over HTTP while a command runs, and a follower that hears of everything.

Any command that removes or rewrites rows beside live writers can be run between them; what has to hold afterwards is the same for all."""

import datetime
import itertools
import json
import random
import threading
import uuid
from contextlib import contextmanager

from support.ingest_server import Client, check_sums
from support.psql import sql
from support.tailers import Tailer, archive_rows

COUNTERS = ("likes", "reposts", "replies", "views")
# What the archive has to hold of an item that was acknowledged: the row, with this or newer news.
HOLDS = {
    "posts": "EXISTS (SELECT FROM posts WHERE status_id = a.id AND last_seen_at >= a.moment)",
    "metrics": "EXISTS (SELECT FROM post_metrics_snapshots WHERE (status_id, snapshot_type, snapshot_at) = (a.id, 'latest_observed', a.moment))",
    "reports": "EXISTS (SELECT FROM reports WHERE status_id = a.id AND reported_at >= a.moment)",
    "embeddings": "EXISTS (SELECT FROM embeddings WHERE status_id = a.id AND updated_at >= a.moment)",
    "watch_accounts": "EXISTS (SELECT FROM watch_accounts WHERE handle = a.id)",
}


class LiveWriters:
    """Writes of the posts `known`, and of some that are new."""

    def __init__(self, server, known, authors, count=4, seed=1):
        self.server, self.known, self.authors, self.seed = server, known, authors, seed
        # Each moment once, so that every item brings news.
        self.moments = map(moment, itertools.count())
        self.done, self.acknowledged, self.broken, self.answers = threading.Event(), [], [], 0
        self.tailer = Tailer(server.address, 100)
        self.threads = [threading.Thread(target=self._guarded, args=(self._write, number)) for number in range(count)]
        self.threads.append(threading.Thread(target=self._guarded, args=(self._follow,)))

    @contextmanager
    def writing(self):
        """Writes until the block ends, and at least until every writer was answered some times."""
        for thread in self.threads:
            thread.start()
        try:
            self.wait_for(40)
            yield
            self.wait_for(40)
        finally:
            self.done.set()
            for thread in self.threads:
                thread.join()
        assert not self.broken, self.broken

    def wait_for(self, answers):
        """Returns after so many further answers."""
        end = self.answers + answers
        while self.answers < end and not self.broken:
            self.done.wait(0.01)

    def check(self):
        """Nothing that was acknowledged is lost, and what a follower was told is the archive."""
        assert self.acknowledged
        assert lost(self.server.database, self.acknowledged) == []
        self.tailer.read_all()
        assert self.tailer.rows == archive_rows(self.server.database)
        another = Tailer(self.server.address, 1000)
        another.read_all()
        assert another.rows == self.tailer.rows
        assert wrong_velocities(self.server.database) == ""

    def _guarded(self, work, *arguments):
        try:
            work(*arguments)
        except BaseException as failure:
            self.broken.append(failure)

    def _follow(self):
        while not self.done.wait(0.02):
            self.tailer.read_all()

    def _write(self, number):
        client, chance = Client(self.server.address), random.Random(f"{self.seed}-{number}")
        while not self.done.is_set():
            kind = chance.choice(("posts", "posts", "metrics", "metrics", "reports", "embeddings", "watch_accounts"))
            items = [self._item(kind, chance) for _ in range(chance.randint(1, 4))]
            query = "?retier=true" if kind == "watch_accounts" and chance.random() < .5 else ""
            self._send(client, kind, items, query)
        client.close()

    def _item(self, kind, chance):
        if kind == "watch_accounts":
            return {"handle": chance.choice(self.authors), "tier": chance.choice(("teammate", "influencer", "ecosystem"))}
        status_id, at = chance.choice(self.known), next(self.moments)
        counters = {name: chance.randrange(1_000) for name in COUNTERS}
        return {"status_id": status_id} | {
            "posts": lambda: {
                "status_id": status_id if chance.random() < .8 else f"new-{at[-10:-1]}", "url": "https://x.example/live",
                "author_handle": chance.choice(self.authors), "discovered_at": "2026-03-01T00:00:00Z", "last_seen_at": at}
                | {name: value for name, value in counters.items() if chance.random() < .8},
            "metrics": lambda: {"snapshot_type": "latest_observed", "snapshot_at": at} | counters,
            "reports": lambda: {"reported_at": at, "channel": "live"},
            "embeddings": lambda: {"backend": "live", "model": "live", "vector": [0.5], "text_hash": "live", "updated_at": at},
        }[kind]()

    def _send(self, client, kind, items, query):
        """As docs/ingest.md says: after 503 the same body with the same key."""
        key = uuid.uuid4().hex
        while True:
            answer = client.post(kind, items, query, idempotency_key=key)
            assert answer.status in (200, 503), (kind, answer.status, answer.bytes[:1000])
            if answer.status == 200:
                break
        check_sums(answer.json, len(items))
        for item, outcome in zip(items, answer.json["items"]):
            if outcome == "rejected":
                assert {error["code"] for error in answer.json["errors"]} == {"unknown_post"}, answer.json
            if outcome in ("inserted", "updated"):
                self.acknowledged.append((kind, item))
        self.answers += 1


def moment(number):
    return (datetime.datetime(2026, 3, 2) + datetime.timedelta(seconds=number * 3, microseconds=number)).isoformat(timespec="microseconds") + "Z"


def lost(address, acknowledged):
    """The acknowledged items that the archive does not hold."""
    missing = []
    for kind, condition in HOLDS.items():
        items = [item for each, item in acknowledged if each == kind]
        told = [{"place": place, "id": item.get("status_id") or item["handle"],
                 "moment": next((item[name] for name in ("last_seen_at", "snapshot_at", "reported_at", "updated_at") if name in item), None)}
                for place, item in enumerate(items)]
        places = sql(address, f"""
            SELECT place FROM json_to_recordset('{json.dumps(told)}') AS a (place INT, id TEXT, moment TIMESTAMPTZ) WHERE NOT {condition}""")
        missing += [(kind, items[int(place)]) for place in places.split()]
    return missing


def wrong_velocities(address):
    """The posts whose velocity is not that of their history: from the newest moment a quarter of an hour before the last one, or from the first."""
    return sql(address, """
        WITH moments AS (
            SELECT DISTINCT ON (status_id, snapshot_at) status_id, snapshot_at, views, likes FROM post_metrics_snapshots
            ORDER BY status_id, snapshot_at, snapshot_type COLLATE "C" DESC
        ), aged AS (
            SELECT *, extract(EPOCH FROM max(snapshot_at) OVER (PARTITION BY status_id) - snapshot_at) AS age,
                   row_number() OVER (PARTITION BY status_id ORDER BY snapshot_at) AS place
            FROM moments
        ), ends AS (
            SELECT status_id, views, likes FROM aged WHERE age = 0
        ), starts AS (
            SELECT DISTINCT ON (status_id) * FROM aged WHERE age >= 900 OR (age > 0 AND place = 1) ORDER BY status_id, age
        ), paces AS (
            SELECT status_id, floor((ends.views - starts.views) * 3600000::NUMERIC / greatest(age, 900))::BIGINT AS views_velocity,
                   floor((ends.likes - starts.likes) * 3600000::NUMERIC / greatest(age, 900))::BIGINT AS likes_velocity
            FROM ends JOIN starts USING (status_id)
        )
        SELECT status_id FROM posts LEFT JOIN paces USING (status_id)
        WHERE (posts.views_velocity, posts.likes_velocity) IS DISTINCT FROM (paces.views_velocity, paces.likes_velocity)""")
