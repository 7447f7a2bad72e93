"""Undo removes exactly what an import inserted, and nothing that arrived later."""

import live_news
import small_snapshot as small
from archive_contents import TABLES, contract, everything, records
from support.psql import sql


def kept(result):
    return {table["table"]: table["kept"] for table in result["tables"]}


def removed(result):
    return {table["table"]: table["removed"] for table in result["tables"]}


def rows(address, table, condition):
    """Whole rows, with the bookkeeping."""
    return records(address, f"SELECT * FROM {table} WHERE {condition} ORDER BY {', '.join(TABLES[table][0])}")


def ids(address, table):
    return sql(address, f"SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM {table}")


def test_an_import_and_its_undo_leave_the_archive_as_it_was(xmonitor, archive, snapshots):
    """Also where the archive held something before, and after the sample with all its faults."""
    snapshots.imports(small.all_tables(xmonitor.folder / "before.db", "b"), "--label", "before")
    with live_news.server(xmonitor) as collector:
        collector.posts("inserted", {"status_id": "live"})
        collector.report("inserted", "live")
    before = everything(archive)
    xmonitor("sample", "sample.db", "--posts", "150")
    snapshots.imports(xmonitor.folder / "sample.db", "--label", "sample")
    assert everything(archive) != before
    result = snapshots.undoes("sample")
    assert everything(archive) == before
    assert removed(result)["posts"] > 100 and set(kept(result).values()) == {0}


def test_what_arrived_later_stays_byte_for_byte_with_the_posts_that_it_needs(xmonitor, archive, snapshots):
    snapshots.imports(small.all_tables(xmonitor.folder / "x.db"), "--label", "first-migration")
    own = sql(archive, "SELECT id FROM batches")
    with live_news.server(xmonitor) as collector:
        collector.posts("updated", {"status_id": "p1", "likes": 70})
        collector.report("inserted", "p2")
        collector.posts("inserted", {"status_id": "new"})
        collector.watch_account("updated", handle="grace", tier="influencer")
        collector.run("inserted")
    later = f"inserted_by <> {own} OR updated_by IS NOT NULL"
    before = {table: rows(archive, table, later) for table in TABLES}
    needed = rows(archive, "posts", "status_id = 'p2'")
    result = snapshots.undoes("first-migration")

    assert ids(archive, "posts") == "new p1 p2"
    for table in TABLES:
        expected = sorted(before[table] + (needed if table == "posts" else []), key=repr)
        if table == "posts":
            # Of their history one moment is left at most.
            expected = [row | {"views_velocity": None, "likes_velocity": None} for row in expected]
        assert sorted(rows(archive, table, "true"), key=repr) == expected, table
    assert kept(result) == {
        "posts": 2, "watch_accounts": 1, "reports": 0, "embeddings": 0, "pipeline_runs": 0, "post_metrics_snapshots": 0}
    assert removed(result) == {
        "posts": 1, "watch_accounts": 1, "reports": 1, "embeddings": 3, "pipeline_runs": 1,
        "post_metrics_snapshots": 6 - len(before["post_metrics_snapshots"]) + sum(
            row["inserted_by"] != int(own) for row in before["post_metrics_snapshots"])}

    # It is remembered, and its label names nothing any more.
    assert sql(archive, f"SELECT undone_at > received_at FROM batches WHERE id = {own}") == "t"
    assert "no import with the label first-migration" in xmonitor.fails("snapshot", "undo", "--label", "first-migration")


def test_of_two_imports_the_undo_of_one_leaves_the_other(xmonitor, archive, snapshots):
    one = small.all_tables(xmonitor.folder / "one.db", "a")
    snapshots.imports(one, "--label", "one")
    alone = contract(archive)
    two = small.sqlite(
        xmonitor.folder / "two.db", tweets=[small.post("a1"), small.post("b1")], watch_accounts=[small.account("hedy")],
        reports=[small.report("b1"), small.report("a2")])
    snapshots.imports(two, "--label", "two")
    result = snapshots.undoes("two")
    assert contract(archive) == alone
    assert removed(result)["posts"] == 1 and removed(result)["reports"] == 2

    snapshots.imports(two, "--label", "two")
    before = everything(archive)
    assert "snapshot of two," in xmonitor.fails("snapshot", "undo", "--label", "one")
    assert everything(archive) == before
    assert snapshots.undoes("one", "--force")["confirmed_by"] == ["two"]
    # a2 is needed by a report of the other import.
    assert (ids(archive, "posts"), ids(archive, "reports")) == ("a2 b1", "a2 b1")
    assert snapshots.validates(two)["agrees"] is False  # a1 went with the first import, which had brought it


def test_a_post_that_another_import_changed_is_kept(xmonitor, archive, snapshots):
    """The second import brought newer news of a post of the first: it is no longer the first one's alone."""
    snapshots.imports(small.sqlite(xmonitor.folder / "one.db", tweets=[small.post("p1"), small.post("p2")]), "--label", "one")
    newer = small.post("p1", likes=9, last_seen_at="2026-03-01T00:00:00Z")
    snapshots.imports(small.sqlite(xmonitor.folder / "two.db", tweets=[newer]), "--label", "two")
    # Its first capture is in both snapshots.
    result = snapshots.undoes("one", "--force")
    assert ids(archive, "posts") == "p1" and kept(result)["posts"] == 1
    assert sql(archive, "SELECT likes FROM posts") == "9"


