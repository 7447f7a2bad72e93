"""The collectors of docs/ingest.md send what they read, once, whatever the way there is like."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from archive_state import contents
from ill_server import Ill
from random_batches import moment as at
from support.ingest_server import KEY
from support.psql import sql

PAGE = (Path(__file__).parents[2] / "docs/ingest.md").read_text()
PROGRAMS = {language: re.search(rf"^```{language}\n(#!.*?)^```", PAGE, re.M | re.S)[1] for language in ("python", "sh")}
POSTS = [{"status_id": str(2025000000000000000 + number), "url": f"https://x.com/ada/status/{number}", "author_handle": "ada",
          "likes": number, "discovered_at": at(1), "last_seen_at": at(2), "body_text": f"ünï\n\"{number}\""} for number in range(450)]


@pytest.fixture
def collect(tmp_path, xmonitor):
    def collect(language, url, posts, code=0, key=KEY):
        program = tmp_path / f"collector.{language}"
        program.write_text(PROGRAMS[language])
        program.chmod(0o755)
        lines = b"".join(post if isinstance(post, bytes) else json.dumps(post).encode() + b"\n" for post in posts)
        done = subprocess.run(
            [program], input=lines, capture_output=True, timeout=120, cwd=tmp_path,
            env={"PATH": xmonitor.environment["PATH"], "XMONITOR_URL": url, "XMONITOR_API_KEY": key})
        assert done.returncode == code, done.stderr
        assert done.stdout == b""
        return done.stderr.decode()

    return collect


@pytest.fixture
def set_aside(tmp_path):
    """What the collectors of this test have set aside."""
    return lambda: [json.loads(line) for line in (tmp_path / "rejected.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_collector_has_some_forty_lines(language):
    assert len(PROGRAMS[language].splitlines()) <= 42


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_collector_sends_all_and_sets_aside_what_was_rejected(server, collect, set_aside, language):
    bad = POSTS[0] | {"likes": -1, "body_text": "\u2028", "views": "ü"}
    told = collect(language, server.address, [*POSTS[1:], bad], code=1)
    assert told.count("\n") == 1 and "likes has to be an integer of 0 or more" in told
    (rejected,) = set_aside()
    assert rejected["reason"] in told and all(name in rejected["reason"] for name in ("likes", "views"))
    assert json.loads(rejected["line"]) == bad
    assert sql(server.database, "SELECT count(*) FROM posts") == str(len(POSTS) - 1)
    # Again, with the one that is mended: nothing is there twice.
    before = contents(server.database)["post_metrics_snapshots"]
    assert collect(language, server.address, POSTS) == ""
    assert len(contents(server.database)["post_metrics_snapshots"]) == len(before) + 1
    assert collect(language, server.address, []) == ""
    assert set_aside() == [rejected]


# Half an emoji, a line that was cut off, one that two writers wrote at once, bytes that are no UTF-8, and a number that is none.
BROKEN = [
    b'{"status_id": "half", "body_text": "\\ud83d"}\n', b'{"status_id": "cut", "body_text": "x\n', b'{"status_id": {"status_id": "two"}\n',
    b'{"status_id": "\xff\xfe"}\n', b'{"status_id": "nan", "likes": NaN}\n']


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_line_that_is_no_json_does_not_take_its_neighbours_along(server, collect, set_aside, language):
    lines = [json.dumps(post).encode() + b"\n" for post in POSTS[:230]]
    for place, line in zip((0, 3, 4, 150, 229), BROKEN):
        lines.insert(place, line)
    told = collect(language, server.address, [*lines, b"\n", b"{}"], code=1)
    assert sql(server.database, "SELECT count(*) FROM posts") == "230"
    assert [each["line"] for each in set_aside()] == [line.decode(errors="replace").strip() for line in BROKEN] + ["{}"]
    assert told.count("rejected.jsonl") == len(told.splitlines()) == len(BROKEN) + 1
    assert all(reason in told for reason in ("a lone surrogate", "invalid UTF-8", "url is required"))


@pytest.mark.parametrize("language", PROGRAMS)
def test_what_was_mended_is_sent_as_the_page_says(server, collect, tmp_path, xmonitor, language):
    collect(language, server.address, [json.dumps(POSTS[7]).encode()[:-1] + b', "author_display": "\\ud83d"}\n', json.dumps(POSTS[8] | {"likes": -1}).encode()], code=1)
    (tmp_path / "collector").symlink_to(f"collector.{language}")
    (tmp_path / "mend").write_text("""#!/bin/sh
