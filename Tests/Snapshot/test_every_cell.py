"""Every cell of a random snapshot arrives by the documented rules, and one cell that does not is named.

The expected contents are worked out twice: by the program, and by documented_rules.py, which shares nothing with it.
"""

import json

import pytest

import documented_rules
import random_snapshot
import small_snapshot as small
from archive_contents import analyzed, columns, contents, row_versions, schema, staging_tables
from support.full_run import FULL

SEEDS = range(60 if FULL else 3)


def adds_up(summary):
    for table in summary["tables"]:
        parts = ("inserted", "updated", "unchanged", "rejected", "duplicate", "erased")
        assert table["read"] == sum(table[part] for part in parts), table


def agreement(report):
    """Every column has the same digest on both sides, and nothing was explained away."""
    assert report["agrees"] is True
    for table in report["tables"]:
        assert table["expected"] == table["found"] and not table["differences"], table
        assert [table[name] for name in ("missing", "extra", "different", "later_rows", "later_cells")] == [0] * 5, table
        for column in table["columns"]:
            assert column["snapshot_digest"] == column["archive_digest"], (table["table"], column)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_snapshot_arrives_by_the_documented_rules_and_again_changes_nothing(xmonitor, archive, snapshots, seed):
    path = xmonitor.folder / "x_monitor.db"
    writer = random_snapshot.written(path, random_snapshot.snapshot(seed, size=150 if FULL else 60), seed)
    held = random_snapshot.read_back(path)
    outcomes, history = documented_rules.applied(held)

    built = schema(archive)
    summary = snapshots.imports(path)
    assert schema(archive) == built
    adds_up(summary)
    assert {table["source"] for table in summary["tables"]} == set(outcomes)
    assert set(summary["left_behind"]) == set(held) - set(documented_rules.TARGETS)
    rejects = {}
    if summary["reject_file"]:
        for line in open(summary["reject_file"], encoding="utf-8", newline="\n"):
            reject = json.loads(line)
            rejects.setdefault(reject["table"], {})[reject["row"]] = (reject["field"], reject["rule"])
    for table in summary["tables"]:
        outcome = outcomes[table["source"]]
        found = rejects.get(table["source"], {})
        wrong = {row: broken for row, broken in found.items() if broken not in outcome.rejects.get(row, [])}
        overlooked = {row: broken for row, broken in outcome.rejects.items() if row not in found}
        assert not wrong and not overlooked, (table["source"], wrong, overlooked)
        counts = [table[name] for name in ("read", "inserted", "updated", "unchanged", "rejected", "duplicate")]
        assert counts == [outcome.read, len(outcome.rows), 0, 0, outcome.rejected, outcome.duplicate], table["source"]
        arrived = contents(archive, table["target"])
        assert sorted(arrived) == sorted(outcome.rows)
        for key, expected in outcome.rows.items():
            assert {name: arrived[key][name] for name in columns(table["target"])} == expected, (table["target"], key)
    assert contents(archive, "post_metrics_snapshots") == history
    assert summary["derived_new"] == len(history)
    agreement(snapshots.validates(path))

    before, statistics = row_versions(archive), analyzed(archive)
    assert not any(line.endswith("|") for line in statistics.splitlines()), statistics
    again = snapshots.imports(path)
    adds_up(again)
    assert all(table["inserted"] == table["updated"] == 0 for table in again["tables"]), again
    assert again["derived_new"] == 0
    assert row_versions(archive) == before
    assert analyzed(archive) == statistics
    assert staging_tables(archive) == []
    agreement(snapshots.validates(path))
    writer.close()


@pytest.mark.parametrize("tables", [
    {"tweets": [small.post("p1")]}, {"watch_accounts": [small.account("ada")]}, {"runs": [small.run()]},
    {"reports": [small.report("nowhere")], "tweet_embeddings": [small.embedding("nowhere")]}], ids=lambda tables: " ".join(tables))
def test_an_import_leaves_the_schema_as_it_was_whatever_tables_the_snapshot_lacks(xmonitor, archive, snapshots, tables):
    """An empty archive is loaded without its indexes; they have to come back."""
    built = schema(archive)
    path = small.sqlite(xmonitor.folder / "x.db", **tables)
    for _ in range(2):
        snapshots.imports(path)
        assert schema(archive) == built
        assert snapshots.validates(path)["agrees"] is True