def test_a_dry_run_says_what_would_go_and_nothing_goes(xmonitor, archive, snapshots):
    one = small.all_tables(xmonitor.folder / "one.db", "a")
    snapshots.imports(one, "--label", "one")
    snapshots.imports(small.sqlite(xmonitor.folder / "two.db", tweets=[small.post("a1"), small.post("a2", likes=9)]), "--label", "two")
    before = everything(archive)
    said = snapshots.undoes("one", "--dry-run")
    assert (said["dry_run"], said["confirmed_by"]) == (True, ["two"]) and everything(archive) == before
    text = xmonitor("snapshot", "undo", "--label", "one", "--dry-run")
    assert text.startswith("Undoing one would remove:") and "of two: it takes --force" in text and text.endswith("Nothing was removed.\n")
    done = snapshots.undoes("one", "--force")
    assert (done["dry_run"], done["tables"]) == (False, said["tables"])


def test_two_imports_taken_back_in_either_order_leave_nothing(xmonitor, archive, snapshots):
    older = small.all_tables(xmonitor.folder / "older.db", "a")
    newer = small.sqlite(
        xmonitor.folder / "newer.db", watch_accounts=[small.account("ada", tier="influencer"), small.account("hedy")], runs=[small.run(fetched_count=10)],
        tweets=[small.post("a1", likes=9, last_seen_at="2026-03-01T00:00:00Z"), small.post("a2"), small.post("b1")],
        reports=[small.report("a1", summary="more", reported_at="2026-03-01T00:00:00Z"), small.report("b1")],
        tweet_embeddings=[small.embedding("a1", text_hash="i", updated_at="2026-03-01T00:00:00Z"), small.embedding("a2")])
    for order in (("older", "newer"), ("newer", "older")):
        for label, path in (("older", older), ("newer", newer)):
            snapshots.imports(path, "--label", label)
        for label in order:
            snapshots.undoes(label, *(["--force"] if order[0] == "older" else []))
        assert all(sql(archive, f"SELECT count(*) FROM {table}") == "0" for table in TABLES), order
    assert sql(archive, "SELECT count(*) FILTER (WHERE undone_at IS NOT NULL), count(DISTINCT label) FROM batches") == "4|2"


def test_an_import_that_was_taken_back_says_so_in_its_receipt(xmonitor, archive, snapshots, serve):
    snapshots.imports(small.all_tables(xmonitor.folder / "x.db"), "--label", "one")
    batch, client = sql(archive, "SELECT id FROM batches"), serve(archive).client
    assert client.get(f"/v1/ingest/batches/{batch}").json["undone_at"] is None
    snapshots.undoes("one")
    receipt = client.get(f"/v1/ingest/batches/{batch}").json
    assert receipt["label"] == "one" and receipt["undone_at"] > receipt["received_at"]
    # Another snapshot may have the label now.
    snapshots.imports(small.all_tables(xmonitor.folder / "y.db", "q"), "--label", "one")


def test_what_a_collector_changed_before_another_import_did_stays(xmonitor, archive, snapshots):
    """The import covers the collector's mark in updated_by; taking both imports back may not take what the collector knows of."""
    snapshots.imports(small.sqlite(xmonitor.folder / "one.db", tweets=[small.post("p1"), small.post("p2")]), "--label", "one")
    with live_news.server(xmonitor) as collector:
        collector.posts("updated", {"status_id": "p1", "likes": 70})
    newest = [small.post(name, likes=90, last_seen_at="2026-12-01T00:00:00Z") for name in ("p1", "p2")]
    snapshots.imports(small.sqlite(xmonitor.folder / "two.db", tweets=newest), "--label", "two", "--allow-future")
    snapshots.undoes("two")
    snapshots.undoes("one")
    assert ids(archive, "posts") == "p1"


def test_import_undo_import_is_the_import(xmonitor, archive, snapshots):
    path = small.all_tables(xmonitor.folder / "x.db")
    first = snapshots.imports(path)
    imported = contract(archive)
    snapshots.undoes(first["label"])
    again = snapshots.imports(path)
    assert again == first
    assert contract(archive) == imported
    assert snapshots.validates(path)["agrees"] is True


def test_an_unknown_label_is_named(xmonitor, archive, snapshots):
    snapshots.imports(small.all_tables(xmonitor.folder / "x.db"), "--label", "first-migration")
    before = everything(archive)
    assert "no-such-import" in xmonitor.fails("snapshot", "undo", "--label", "no-such-import")
    assert everything(archive) == before


def test_an_unfinished_import_survives_the_undo_of_the_import_that_it_builds_on(xmonitor, archive, snapshots):
    """What it staged of the reports refers to posts that the undo takes away; it has to notice, not to break on them for ever."""
    snapshots.imports(small.sqlite(xmonitor.folder / "one.db", tweets=[small.post("p1")]), "--label", "one")
    two = small.sqlite(xmonitor.folder / "two.db", reports=[small.report("p1"), small.report("p1", reported_at="nonsense")])
    xmonitor.fails("snapshot", "import", str(two), "--max-rejects", "0")
    snapshots.undoes("one")
    summary = snapshots.imports(two)
    assert [reject["rule"] for reject in summary["tables"][0]["rejects"]] == ["orphan", "timestamp"]
