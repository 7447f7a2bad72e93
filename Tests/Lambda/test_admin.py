"""Commands that the administrator's function runs: their answers, their results, and tasks that are none."""

import json
import os
import sqlite3
import subprocess

import pytest

from admin_function import Admin
from support.psql import sql


@pytest.fixture
def admin(function, database, tmp_path):
    admin = Admin(function, database, tmp_path)
    yield admin
    admin.stop()


def kept(admin, answer):
    return {name: admin.store.objects[answer["results"] + name] for name in admin.store.under(answer["results"])}


def test_a_command_is_run_and_its_answer_kept(admin):
    assert admin.run("schema", "status")["exit_code"] == 1
    answer = admin.run("schema", "apply", "--json")
    assert (answer["id"], answer["done"], answer["exit_code"], answer["errors"]) == ("task-2", True, 0, "")
    assert "0001_create_posts" in json.loads(answer["output"])["applied"] and answer["results"] == "results/task-2/"
    assert json.loads(kept(admin, answer)["result.json"]) == answer
    assert admin.run("schema", "status")["exit_code"] == 0
    # What a command says on its own behalf.
    wrong = admin.run("schema", "status", "--nonsense")
    assert wrong["done"] and wrong["exit_code"] == 2 and "--nonsense" in wrong["errors"]


def test_a_snapshot_is_imported_compared_and_taken_back(admin, xmonitor, database):
    admin.run("schema", "apply")
    xmonitor("sample", "sample.db", "--posts", "150")
    snapshot = admin.add(xmonitor.folder / "sample.db")
    inspected = admin.run("snapshot", "inspect", "SNAPSHOT", "--json", snapshot=snapshot)
    imported = admin.run("snapshot", "import", "SNAPSHOT", "--json", "--label", "first", snapshot=snapshot)
    assert inspected["exit_code"] == imported["exit_code"] == 1
    rejected = kept(admin, imported)["rejects.jsonl"].splitlines()
    assert len(rejected) == sum(table["rejected"] for table in json.loads(imported["output"])["tables"]) > 0
    validated = admin.run("snapshot", "validate", "SNAPSHOT", snapshot=snapshot)
    assert validated["exit_code"] == 0 and set(kept(admin, validated)) == {"result.json", "report.json", "report.md"}
    assert json.loads(kept(admin, validated)["report.json"])["agrees"] is True
    # The same as the command of an operator.
    assert xmonitor("snapshot", "validate", "sample.db") == validated["output"]
    again = admin.run("snapshot", "import", "SNAPSHOT", "--json", snapshot=snapshot)
    assert sum(table["inserted"] for table in json.loads(again["output"])["tables"]) == 0
    assert admin.run("snapshot", "undo", "--label", "first", "--force")["exit_code"] == 0
    assert sql(database, "SELECT count(*) FROM posts") == "0"
    assert admin.run("ops", "erase", "77", "--confirm", "0")["exit_code"] == 0
    assert sql(database, "SELECT status_id FROM erased_posts") == "77"


def test_what_is_no_task_is_refused_and_the_next_one_is_run(admin):
    good = {"id": "a", "command": ["schema", "status"]}
    digest = "0" * 64
    cases = [
        (b"[]", "JSON object"), (b"", "JSON object"), (b'"schema"', "JSON object"), ({"version": "2.0", "rawPath": "/"}, "member 1"),
        ({}, "id"), (good | {"id": ""}, "id"), (good | {"id": "../x"}, "id"), (good | {"id": "x" * 65}, "id"), (good | {"id": 5}, "id"),
        (good | {"command": "schema status"}, "list of words"), (good | {"command": []}, "list of words"), (good | {"command": [1]}, "list of words"),
        (good | {"command": ["serve"]}, "has to be one of"), (good | {"command": ["snapshot"]}, "has to be one of"),
        (good | {"command": ["snapshot", "take", "a", "b"]}, "has to be one of"), (good | {"command": ["snapshot", "export"]}, "has to be one of"),
        (good | {"command": ["snapshot", "rehearse", "a"]}, "has to be one of"), (good | {"command": ["--help"]}, "has to be one of"),
        (good | {"command": ["ops", "purge-handle", "@a"]}, "has to be one of"), (good | {"command": ["/bin/sh", "-c", "id"]}, "has to be one of"),
        (good | {"command": ["lambda", "admin"]}, "has to be one of"),
        (good | {"command": ["keys", "planted"]}, "has to be one of"), (good | {"command": ["schema"]}, "has to be one of"), (good | {"command": ["database"]}, "has to be one of"),
        (good | {"command": ["snapshot", "import", "/etc/passwd"]}, "member snapshot"),
        (good | {"command": ["snapshot", "import", "SNAPSHOT"]}, "member snapshot"), (good | {"snapshot": f"import/{digest}.db"}, "member snapshot"),
        (good | {"command": ["snapshot", "import", "SNAPSHOT"], "snapshot": "import/x.db"}, "import/SHA256.db"),
        (good | {"command": ["snapshot", "import", "SNAPSHOT"], "snapshot": f"secrets/{digest}.db"}, "import/SHA256.db"),
        (good | {"command": ["snapshot", "import", "SNAPSHOT", "--rejects=/tmp/x"], "snapshot": f"import/{digest}.db"}, "--rejects"),
        (good | {"command": ["database", "bootstrap"]}, "administrator"),
        (good | {"administrator": {"user": "a", "password": "planted"}}, "administrator"),
        (good | {"command": ["database", "bootstrap"], "administrator": {"user": "a", "password": "planted\n*:*"}}, "one line"),
    ]
    for event, says in cases:
        message = admin.refused(event)
        assert says in message and "planted" not in message, (event, message)
    assert admin.run("schema", "status")["exit_code"] == 1
    assert "planted" not in admin.log and all(name.startswith("results/task-") for name in admin.store.objects)


