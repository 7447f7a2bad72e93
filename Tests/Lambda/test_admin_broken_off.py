"""Imports by the administrator's function that are killed, or run out of time: the same task again completes them."""

import os
import signal

import pytest

from admin_function import Admin, go_on, sleep_at, until_asleep
from support.psql import sql

# Those that the import stages; metrics snapshots derive from the posts of this sample.
TABLES = ["watch_accounts", "posts", "reports", "pipeline_runs", "embeddings"]
ROWS = " || ' ' || ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
MARGIN = 30


@pytest.fixture
def admin(function, database, tmp_path, xmonitor):
    admin = Admin(function, database, tmp_path)
    assert admin.run("schema", "apply")["exit_code"] == 0
    xmonitor("sample", "sample.db", "--posts", "120")
    admin.snapshot = admin.add(tmp_path / "sample.db")
    yield admin
    admin.stop()


def begin(admin, **more):
    return admin.begin("snapshot", "import", "SNAPSHOT", "--label", "first", snapshot=admin.snapshot, **more)


def is_completed(admin, address):
    """The next run completes it, and every cell agrees."""
    answer = admin.end(begin(admin))
    assert answer["done"] and answer["exit_code"] == 1, answer
    assert admin.run("snapshot", "validate", "SNAPSHOT", snapshot=admin.snapshot)["exit_code"] == 0
    assert sql(address, "SELECT count(*) FROM import_stages") == "0"
    assert admin.run("snapshot", "undo", "--label", "first")["exit_code"] == 0
    return answer


def test_killed_at_every_table_it_is_finished_by_the_next_run(admin, database):
    empty = sql(database, f"SELECT {ROWS}")
    for place, table in enumerate(TABLES):
        sleep_at(database, "import_stages", f"NEW.target = '{table}'")
        running = begin(admin)
        until_asleep(database)
        os.kill(admin.child, signal.SIGKILL)
        answer = admin.end(running)
        assert answer["exit_code"] is None and sql(database, f"SELECT {ROWS}") == empty
        go_on(database, "import_stages")
        assert sql(database, "SELECT count(*) FROM import_stages") == str(place)
        is_completed(admin, database)


def test_before_its_deadline_it_is_interrupted_and_goes_on_when_it_is_run_again(admin, database):
    sleep_at(database, "import_stages", "NEW.target = 'posts'")
    answer = admin.end(begin(admin, seconds=MARGIN + 6))
    assert (answer["done"], answer["exit_code"]) == (False, None) and "Interrupted" in answer["errors"]
    assert admin.store.under(answer["results"]) == ["result.json"]
    sql(database, "DROP TRIGGER sleeps ON import_stages; DROP FUNCTION sleeps")
    is_completed(admin, database)


def test_one_that_does_not_hear_is_killed(admin, database):
    sleep_at(database, "import_stages", "NEW.target = 'posts'")
    running = begin(admin, seconds=MARGIN + 6)
    until_asleep(database)
    os.kill(admin.child, signal.SIGSTOP)
    answer = admin.end(running)
    assert (answer["done"], answer["exit_code"]) == (False, None)
    go_on(database, "import_stages")
    is_completed(admin, database)


def test_without_time_nothing_begins(admin):
    invocation = begin(admin, seconds=MARGIN - 1)
    assert list(invocation.pieces()) == [] and "more time" in invocation.error["errorMessage"]
    assert admin.run("schema", "status")["exit_code"] == 0