sed -i -e 's/.ud83d//; s/"likes": -1/"likes": 1/' "$1"
""")
    (tmp_path / "mend").chmod(0o755)
    subprocess.run(
        ["bash", "-euc", re.search(r"^```sh\n(mv rejected.*?)^```", PAGE, re.M | re.S)[1]], cwd=tmp_path, check=True, timeout=120,
        env={"PATH": xmonitor.environment["PATH"], "EDITOR": tmp_path / "mend", "XMONITOR_URL": server.address, "XMONITOR_API_KEY": KEY})
    assert sql(server.database, "SELECT count(*), sum(likes) FROM posts") == "2|8"
    assert (tmp_path / "rejected.jsonl").read_text() == "" and not (tmp_path / "again.jsonl").exists()


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_member_that_nobody_reads_is_named(server, collect, language):
    assert collect(language, server.address, [POSTS[0] | {"lieks": 1, "veiws": 2}]) == "no such member: lieks, veiws\n"


@pytest.mark.parametrize("language", PROGRAMS)
def test_settings_are_stripped_and_what_is_none_stops_with_one_sentence(server, collect, language):
    for address in ("", "127.0.0.1:8080", "http://", "http://127.0.0.1:port"):
        assert collect(language, address, POSTS[:1], code=1) == "XMONITOR_URL has to be the address of the server, as http://127.0.0.1:8080.\n"
    assert collect(language, server.address, POSTS[:1], code=1, key=" ") == "XMONITOR_API_KEY has to be a key with the scope ingest.\n"
    assert collect(language, f"{server.address}/\n", POSTS[:1], key=f" {KEY}\n") == ""
    assert sql(server.database, "SELECT count(*) FROM posts") == "1"


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_collector_comes_through_a_server_that_is_unwell(server, collect, language):
    with Ill(server, [503, "well", None, "well", "lost"]) as ill:
        told = collect(language, ill.address, POSTS)
    # It says what it waits for.
    assert len(re.findall(r"(?i)waiting \d+ s for http.*|will retry in \d+ second", told)) == 3, told
    assert sql(server.database, "SELECT count(*) FROM posts") == str(len(POSTS))
    # Three batches, of which each was sent with its own key however often, and written once.
    assert len(ill.seen) == 3 + 3 and len(set(ill.seen)) == 3
    assert sql(server.database, "SELECT count(*), sum(inserted), sum(unchanged) FROM batches") == f"3|{len(POSTS)}|0"


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_collector_does_not_repeat_what_will_never_help(server, collect, language):
    with Ill(server, [413]) as ill:
        collect(language, ill.address, POSTS, code=1)
    assert len(ill.seen) == 1
    with Ill(server, []) as ill:
        assert '"code":"unauthorized"' in collect(language, ill.address, POSTS, code=1, key="another")
    assert len(ill.seen) == 1


def test_the_page_names_every_outcome_and_every_status_of_ingest():
    document = (Path(__file__).parents[2] / "docs/openapi.v1.yaml").read_text()
    operation = document[document.index("operationId: ingestPostsBatch"):document.index("/v1/ingest/metrics/batch")]
    told = {status for row in re.findall(r"^\| (\d{3}[^|]*)\|", PAGE, re.M) for status in re.findall(r"\d{3}", row)}
    assert set(re.findall(r'^        "(\d{3})"', operation, re.M)) <= told
    assert all(f"| `{outcome}` |" in PAGE for outcome in ("inserted", "updated", "unchanged", "stale", "blocked", "erased", "rejected"))


def members(text):
    """The members that a cell of the table names; `…` stands for each of the four counters."""
    for name in re.findall(r"`([\w…]+)`", text):
        yield from [name.replace("…", counter) for counter in ("likes", "reposts", "replies", "views")] if "…" in name else [name]


def test_the_table_of_what_to_send_has_every_member_and_every_value():
    schemas = yaml.safe_load((Path(__file__).parents[2] / "docs/openapi.v1.yaml").read_text())["components"]["schemas"]
    kinds = {"posts": "Post", "metrics": "MetricsSnapshot", "reports": "Report", "watch-accounts": "WatchAccount", "embeddings": "Embedding", "runs": "PipelineRun"}
    for kind, name in kinds.items():
        schema = schemas[f"{name}Upsert"]
        required, optional = re.search(rf"^\| {kind} \|[^|]*\|([^|]*)\|([^|]*)\|$", PAGE, re.M).groups()
        assert set(members(required)) - {"vector", "vector_json"} == set(schema["required"])
        assert kind != "posts" or all("description" in value or value["$ref"].rpartition("/")[2] in ("Id", "WebAddress", "SentHandle", "Timestamp")
                                      for value in schema["properties"].values())
        assert set(members(required)) | set(members(optional)) == set(schema["properties"])
    for member, name in (("watch_tier", "WatchTier"), ("snapshot_type", "SnapshotType"), ("mode", "RunMode")):
        row = re.search(rf"^\| `{member}`[^|]*\|(.*)\|$", PAGE, re.M)[1]
        assert re.findall(r"`(\w+)`", row) == schemas[name]["enum"]
