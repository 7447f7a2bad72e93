"""Whoever follows the archive learns of an import, and of its undo."""

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

        snapshots.undoes("sample")
        tailer.read_all()
        assert tailer.rows == archive_rows(archive) == before
        gone = {key for key, item in tailer.items.items() if item.get("deleted")}
        assert gone == set(tailer.items) - set(before)

        # From the beginning it is the same.
        another = Tailer(collector.address, 1000)
        another.read_all()
        assert another.rows == before


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
