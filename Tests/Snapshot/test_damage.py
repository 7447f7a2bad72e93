"""One wrong cell in the archive is found and named: table, key, column and both values, and nothing else."""

import random

import pytest

import damage
import random_snapshot
from archive_contents import TABLES
from support.full_run import FULL
from support.psql import sql

SEEDS = range(5 if FULL else 1)
# Of each table this many columns are damaged; all in full.
COLUMNS = None if FULL else 1


def differences(report):
    """Every difference as (table, key, column, expected, found), and that the counts say the same."""
    named = []
    for table in report["tables"]:
        assert table["later_rows"] == table["later_cells"] == 0, table
        found = [(d["key"], d["column"], d["expected"], d["found"]) for d in table["differences"]]
        assert table["missing"] == sum(column is None and there is None for _, column, _, there in found)
        assert table["extra"] == sum(column is None and there is not None for _, column, _, there in found)
        for column in table["columns"]:
            assert column["different"] == sum(name == column["name"] for _, name, _, _ in found), column
        named += [(table["table"], *difference) for difference in found]
    return named


def other_digests(report):
    return {
        (table["table"], column["name"]) for table in report["tables"] for column in table["columns"]
        if column["snapshot_digest"] != column["archive_digest"]}


def is_named(report, table, changes, before, after):
    """Exactly the damage is named. A changed key is a missing row and an extra one."""
    assert report["agrees"] is False
    keys = set(TABLES[table][0]) & set(changes)
    if keys:
        expected = [(table, before["shown_key"], None, "row", None), (table, after["shown_key"], None, None, "row")]
        # What hangs on the key is in its digest.
        assert {other for other, _ in other_digests(report)} == {table}
    else:
        expected = [(table, before["shown_key"], name, before[name], after[name]) for name in changes]
        assert other_digests(report) == {(table, name) for name in changes}
    assert sorted(differences(report), key=repr) == sorted(expected, key=repr)


def prepared(program, address, snapshots, seed):
    """A snapshot of all tables, imported, of each of which rows arrived; of seeds without the next one."""
    while True:
        path = program.folder / f"{seed}.db"
        random_snapshot.written(path, random_snapshot.snapshot(seed, size=40), seed).close()
        snapshots.imports(path)
        if all(int(sql(address, f"SELECT count(*) FROM {table}")) > 1 for table in TABLES):
            report = snapshots.validates(path)
            if report["agrees"] and len(report["tables"]) == len(TABLES):
                return path, report
        snapshots.undoes(snapshots.imports(path)["label"])
        seed += 1000


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_cell_and_a_missing_or_foreign_row_are_named(xmonitor, archive, snapshots, seed):
    rng = random.Random(seed)
    path, report = prepared(xmonitor, archive, snapshots, seed)
    own = sql(archive, "SELECT id FROM batches WHERE undone_at IS NULL")
    for table in report["tables"]:
        name = table["table"]
        compared = [column["name"] for column in table["columns"]]
        assert sorted(compared) == sorted(sum(TABLES[name], [])), "every column of the contract is compared"
        for column in compared if COLUMNS is None else rng.sample(compared, COLUMNS):
            changes = {column: damage.other(name, column, rng)} | damage.TOGETHER.get(column, {})
            with damage.changed(archive, name, changes, damage.some_row(archive, name, rng)) as (before, after):
                is_named(snapshots.validates(path), name, changes, before, after)
        with damage.removed(archive, name, damage.some_row(archive, name, rng)) as gone:
            found = differences(snapshots.validates(path))
            assert found == [(name, gone["shown_key"], None, "row", None)]
        for batch in ["NULL", own] if FULL else [rng.choice(["NULL", own])]:
            with damage.added(archive, name, damage.some_row(archive, name, rng), batch) as extra:
                found = differences(snapshots.validates(path))
                assert found == [(name, extra["shown_key"], None, None, "row")]
    assert snapshots.validates(path)["agrees"] is True
