"""Whoever follows the archive learns of an import, and of its undo."""

from collections import Counter

import live_news
import small_snapshot as small
from support.psql import sql
from support.tailers import Tailer, archive_rows


def test_an_import_and_its_undo_are_told(xmonitor, archive, snapshots):
    with live_news.server(xmonitor) as collector:
        collector.posts("inserted", {"status_id": "live", "likes": 1})
        tailer = Tailer(collector.address, 7)
        tailer.read_all()
        before = tailer.rows
        assert set(before) == {("post", "live", None, None)} | {key for key in before if key[0] == "metrics"}

        xmonitor("sample", "sample.db", "--posts", "150")
        snapshots.imports(xmonitor.folder / "sample.db", "--label", "sample")
        tailer.read_all()
        assert tailer.rows == archive_rows(archive)
        assert {key[0] for key in tailer.rows} == {"post", "metrics", "report"} and len(tailer.rows) > 500

        # The same again writes nothing, and there is nothing to tell.
        told = len(tailer.told)
        snapshots.imports(xmonitor.folder / "sample.db", "--label", "again")
        tailer.read_all()
        assert len(tailer.told) == told

        snapshots.undoes("sample", "--force")
        tailer.read_all()
        # Each removed row is told once; a post once more for its report, which changed it before it went.
        times = Counter(tailer.told[told:])
        reported = {("post", key[1], None, None) for key in times if key[0] == "report"}
        assert all(count == (2 if key in reported else 1) for key, count in times.items())
        assert tailer.rows == archive_rows(archive) == before
        gone = {key for key, item in tailer.items.items() if item.get("deleted")}
        assert gone == set(tailer.items) - set(before)

        # Who comes now is told of what there is, once, and of nothing that went.
        for limit in (1, 1000):
            another = Tailer(collector.address, limit)
            another.read_all()
            assert another.rows == before and sorted(another.told, key=str) == sorted(before, key=str)


def test_what_an_undo_leaves_is_told_as_it_is_then(xmonitor, archive, snapshots):
    """A report that goes changes its post, and so does a part of the history."""
    with live_news.server(xmonitor) as collector:
        collector.posts("inserted", {"status_id": "p1", "likes": 1, "views": 1}, {"status_id": "p2", "likes": 1, "views": 1})
        snapshots.imports(small.all_tables(xmonitor.folder / "x.db"), "--label", "x")
        tailer = Tailer(collector.address)
        tailer.read_all()
        assert tailer.rows == archive_rows(archive)
        assert sql(archive, "SELECT count(*) > 0 FROM reports") == "t"
        snapshots.undoes("x")
        tailer.read_all()
        assert tailer.rows == archive_rows(archive)


def test_rows_that_somebody_removes_in_sql_are_told(xmonitor, archive, snapshots):
    xmonitor("sample", "sample.db", "--posts", "150")
    snapshots.imports(xmonitor.folder / "sample.db", "--label", "sample")
    with live_news.server(xmonitor) as collector:
        tailer = Tailer(collector.address)
        tailer.read_all()
        for statement in (
                "DELETE FROM post_metrics_snapshots WHERE snapshot_type = 'initial_capture'",
                "DELETE FROM reports WHERE status_id IN (SELECT status_id FROM reports ORDER BY status_id LIMIT 2)",
                "DELETE FROM posts WHERE status_id IN (SELECT status_id FROM posts ORDER BY likes LIMIT 20)", "DELETE FROM posts"):
            told = len(tailer.told)
            sql(archive, statement)
            tailer.read_all()
            assert tailer.rows == archive_rows(archive) and len(tailer.told) > told
        assert tailer.rows == {}
