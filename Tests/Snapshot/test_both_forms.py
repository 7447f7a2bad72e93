"""The SQLite file and a folder of JSON Lines that an unrelated program wrote give the same archive."""

import json
import random

import pytest

import random_snapshot
from archive_contents import TABLES, columns
from documented_rules import TARGETS
from support.full_run import FULL
from support.psql import sql

SEEDS = range(20 if FULL else 1)


def as_json(value):
    """What a program without types of its own makes of a cell: a blob is the text in it."""
    return value.decode() if isinstance(value, bytes) else value


def holds_json(rows):
    """Whether JSON can say every cell: bytes that are no UTF-8 it cannot."""
    try:
        for row in rows:
            for value in row:
                as_json(value)
    except UnicodeDecodeError:
        return False
    return True


def exported(folder, tables, rng, ensure_ascii):
    folder.mkdir()
    for name, (names, rows) in tables.items():
        with open(folder / f"{name}.jsonl", "w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                members = [(column, as_json(value)) for column, value in zip(names, row)]
                rng.shuffle(members)
                file.write(json.dumps(dict(members), ensure_ascii=ensure_ascii) + "\n")


def dump(address):
    """The contract columns, in the order of the key, as Postgres itself writes them."""
    return {
        table: sql(address, f"COPY (SELECT {', '.join(columns(table))} FROM {table} ORDER BY {', '.join(TABLES[table][0])}) TO STDOUT")
        for table in TABLES}


def emptied(address):
    sql(address, "TRUNCATE posts, watch_accounts, pipeline_runs, post_metrics_snapshots, reports, embeddings, batches CASCADE")


@pytest.mark.parametrize("seed", SEEDS)
def test_sqlite_and_json_lines_give_the_same_archive(xmonitor, archive, snapshots, seed):
    path = xmonitor.folder / "x_monitor.db"
    random_snapshot.written(path, random_snapshot.snapshot(seed, size=100 if FULL else 40), seed).close()
    tables = random_snapshot.read_back(path)
    if not all(holds_json(rows) for _, rows in tables.values()):
        # Rows that JSON cannot say stay out of both forms.
        tables = {name: (names, [row for row in rows if holds_json([row])]) for name, (names, rows) in tables.items()}
        path = xmonitor.folder / "sayable.db"
        random_snapshot.written(path, tables, seed, typed=False).close()
    summary = snapshots.imports(path)
    expected = dump(archive)
    assert any(expected.values())
    for ensure_ascii in (True, False):
        folder = xmonitor.folder / f"ensure_ascii_{ensure_ascii}"
        exported(folder, tables, random.Random(seed), ensure_ascii)
        emptied(archive)
        again = snapshots.imports(folder)
        assert dump(archive) == expected
        assert [counts(table) for table in again["tables"]] == [counts(table) for table in summary["tables"]]
        assert snapshots.validates(folder)["agrees"] is True
        assert snapshots.validates(path)["agrees"] is True
    assert {table["source"] for table in summary["tables"]} == set(tables) & set(TARGETS)


def counts(table):
    return [table[name] for name in ("source", "read", "inserted", "updated", "unchanged", "rejected", "duplicate")]
