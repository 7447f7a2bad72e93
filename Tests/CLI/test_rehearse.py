"""The rehearsal plays the whole migration on a throw-away database and leaves evidence; production is only read."""

import json
import os

from support.psql import sql


def evidence(folder):
    return {path.name[3:-5]: json.loads(path.read_text()) for path in sorted(folder.glob("[0-9][0-9]-*.json"))}


def databases(address):
    return sql(address, "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE datname LIKE 'xmonitor_rehearsal%'")


def test_every_step_passes_and_leaves_nothing_but_evidence(xmonitor, database):
    xmonitor("sample", "sample.db", "--posts", "120")
    printed = xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
    assert "EVERY STEP PASSED" in printed
    steps = evidence(xmonitor.folder / "evidence")
    assert list(steps) == ["take", "inspect", "schema", "import", "validate", "key", "closed", "smoke", "serve", "page", "undo", "drop"]
    for name, step in steps.items():
        assert step["result"] == "passed", (name, step)
        assert step["command"] and step["duration_ms"] >= 0 and step["started_at"].endswith("Z")
    assert "posts are on the page" in "".join(steps["page"]["output"])
    assert (xmonitor.folder / "evidence/feed.png").stat().st_size > 10_000
    assert "EVERY CELL AGREES" in (xmonitor.folder / "evidence/validation.md").read_text()
    assert json.loads((xmonitor.folder / "evidence/rehearsal.json").read_text())["passed"] is True
    assert not (xmonitor.folder / "evidence/snapshot.db").exists()
    # Nobody read without the key, and with it everything was there; the evidence does not hold it.
    assert sum("without a key is refused" in line and line.startswith("ok") for line in steps["smoke"]["output"]) == 7
    assert not any("xmk_" in path.read_text(errors="replace") for path in (xmonitor.folder / "evidence").iterdir())
    assert databases(database) == ""
    assert sql(database, "SELECT count(*) FROM pg_class WHERE relname = 'posts'") == "0"


def test_without_a_database_it_has_a_postgres_of_its_own(xmonitor):
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
    assert evidence(xmonitor.folder / "evidence")["drop"]["result"] == "passed"


def test_settings_of_the_real_server_do_not_close_it_or_open_it(xmonitor, database):
    (xmonitor.folder / ".env").write_text("XMONITOR_READ_ACCESS=keys\nXMONITOR_PUBLIC_URL=https://feed.example.com\n")
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
    steps = evidence(xmonitor.folder / "evidence")
    assert steps["smoke"]["result"] == steps["page"]["result"] == "passed"


def test_the_first_step_that_fails_ends_it(xmonitor, database):
    (xmonitor.folder / "broken.db").write_text("this is no database " * 100)
    xmonitor("snapshot", "rehearse", "broken.db", "--evidence", "evidence", code=1)
    steps = evidence(xmonitor.folder / "evidence")
    assert list(steps) == ["take", "drop"]
    assert steps["take"]["result"] == "failed" and "not a SQLite database" in "".join(steps["take"]["output"])
    assert databases(database) == ""


def test_an_archive_is_only_read(xmonitor, archive):
    """It has gone on since the import, so a comparison would say nothing of the snapshot."""
    xmonitor("sample", "sample.db", "--posts", "120")
    xmonitor("snapshot", "import", "sample.db", code=1)
    sql(archive, "UPDATE posts SET likes = likes + 1, last_seen_at = now()")
    # The audit has what the rehearsal tries without a key, and is refused.
    written = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname <> 'audit_events'"
    before = sql(archive, f"SELECT pg_stat_force_next_flush(); {written}").splitlines()[-1]
    printed = xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
    assert "EVERY STEP THAT ONLY READS PASSED" in printed and "FAILED" not in printed
    steps = evidence(xmonitor.folder / "evidence")
    refused = [name for name, step in steps.items() if step["result"] == "refused"]
    assert refused == ["schema", "import", "validate", "key", "undo", "drop"] and "not comparable" in steps["validate"]["reason"]
    assert all("holds an archive" in steps[name]["reason"] for name in refused)
    assert [steps[name]["result"] for name in ("take", "inspect", "serve", "smoke", "page")] == ["passed"] * 5
    assert "--read-only" in steps["smoke"]["command"]
    assert sql(archive, f"SELECT pg_stat_force_next_flush(); {written}").splitlines()[-1] == before


def test_evidence_is_not_overwritten(xmonitor, database):
    os.mkdir(xmonitor.folder / "evidence")
    (xmonitor.folder / "evidence/precious").write_text("precious")
    xmonitor("sample", "sample.db", "--posts", "5")
    assert "--evidence" in xmonitor.fails("snapshot", "rehearse", "sample.db", "--evidence", "evidence")


def test_why_the_server_did_not_start_is_in_the_evidence(xmonitor, database):
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor.environment["XMONITOR_WEB_ROOT"] = "nowhere"
    printed = xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence", code=1)
    assert "nowhere" in printed and "nowhere" in "".join(evidence(xmonitor.folder / "evidence")["closed"]["output"])
