"""Snapshots that a test writes row by row, in order but for what it says."""

import json
import sqlite3


def post(status_id, **fields):
    return {
        "status_id": status_id, "url": f"https://x.example/{status_id}", "author_handle": "ada", "body_text": f"text of {status_id}",
        "is_significant": 0, "likes": 1, "reposts": 2, "replies": 3, "views": 4, "initial_likes": 1,
        "discovered_at": "2026-02-22T09:30:00.123456Z", "last_seen_at": "2026-02-22T10:30:00Z"} | fields


def report(status_id, **fields):
    return {"status_id": status_id, "reported_at": "2026-02-22T11:00:00Z", "channel": "chat", "summary": None, "destination": "room"} | fields


def account(handle, **fields):
    return {"handle": handle, "tier": "teammate", "note": None, "added_at": "2026-01-01T00:00:00Z"} | fields


def run(run_at="2026-02-22T09:00:00Z", **fields):
    return {"run_at": run_at, "mode": "both", "fetched_count": 9, "significant_count": 1, "reported_count": 0, "note": None,
            "source": "cron"} | fields


def embedding(status_id, **fields):
    return {"status_id": status_id, "backend": "b", "model": "m", "vector_json": "[0.1, 0.2]", "dims": 2, "text_hash": "h",
            "created_at": "2026-02-22T12:00:00Z", "updated_at": "2026-02-22T12:00:00Z"} | fields


def sqlite(path, **tables):
    """Writes `table=[row, …]` as SQLite; all rows of a table have the columns of its first."""
    database = sqlite3.connect(path)
    for table, rows in tables.items():
        names = list(rows[0])
        database.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", [[row[name] for name in names] for row in rows])
    database.commit()
    database.close()
    return path


def json_lines(folder, **tables):
    """Writes `table=[row, …]` as JSON Lines."""
    folder.mkdir()
    for table, rows in tables.items():
        (folder / f"{table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def all_tables(path, name="p"):
    """Three posts with all that can hang on them."""
    ids = [f"{name}1", f"{name}2", f"{name}3"]
    return sqlite(
        path, tweets=[post(status_id) for status_id in ids], reports=[report(ids[0])], watch_accounts=[account("ada"), account("grace")],
        runs=[run()], tweet_embeddings=[embedding(status_id) for status_id in ids])
