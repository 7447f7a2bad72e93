"""What an operator erased does not come in with a snapshot, and nothing is kept of it."""

import small_snapshot as small
from support.psql import sql

SECRET = "what nobody may read again"


def snapshot(xmonitor):
    return small.sqlite(
        xmonitor.folder / "x.db", tweets=[small.post("1", body_text=SECRET), small.post("2"), small.post("3", likes=-1)],
        reports=[small.report("1"), small.report("2")], tweet_embeddings=[small.embedding("1")])


def erase(xmonitor, archive, *ids):
    named = ", ".join(f"'{status_id}'" for status_id in ids)
    tables = ("posts", "post_metrics_snapshots", "earlier_texts", "reports", "embeddings")
    total = sql(archive, f"SELECT {' + '.join(f'(SELECT count(*) FROM {table} WHERE status_id IN ({named}))' for table in tables)}")
    xmonitor("ops", "erase", *ids, "--confirm", total)


def check(xmonitor, archive, snapshots, path, label):
    summary = snapshots.imports(path, "--label", label)
    erased = {table["target"]: table["erased"] for table in summary["tables"]}
    assert erased == {"posts": 1, "reports": 1, "embeddings": 1}
    for table in summary["tables"]:
        parts = ("inserted", "updated", "unchanged", "rejected", "duplicate", "erased")
        assert table["read"] == sum(table[part] for part in parts), table
    # A spoilt row goes whole to the reject file; an erased one goes nowhere.
    rejects = (xmonitor.folder / "x.db.rejects.jsonl").read_text()
    assert [table["rejected"] for table in summary["tables"]] == [1, 0, 0] and SECRET not in rejects and rejects.count("\n") == 1
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM posts") == "2"
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM reports") == "2"
    assert snapshots.validates(path)["agrees"]
    assert "Rows of erased posts, which stay out: tweets 1, reports 1, tweet_embeddings 1." in xmonitor("snapshot", "validate", str(path))


def test_after_an_import_it_does_not_come_back_with_another(xmonitor, archive, snapshots):
    path = snapshot(xmonitor)
    snapshots.imports(path)
    erase(xmonitor, archive, "1")
    check(xmonitor, archive, snapshots, path, "again")
    assert "stay out: tweets 1, reports 1, tweet_embeddings 1" in xmonitor("snapshot", "import", str(path), code=1)


def test_before_the_first_import_it_is_kept_out_already(xmonitor, archive, snapshots):
    erase(xmonitor, archive, "1", "77")
    check(xmonitor, archive, snapshots, snapshot(xmonitor), "first")


def test_erased_posts_are_no_rejected_rows(xmonitor, archive, snapshots):
    path = small.sqlite(xmonitor.folder / "y.db", tweets=[small.post("1"), small.post("2")])
    erase(xmonitor, archive, "1")
    summary = snapshots.imports(path, "--max-rejects", "0")
    assert [table["erased"] for table in summary["tables"]] == [1] and summary["reject_file"] is None
