"""Readers that follow the archive: by its changes, and by the time at which rows say that they were written."""

import json

from psql import sql


def key(item):
    return (item["kind"], item["status_id"], item.get("snapshot_type"), item.get("snapshot_at"))


class Tailer:
    """Keeps the last item of each key, as docs/changes.md says."""

    def __init__(self, client, limit=200):
        self.client, self.limit, self.after, self.items, self.told = client, limit, None, {}, []

    def read(self, wait=None):
        """One page; whether there is more."""
        query = "&".join(f"{name}={value}" for name, value in [("after", self.after), ("limit", self.limit), ("wait", wait)] if value)
        answer = self.client.get(f"/v1/changes?{query}")
        assert answer.status == 200, answer.bytes
        for item in answer.json["items"]:
            self.told.append(key(item))
            self.items[key(item)] = item
        assert len(answer.json["items"]) <= self.limit
        self.after = answer.json["next"]
        return answer.json["has_more"]

    def read_all(self):
        while self.read():
            pass

    @property
    def rows(self):
        """Key → what is compared with the archive, of the rows that are not gone."""
        def shown(item):
            row = item.get("post") or item.get("snapshot") or item["report"]
            per_hour = row.get("views_per_hour")
            return [row.get(name) for name in ("likes", "reposts", "replies", "views", "reported_at", "channel")] + [
                None if per_hour is None else round(per_hour * 1000)]

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
