"""What an operator keeps out does not come in with a snapshot either."""

import small_snapshot as small
from support.psql import sql


def test_posts_of_a_blocked_author_and_what_hangs_on_them_are_rejected(xmonitor, archive, snapshots):
    sql(archive, "INSERT INTO blocked_handles (handle, blocked_by) VALUES ('ada', 'test')")
    path = small.sqlite(
        xmonitor.folder / "x.db", tweets=[small.post("1", author_handle="@Ada"), small.post("2", author_handle="bob")],
        reports=[small.report("1"), small.report("2")], tweet_embeddings=[small.embedding("1")], watch_accounts=[small.account("ada")])
    summary = snapshots.imports(path)
    rejected = {table["target"]: {reject["rule"]: reject["count"] for reject in table["rejects"]} for table in summary["tables"]}
    assert rejected == {"watch_accounts": {}, "posts": {"blocked": 1}, "reports": {"orphan": 1}, "embeddings": {"orphan": 1}}
    assert sql(archive, "SELECT string_agg(status_id, ' ') FROM posts") == "2"
    snapshots.validates(path)
    xmonitor("ops", "unblock", "ada")
    assert snapshots.imports(path, "--label", "again")["tables"][1]["inserted"] == 1


def test_a_stage_of_before_the_block_is_made_anew(xmonitor, archive, snapshots):
    path = small.sqlite(xmonitor.folder / "x.db", tweets=[small.post("1"), small.post("2", author_handle="bob")])
    xmonitor("snapshot", "import", str(path), "--max-rejects", "0")
    sql(archive, "INSERT INTO import_stages (target, snapshot_hash, staged_rows, tally, reject_bytes) VALUES ('posts', 'x', 0, '{}', 0)")
    total = sql(archive, "SELECT (SELECT count(*) FROM posts WHERE author_handle = 'ada') + count(*) FROM post_metrics_snapshots WHERE status_id = '1'")
    xmonitor("ops", "purge-handle", "ada", "--confirm", total, "--block")
    assert sql(archive, "SELECT count(*) FROM import_stages") == "0"
