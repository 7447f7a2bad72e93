"""What is in a snapshot, before anything is imported."""

import json
import sqlite3
from contextlib import closing


def test_an_inspection_needs_no_database_and_exits_by_what_would_be_rejected(xmonitor):
    xmonitor("sample", "clean.db", "--posts", "20")
    xmonitor("sample", "faulty.db", "--posts", "120")
    assert "DATABASE_URL" not in xmonitor.environment
    assert "NOTHING WOULD BE REJECTED" in xmonitor("snapshot", "inspect", "clean.db")
    assert "9 ROWS WOULD BE REJECTED" in xmonitor("snapshot", "inspect", "faulty.db", code=1)
    xmonitor.fails("snapshot", "inspect", "nothing.db")


def test_columns_types_mapping_and_times_are_shown(xmonitor):
    with closing(sqlite3.connect(xmonitor.folder / "x.db", isolation_level=None)) as db:
        db.execute("CREATE TABLE runs (timestamp, mode, weather, source BLOB)")
        db.executemany("INSERT INTO runs VALUES (?, ?, ?, ?)", [
            ("2026-02-22T12:00:00+02:00", "both", 1.5, b"x"), ("2026-02-21T12:00:00Z", "weekly", None, 7), ("never", "both", "sun", None)])
        db.execute("CREATE TABLE settings (name)")
    text = xmonitor("snapshot", "inspect", "x.db", code=1)
    lines = {line.split()[0]: " ".join(line.split()) for line in text.splitlines() if line.startswith("  ")}
    assert lines["timestamp"] == "timestamp run_at (older name) text 3 2026-02-21T12:00:00.000000Z 2026-02-22T10:00:00.000000Z"
    assert lines["weather"] == "weather – nobody reads it null 1, real 1, text 1"
    assert "Tables that stay behind: settings" in text
    assert "Tables that are not there: watch_accounts, tweets, reports, tweet_embeddings" in text
    told = json.loads(xmonitor("snapshot", "inspect", "x.db", "--json", code=1))
    runs = told["tables"][0]
    assert (runs["read"], runs["accepted"], runs["rejected"], runs["duplicate"]) == (3, 1, 2, 0)
    assert [(strike["rule"], strike["column"], strike["count"]) for strike in runs["rejects"]] == [
        ("run_mode", "mode", 1), ("timestamp", "run_at", 1)]
    assert runs["unmapped"] == [{"column": "weather", "values": 1}]
    assert {"target": "run_at", "source": "timestamp", "alias": True} in runs["mappings"]
    source = next(column for column in runs["columns"] if column["name"] == "source")
    assert source["types"] == {"null": 1, "integer": 1, "real": 0, "text": 0, "blob": 1, "boolean": 0}
    assert told["left_behind"] == ["settings"]
