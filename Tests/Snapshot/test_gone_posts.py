"""What a collector tells of imported posts stays when their import is taken back."""

import json

import small_snapshot as small
from support.psql import sql

UTC = "2026-02-22T08:00:00.000000Z"


def test_an_undo_keeps_a_post_that_a_collector_found_gone(xmonitor, archive, serve):
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("1"), small.post("2")])
    xmonitor("snapshot", "import", str(path), "--label", "first")
    row = json.loads(sql(archive, "SELECT to_json(p) FROM posts AS p WHERE status_id = '1'"))
    told = {name: row[name] for name in ("status_id", "url", "author_handle", "discovered_at", "last_seen_at")} | {"gone_at": UTC}
    assert serve(archive).client.send("posts", [told])["items"] == ["updated"]
    xmonitor("snapshot", "undo", "--label", "first")
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM posts") == "1"
