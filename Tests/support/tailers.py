"""Readers that follow the archive: by its changes, and by the time at which rows say that they were written."""

import json

import requests

from support.psql import sql


def key(item):
    return (item["kind"], item["status_id"], item.get("snapshot_type"), item.get("snapshot_at"))


def shown(item):
    """What of an item is compared with the archive."""
    row = item.get("post") or item.get("snapshot") or item["report"]
    per_hour = row.get("views_per_hour")
    return [row.get(name) for name in ("likes", "reposts", "replies", "views", "reported_at", "channel")] + [
        None if per_hour is None else round(per_hour * 1000)]


class Tailer:
    """Keeps the last item of each key, as docs/changes.md says."""

    def __init__(self, address, limit=200):
        self.address, self.limit, self.after, self.items, self.told = address, limit, None, {}, []
        self.session = requests.Session()

    def read(self, wait=None):
        """One page; whether there is more."""
        query = {"after": self.after, "limit": self.limit, "wait": wait}
        answer = self.session.get(f"{self.address}/v1/changes", params=query, timeout=60)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        for item in page["items"]:
            self.told.append(key(item))
            self.items[key(item)] = item
        assert len(page["items"]) <= self.limit
        self.after = page["next"]
        return page["has_more"]

    def read_all(self, wait=None):
        while self.read(wait):
            pass

    @property
    def rows(self):
        """Key → what is compared with the archive, of the rows that are not gone."""
        return {name: shown(item) for name, item in self.items.items() if "deleted" not in item}


def archive_rows(address):
    """The same, of the tables."""
    moment = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    counters = "likes, reposts, replies, views"
    lines = sql(address, f"""
        SELECT json_build_array('post', status_id, NULL, NULL, {counters}, {moment.format("r.reported_at")}, NULL, views_velocity)
        FROM posts LEFT JOIN reports AS r USING (status_id)
        UNION ALL
        SELECT json_build_array('metrics', status_id, snapshot_type, {moment.format("snapshot_at")}, {counters}, NULL, NULL, NULL)
        FROM post_metrics_snapshots
        UNION ALL
        SELECT json_build_array('report', status_id, NULL, NULL, NULL, NULL, NULL, NULL, {moment.format("reported_at")}, channel, NULL)
        FROM reports""")
    return {tuple(row[:4]): row[4:] for row in map(json.loads, lines.splitlines())}


class WatermarkTailer:
    """Asks for what is newer than the newest that it has seen, as one would without `changes`."""

    def __init__(self, address):
        self.address, self.mark, self.seen = address, "-infinity", {}

    def read(self):
        for line in sql(self.address, f"""
                SELECT status_id, updated_at FROM posts WHERE updated_at > '{self.mark}' ORDER BY updated_at""").splitlines():
            status_id, self.mark = line.split("|")
            self.seen[status_id] = self.mark

    def missed(self):
        """The posts that are not as it knows them."""
        now = dict(line.split("|") for line in sql(self.address, "SELECT status_id, updated_at FROM posts").splitlines())
        return {status_id for status_id, time in now.items() if self.seen.get(status_id) != time}
