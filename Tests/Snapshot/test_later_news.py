"""Live news after an import is not damage, and does not hide damage beside it."""

import pytest

import live_news
import small_snapshot as small
from archive_contents import TABLES, contents
from support.psql import sql


def counted(report):
    """Table → later rows, and later cells per column."""
    return {
        table["table"]: (table["later_rows"], {column["name"]: column["later"] for column in table["columns"] if column["later"]})
        for table in report["tables"]}


def change(before, after):
    """The same, from what the tables held before and after the news."""
    cells = {}
    for key, row in before.items():
        for name, value in row.items():
            if after[key][name] != value:
                cells[name] = cells.get(name, 0) + 1
    return len(set(after) - set(before)), cells


def test_live_news_after_the_import_is_counted_and_is_no_damage(xmonitor, archive, snapshots):
    path = small.all_tables(xmonitor.folder / "x.db")
    snapshots.imports(path)
    before = {table: contents(archive, table) for table in TABLES}
    with live_news.server(xmonitor) as collector:
        collector.posts("updated", {"status_id": "p1", "likes": 70, "body_text": "edited"})
        collector.posts("inserted", {"status_id": "new"})
        collector.metrics("inserted", "p2", snapshot_at="2026-02-28T00:00:00Z")
        collector.report("updated", "p1")
        collector.report("inserted", "p2")
        collector.run("inserted")
        collector.run("updated", run_at="2026-02-22T09:00:00Z", mode="both", source="cron", fetched_count=10)
        collector.watch_account("inserted")
        collector.watch_account("updated", handle="ada", tier="influencer")
        collector.embedding("updated", "p3")
        collector.embedding("inserted", "new")
    report = snapshots.validates(path)
    assert report["agrees"] is True
    assert counted(report) == {table: change(before[table], contents(archive, table)) for table in TABLES}
    assert counted(report)["posts"][0] == 1 and counted(report)["posts"][1]["likes"] >= 1

    sql(archive, "UPDATE posts SET body_text = body_text || '!' WHERE status_id = 'p3'")
    assert named(snapshots.validates(path)) == [("posts", "p3", "body_text", "text of p3", "text of p3!")]


def named(report):
    assert report["agrees"] is False
    return [
        (table["table"], difference["key"], difference["column"], difference["expected"], difference["found"])
        for table in report["tables"] for difference in table["differences"]]


@pytest.mark.parametrize("value", ["a smaller text", "zzz, a greater text"])
def test_damage_in_a_row_that_live_news_touched_is_named_where_it_left_the_column_alone(xmonitor, archive, snapshots, value):
    path = small.all_tables(xmonitor.folder / "x.db")
    snapshots.imports(path)
    with live_news.server(xmonitor) as collector:
        collector.posts("updated", {"status_id": "p1", "likes": 70})
    assert snapshots.validates(path)["agrees"] is True
    sql(archive, f"UPDATE posts SET body_text = '{value}' WHERE status_id = 'p1'")
    assert named(snapshots.validates(path)) == [("posts", "p1", "body_text", "text of p1", value)]


def test_an_import_into_an_archive_with_newer_news_validates(xmonitor, archive, snapshots):
    """The import brings the earlier discovery and the older columns; what was newer stays and is no damage."""
    path = small.all_tables(xmonitor.folder / "x.db")
    with live_news.server(xmonitor) as collector:
        collector.posts("inserted", {"status_id": "p1", "likes": 70})
        collector.report("inserted", "p1")
        collector.watch_account("inserted", handle="ada", note="of the watch list")
        collector.run("inserted", run_at="2026-02-22T09:00:00Z", mode="both", source="cron", fetched_count=10)
    snapshots.imports(path)
    post = contents(archive, "posts")["p1",]
    assert (post["likes"], post["body_text"], post["views"]) == (70, "text of p1", 4)
    report = snapshots.validates(path)
    assert report["agrees"] is True, named(report)
    assert counted(report)["posts"][1]["likes"] == 1

    sql(archive, "UPDATE posts SET body_text = 'damaged' WHERE status_id = 'p1'")
    assert named(snapshots.validates(path)) == [("posts", "p1", "body_text", "text of p1", "damaged")]


def test_a_later_snapshot_of_the_same_collector_validates_after_the_earlier_one(xmonitor, archive, snapshots):
    """The rehearsal's snapshot, then the final one: counters rose in between, and `initial_…` was never filled in."""
    first = small.sqlite(xmonitor.folder / "first.db", tweets=[small.post("p1", likes=5, initial_likes=None)])
    second = small.sqlite(
        xmonitor.folder / "second.db",
        tweets=[small.post("p1", likes=9, initial_likes=None, last_seen_at="2026-03-01T00:00:00Z"), small.post("p2")])
    snapshots.imports(first)
    snapshots.imports(second)
    report = snapshots.validates(second)
    assert report["agrees"] is True, named(report)
    report = snapshots.validates(first)
    assert report["agrees"] is True, named(report)
    assert counted(report)["posts"][0] == 1 and counted(report)["posts"][1]["likes"] == 1
