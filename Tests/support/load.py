"""Collectors and readers at work while something breaks: what was acknowledged is there, and nothing is there by half."""

import http.client
import json
import threading
import time

from support.ingest_server import Client
from support.psql import sql

SIZE = 20
READS = ("/v1/feed?limit=20", "/v1/feed?q=under&limit=5", "/v1/facets", "/v1/changes?limit=5", "/v1/stats/summary")


def batch(name):
    """New posts with counters, so that one batch writes several tables."""
    return [{
        "status_id": f"{name}-{place}", "url": f"https://x.com/ada/status/{name}-{place}", "author_handle": "ada", "likes": place,
        "discovered_at": "2026-02-21T10:00:00Z", "last_seen_at": "2026-02-21T11:00:00Z", "body_text": "under way"}
        for place in range(SIZE)]


class Load:
    """Writers that send a batch again, with its key, until it is taken, and readers that ask again and again, until the end.

    Nobody may get anything but 200 and a well-formed 503. Where the server itself `may_die`, a broken connection ends its client.
    """

    def __init__(self, server, writers=3, readers=2, name="batch", may_die=False):
        self.server, self.name, self.may_die = server, name, may_die
        self.told, self.is_over = threading.Condition(), threading.Event()
        self.sent, self.acknowledged, self.faults = set(), set(), []
        self.threads = [threading.Thread(target=self._run, args=(self._write, number)) for number in range(writers)]
        self.threads += [threading.Thread(target=self._run, args=(self._read, number)) for number in range(readers)]
        self.statuses = {thread: [] for thread in self.threads}

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        assert not self.faults, self.faults[0]

    def until_each_got(self, status, times=2, patience=120):
        """Returns when every writer and every reader got `status` so often from now on."""
        with self.told:
            before = {thread: len(statuses) for thread, statuses in self.statuses.items()}
            is_so = self.told.wait_for(
                lambda: self.faults or all(statuses[before[thread]:].count(status) >= times for thread, statuses in self.statuses.items()),
                patience)
        assert not self.faults, self.faults[0]
        assert is_so, f"not everybody got {status}\n{self.server.log.read_text()[-2000:]}"

    def check(self, database):
        """Afterwards: the archive holds what was acknowledged, once and whole, and else at most what nobody got an answer to."""
        found = json.loads(sql(database, f"""
            SELECT coalesce(json_object_agg(batch, posts), '{{}}')
            FROM (SELECT regexp_replace(status_id, '-[0-9]+$', '') AS batch, count(*) AS posts FROM posts
                  WHERE status_id LIKE '{self.name}-%' GROUP BY 1) AS b"""))
        assert set(found.values()) == {SIZE}, "half a batch"
        assert self.acknowledged <= set(found) <= self.sent, "lost after it was acknowledged"
        receipts = sql(database, f"SELECT json_agg(idempotency_key) FROM batches WHERE idempotency_key LIKE '{self.name}-%'")
        assert sorted(json.loads(receipts)) == sorted(found), "a batch without its receipt, or with two"

    def _run(self, work, number):
        try:
            work(Client(self.server.address), number)
        except BaseException as fault:  # noqa: B036 - raised by whoever waits
            with self.told:
                if not (self.may_die and isinstance(fault, (ConnectionError, http.client.HTTPException))):
                    self.faults.append(fault)
                self.told.notify_all()

    def _write(self, client, writer):
        number = 0
        while not self.is_over.is_set():
            name = f"{self.name}-{writer}-{number}"
            self.sent.add(name)
            if self._is_answered(client.post("posts", batch(name), Idempotency_Key=name)):
                self.acknowledged.add(name)
                number += 1

    def _read(self, client, number):
        while not self.is_over.is_set():
            self._is_answered(client.get(READS[number % len(READS)]))
            number += 1

    def _is_answered(self, answer):
        assert answer.status in (200, 503), (answer.status, answer.bytes)
        if answer.status == 503:
            assert answer.json["code"] in ("unavailable", "timeout") and int(answer.headers["retry-after"]) > 0, answer.bytes
        with self.told:
            self.statuses[threading.current_thread()].append(answer.status)
            self.told.notify_all()
        if answer.status == 503:
            time.sleep(0.02)
        return answer.status == 200