def test_a_snapshot_that_is_none_is_told_and_nothing_is_written(admin, database, tmp_path):
    admin.run("schema", "apply")
    (tmp_path / "text.db").write_text("no database " * 500)
    key = admin.add(tmp_path / "text.db")
    for command in (["inspect"], ["import"], ["validate"]):
        answer = admin.run("snapshot", *command, "SNAPSHOT", snapshot=key)
        assert answer["done"] and answer["exit_code"] == 2 and "SQLite" in answer["errors"], answer
    missing = f"import/{'0' * 64}.db"
    answer = admin.run("snapshot", "import", "SNAPSHOT", snapshot=missing)
    assert answer["exit_code"] == 2 and "does not exist" in answer["errors"]
    admin.store.objects[missing] = b"something else"
    answer = admin.run("snapshot", "import", "SNAPSHOT", snapshot=missing)
    assert answer["exit_code"] == 2 and "is not what it is named after" in answer["errors"]
    assert json.loads(kept(admin, answer)["result.json"]) == answer
    assert sql(database, "SELECT count(*) FROM batches") == "0"


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of one mebibyte."""
    folder, as_root = tmp_path / "small", [] if os.geteuid() == 0 else ["sudo", "-n"]
    folder.mkdir()
    subprocess.run([*as_root, "mount", "-t", "tmpfs", "-o", "size=1m,mode=0777", "none", str(folder)], check=True)
    yield folder
    subprocess.run([*as_root, "umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_written(function, database, xmonitor, small_disk):
    admin = Admin(function, database, small_disk)
    try:
        admin.run("schema", "apply")
        xmonitor("sample", "large.db", "--posts", "2000")
        answer = admin.run("snapshot", "import", "SNAPSHOT", snapshot=admin.add(xmonitor.folder / "large.db"))
        assert (answer["done"], answer["exit_code"]) == (True, 2) and "has room for" in answer["errors"], answer
        # This one has room, and what is rejected of it has none.
        with sqlite3.connect(xmonitor.folder / "full.db") as source:
            source.execute("CREATE TABLE tweets (id TEXT, author TEXT, text TEXT)")
            source.executemany("INSERT INTO tweets VALUES (?, 'nobody', ?)", [("no id", "x" * 10_000)] * 60)
        source.close()
        answer = admin.run("snapshot", "import", "SNAPSHOT", snapshot=admin.add(xmonitor.folder / "full.db"))
        assert (answer["done"], answer["exit_code"]) == (True, 2) and "space" in answer["errors"].lower(), answer
        assert sql(database, "SELECT count(*) FROM batches") == "0"
    finally:
        admin.stop()


def test_keys_are_answered_and_kept_nowhere(admin):
    admin.run("schema", "apply")
    before = set(admin.store.objects)
    answer = admin.run("keys", "create", "--name", "a program", "--scopes", "read", "--expires", "1d")
    key = answer["output"].strip()
    assert answer["exit_code"] == 0 and key.startswith("xmk_") and answer["results"] is None
    assert set(admin.store.objects) == before and key not in admin.log


def test_an_answer_is_the_end_of_what_was_printed(admin):
    answer = admin.run("schema", "status", *["x" * 100_000] * 10)
    assert answer["exit_code"] == 2 and "bytes before this are left out" in answer["errors"] and len(answer["errors"]) < 200_000


def test_results_that_cannot_be_kept_are_told(admin):
    admin.store.refusal = ("AccessDenied", 403)
    answer = admin.run("schema", "apply")
    assert answer["exit_code"] == 0 and answer["results"] is None and "could not be kept" in answer["errors"]


def test_a_file_that_cannot_be_kept_is_told_in_the_result(admin, xmonitor):
    admin.run("schema", "apply")
    xmonitor("sample", "sample.db", "--posts", "150")
    snapshot = admin.add(xmonitor.folder / "sample.db")
    admin.store.refusal, admin.store.refused = ("AccessDenied", 403), "rejects.jsonl"
    answer = admin.run("snapshot", "import", "SNAPSHOT", snapshot=snapshot)
    assert answer["exit_code"] == 1 and "rejects.jsonl is missing" in answer["errors"]
    assert set(kept(admin, answer)) == {"result.json"} and json.loads(kept(admin, answer)["result.json"]) == answer
    # It was there before the file was tried.
    assert [key.rsplit("/")[-1] for command, key in admin.store.requests if command == "PUT"][-3:] == ["result.json", "rejects.jsonl", "result.json"]


def test_it_does_not_start_without_its_bucket(function, database):
    assert "XMONITOR_BUCKET" in function("admin", DATABASE_URL=database).fails()["errorMessage"]
