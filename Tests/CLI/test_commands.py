"""Every command, the way the README and --help show it."""

import json
import re
from pathlib import Path

import pytest

from support.psql import sql

ROOT = Path(__file__).parents[2]


def test_every_command_has_help_with_an_example(xmonitor):
    for command in ("up", "serve", "schema", "schema status", "schema plan", "schema apply", "schema grant", "snapshot", "snapshot take",
                    "snapshot inspect", "snapshot export", "snapshot import", "snapshot validate", "snapshot undo", "snapshot rehearse",
                    "keys", "keys create", "keys list", "keys rotate", "keys revoke", "ops", "ops future", "ops purge-handle", "ops blocked",
                    "ops unblock", "ops erase", "ops erased", "ops readmit", "audit", "smoke", "sample", "config", "version"):
        text = xmonitor(*command.split(), "--help")
        assert "Example:" in text, command
        assert f"xmonitor {command.split()[0]}" in text


def test_the_version_is_that_of_the_changelog_with_commit_and_schema(xmonitor):
    newest = re.search(r"^## \[?(\d[\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE).group(1)
    schema = len(list((ROOT / "db/migrations").glob("*.sql")))
    text = xmonitor("version").strip()
    assert re.fullmatch(rf"xmonitor {re.escape(newest)}, commit (unknown|[0-9a-f]{{12,40}}(-dirty)?), schema {schema}", text), text
    assert xmonitor("--version").strip() == text


@pytest.mark.parametrize("arguments", [["snapshots"], ["serve", "--prot", "1"], ["keys", "create"], ["keys", "create", "--name", "a", "--scopes", "read", "--expires", "x"],
                                       ["smoke", "ftp://host"], ["up", "--posts", "0"], ["serve", "more"], ["config", "--port"], ["lambda", "x"], ["schema", "status"]])
def test_every_error_begins_with_the_name_of_the_program(xmonitor, arguments):
    xmonitor(*arguments, code=2)
    assert xmonitor.stderr.startswith("xmonitor: ") and "Error:" not in xmonitor.stderr
    if arguments == ["serve", "--prot", "1"]:
        assert "--port" in xmonitor.stderr and "Usage:" in xmonitor.stderr


def test_schema_goes_from_pending_to_current(xmonitor, database):
    xmonitor("schema", "status", code=1)
    assert "pending  0001_create_posts" in xmonitor.stdout
    assert "CREATE TABLE posts" in xmonitor("schema", "plan")
    assert sql(database, "SELECT count(*) FROM pg_class WHERE relname = 'posts'") == "0"
    assert "applying 0001_create_posts" in xmonitor("schema", "apply")
    assert "nothing to apply" in xmonitor("schema", "apply")
    assert json.loads(xmonitor("schema", "status", "--json"))["pending"] == []


def test_a_sample_is_imported_validated_and_imported_again(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "120", "--seed", "7")
    summary = json.loads(xmonitor("snapshot", "import", "sample.db", "--json", code=1))
    for table in summary["tables"]:
        parts = ("inserted", "updated", "unchanged", "rejected", "duplicate", "erased")
        assert table["read"] == sum(table[part] for part in parts), table
    rejected = sum(table["rejected"] for table in summary["tables"])
    rejects = [json.loads(line) for line in (xmonitor.folder / "sample.db.rejects.jsonl").read_text().splitlines()]
    assert len(rejects) == rejected > 0
    assert {"table", "row", "key", "field", "rule", "demand", "value", "source"} == set(rejects[0])
    assert json.loads(xmonitor("snapshot", "validate", "sample.db", "--json"))["agrees"] is True
    again = json.loads(xmonitor("snapshot", "import", "sample.db", "--json", code=1))
    assert all(table["inserted"] == table["updated"] == 0 for table in again["tables"])
    assert again["derived_new"] == 0
    assert "EVERY CELL AGREES" in xmonitor("snapshot", "validate", "sample.db")


def test_validation_fails_on_a_single_changed_cell(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    sql(archive, "UPDATE posts SET views = views + 1 WHERE status_id = (SELECT max(status_id) FROM posts)")
    xmonitor("snapshot", "validate", "sample.db", code=1)
    difference = next(line for line in xmonitor.stdout.splitlines() if "| views" in line)
    assert difference.startswith("| posts")


def test_config_shows_what_is_in_effect_and_no_secret(xmonitor):
    xmonitor.environment |= {"XMONITOR_API_KEY": "very-secret", "XMONITOR_PORT": "9000"}
    text = xmonitor("config")
    assert "very-secret" not in text and "(set, not shown)" in text and "9000" in text


def test_a_secret_can_come_from_a_file_and_a_setting_from_dotenv(xmonitor):
    (xmonitor.folder / "key").write_text("from-a-file\n")
    (xmonitor.folder / ".env").write_text("XMONITOR_PORT=9001\n")
    xmonitor.environment["XMONITOR_API_KEY_FILE"] = "key"
    shown = json.loads(xmonitor("config", "--json"))
    assert shown["XMONITOR_API_KEY"] == {"value": "(set, not shown)", "secret": True, "from": "file key, named by environment"}
    assert shown["XMONITOR_PORT"] == {"value": "9001", "secret": False, "from": ".env:1"}


@pytest.mark.parametrize("name, value", [("XMONITOR_PORT", "http"), ("XMONITOR_PORT", "70000"), ("XMONITOR_POOL_SIZE", "0"),
                                         ("XMONITOR_PREPARED_STATEMENTS", "maybe"), ("XMONITOR_REQUEST_TIMEOUT", "-1")])
def test_a_senseless_setting_is_named(xmonitor, archive, name, value):
    xmonitor.environment[name] = value
    for command in ("serve", "config"):
        message = xmonitor.fails(command)
        assert name in message and value in message
