"""The spool of docs/collectors.md: what the collector left on disk comes to the archive, once, whatever the way there is like."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from ill_server import Ill
from random_batches import moment as at
from support.ingest_server import KEY
from support.psql import sql
from support.waiting import until

PAGE = (Path(__file__).parents[2] / "docs/collectors.md").read_text()
SPOOL, SENDER, REQUEUE = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
COUNTERS = {"likes": 1, "reposts": 2, "replies": 3, "views": 4}


def post(status_id, **fields):
    return {"status_id": status_id, "url": "https://x.com/ada/status/1", "author_handle": "ada", "last_seen_at": at(1)} | fields


def block(language, word):
    """The block of the page in which `word` stands."""
    return next(text for text in re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S) if word in text)


@pytest.fixture
def known():
    """The names that the program with `spool` has."""
    known = {}
    exec(SPOOL, known)
    return known


@pytest.fixture
def spool(tmp_path, known):
    return lambda kind, body: known["spool"](kind, body, tmp_path / "spool")


@pytest.fixture
def sender(tmp_path, xmonitor):
    (tmp_path / "sender.py").write_text(SENDER)
    running = []

    def start(address, key=KEY):
        settings = {"XMONITOR_URL": address, "XMONITOR_API_KEY": key}
        running.append(subprocess.Popen(
            ["python3", "sender.py"], cwd=tmp_path, stderr=subprocess.PIPE, text=True,
            env={"PATH": xmonitor.environment["PATH"]} | {name: value for name, value in settings.items() if value is not None}))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def ended(process, code=0):
    _, said = process.communicate(timeout=120)
    assert process.returncode == code, said
    return said


def waiting_batches(tmp_path):
    return sorted(path.name.split(".")[1] for path in (tmp_path / "spool").glob("*.json"))


def dead(tmp_path):
    return [json.loads(line) for line in (tmp_path / "dead.jsonl").read_text().splitlines()]


def everything(spool):
    spool("posts", {"items": [post("1"), post("2")]})
    spool("metrics", {"items": [{"status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": at(2)} | COUNTERS]})
    spool("reports", {"items": [{"status_id": "1", "reported_at": at(2)}]})
    spool("watch-accounts", {"items": [{"handle": "ada", "tier": "teammate"}]})
    spool("embeddings", {"items": [{"status_id": "1", "backend": "b", "model": "m", "vector": [1], "text_hash": "h"}]})
    spool("runs", {"run_at": at(2), "mode": "both"})


def test_every_kind_is_sent_once_though_the_server_is_unwell(server, spool, sender, tmp_path):
    everything(spool)
    with Ill(server, [503, None, "lost", "well", 502]) as ill:
        said = ended(sender(ill.address))
        assert said.count(f"waits for {ill.address}") == 4
    assert waiting_batches(tmp_path) == []
    counts = sql(server.database, """
        SELECT concat_ws(' ', (SELECT count(*) FROM posts), (SELECT count(*) FROM reports), (SELECT count(*) FROM watch_accounts),
            (SELECT count(*) FROM embeddings), (SELECT count(*) FROM pipeline_runs), count(*), sum(inserted)) FROM batches""")
    assert counts == "2 1 1 1 1 6 7"
    assert dead(tmp_path) == [] and ended(sender(server.address)) == ""


def test_a_sender_that_is_killed_goes_on_where_it_was(server, spool, sender, tmp_path):
    everything(spool)
    with Ill(server, ["well", "lost", *[None] * 60]) as ill:
        process = sender(ill.address)
        until(lambda: len(ill.seen) >= 3)
        process.kill()
        process.wait()
    assert len(waiting_batches(tmp_path)) == 5
    ended(sender(server.address))
    assert sql(server.database, "SELECT count(*), count(DISTINCT idempotency_key) FROM batches") == "6|6"


def test_one_sender_at_a_time(server, spool, sender, tmp_path):
    everything(spool)
    with Ill(server, [None] * 60) as ill:
        first = sender(ill.address)
        until(lambda: ill.seen)
        # Others that are started meanwhile, as by cron each minute, have nothing to do, and leave what is there.
        assert [ended(sender(server.address)) for _ in range(3)] == [""] * 3
        assert len(waiting_batches(tmp_path)) == 6
        first.kill()
        first.wait()
    ended(sender(server.address))
    assert waiting_batches(tmp_path) == []


def test_a_batch_that_somebody_took_away_meanwhile_is_no_fault(server, spool, sender, tmp_path):
    spool("posts", {"items": [post("1")]})
    spool("posts", {"items": [post("2")]})
    with Ill(server, [None]) as ill:
        process = sender(ill.address)
        until(lambda: ill.seen)
        min((tmp_path / "spool").glob("*.json")).unlink()
        ended(process)
    assert sql(server.database, "SELECT count(*) FROM posts") == "2"


def test_names_go_up_though_the_clock_is_set_back(spool, tmp_path, known, monkeypatch):
    now = known["time"].time_ns()
    moments = [now, now - 10**12, now - 10**12]
    monkeypatch.setattr(known["time"], "time_ns", lambda: moments.pop(0))
    for number in range(3):
        spool("runs", {"at": number})
    batches = [json.loads(path.read_text())["at"] for path in sorted((tmp_path / "spool").glob("*.json"))]
    assert batches == [0, 1, 2]


def test_what_is_rejected_is_kept_with_its_reason(server, spool, sender, tmp_path):
    bad = {"status_id": "nobody", "reported_at": at(2)}
    spool("posts", {"items": [post("1"), post("2", likes=-1, views="many")]})
    spool("reports", {"items": [bad]})
    spool("posts", {"items": 5})
    spool("runs", {"run_at": "2026-02-21T10:00:00", "mode": "both"})
    (tmp_path / "spool" / "9.posts.json").write_bytes(b'{"items":[\xff]}')
    spool("posts", {"items": [post("3", lieks=1)]})
    said = ended(sender(server.address), code=1)
    assert "5 entries went to dead.jsonl" in said and "no such member: lieks" in said
    letters = dead(tmp_path)
    assert [letter.get("item", letter.get("body")) for letter in letters][:3] == [post("2", likes=-1, views="many"), bad, '{"items": 5}']
    assert [(letter["code"], letter["field"]) for letter in letters] == [
        ("invalid_value", "likes"), ("unknown_post", "status_id"), ("invalid_body", None), ("invalid_value", "run_at"), ("invalid_json", None)]
    assert "Z or an offset" in letters[3]["reason"] and all(name in letters[0]["reason"] for name in ("likes has to be", "views has to be"))
    assert waiting_batches(tmp_path) == []
    assert sql(server.database, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM posts") == "1 3"


def test_one_character_that_cannot_be_read_takes_no_neighbour_along(server, spool, sender, tmp_path):
    spool("posts", {"items": [post(str(number), body_text="\ud83d" if number == 57 else "x") for number in range(200)]})
    spool("metrics", {"items": [{"status_id": "3", "snapshot_type": "latest_observed", "snapshot_at": at(2)} | COUNTERS]})
    ended(sender(server.address), code=1)
    (letter,) = dead(tmp_path)
    assert (letter["code"], letter["item"]["status_id"]) == ("invalid_json", "57")
    assert sql(server.database, "SELECT count(*) FROM posts") == "199"
    # Each part has a key of its own, and is not written twice when it is sent again.
    assert sql(server.database, "SELECT bool_and(idempotency_key ~ '^[0-9]+[.](posts([.][01])+|metrics)$') FROM batches") == "t"


def test_a_batch_that_is_too_large_is_sent_in_halves(server, spool, sender, tmp_path):
    spool("posts", {"items": [post(str(number)) for number in range(1001)]})
    ended(sender(server.address))
    assert sql(server.database, "SELECT string_agg(inserted::text, ' ' ORDER BY inserted) FROM batches") == "500 501"
    assert dead(tmp_path) == []


def test_letters_that_were_mended_are_spooled_again(server, spool, sender, tmp_path):
    spool("reports", {"items": [{"status_id": "1", "reported_at": at(2)}]})
    spool("runs", {"run_at": at(2), "mode": "sometimes"})
    spool("posts", {"items": [post("1", body_text="\ud83d")]})
    (tmp_path / "spool" / "9.posts.json").write_text('{"items":[' + json.dumps(post("2")))
    ended(sender(server.address), code=1)
    for name, program in (("spool.py", SPOOL), ("requeue.py", REQUEUE), ("mend", r"""#!/bin/sh
sed -i -e 's/sometimes/both/; s/.ud83d//; s/\("body": .*\)"}$/\1]}"}/' "$1"
""")):
        (tmp_path / name).write_text(program)
    (tmp_path / "mend").chmod(0o755)
    subprocess.run(["bash", "-euc", block("sh", "requeue.py")], cwd=tmp_path, check=True, env={"PATH": os.environ["PATH"], "EDITOR": tmp_path / "mend"})
    assert not (tmp_path / "mended.jsonl").exists() and len(waiting_batches(tmp_path)) == 4
    ended(sender(server.address), code=1)
    # The report was taken before its post once more; now the post is there.
    assert [letter["code"] for letter in dead(tmp_path)] == ["unknown_post"]
    assert sql(server.database, "SELECT (SELECT count(*) FROM posts), count(*) FROM pipeline_runs") == "2|1"


def test_what_an_operator_has_to_mend_stays(server, spool, sender, tmp_path):
    spool("posts", {"items": [post("1")]})
    assert "stays where it is" in ended(sender(server.address, key="another"), code=1)
    with Ill(server, [500]) as ill:
        ended(sender(ill.address), code=1)
    assert waiting_batches(tmp_path) == ["posts"]


def test_an_address_with_the_version_stops_it(server, spool, sender, tmp_path):
    spool("posts", {"items": [post("1")]})
    said = ended(sender(server.address + "/v1"), code=1)
    assert "stays where it is (404)" in said and waiting_batches(tmp_path) == ["posts"]


@pytest.mark.parametrize("address", [None, "", "127.0.0.1:8080", "http://", "http://127.0.0.1:port", "http://a b"])
def test_an_address_that_is_none_stops_it_with_one_sentence(spool, sender, address):
    spool("posts", {"items": [post("1")]})
    assert ended(sender(address), code=1) == "XMONITOR_URL has to be the address of the server, as http://127.0.0.1:8080.\n"


def test_a_key_is_stripped_and_has_to_be_there(server, spool, sender):
    spool("posts", {"items": [post("1")]})
    for key in (None, " ", "two keys", "ü"):
        assert ended(sender(server.address, key), code=1) == "XMONITOR_API_KEY has to be a key with the scope ingest.\n"
    ended(sender(server.address + "/", f" {KEY}\n"))
    assert sql(server.database, "SELECT count(*) FROM posts") == "1"


def test_the_line_for_cron_runs_the_sender(server, spool, sender, tmp_path):
    spool("posts", {"items": [post("1")]})
    (tmp_path / "collector.key").write_text(KEY + "\n")
    line = next(line for line in block("crontab", "sender.py").splitlines() if line.startswith("* * * * * ")).removeprefix("* * * * * ")
    assert "%" not in line  # a line break to cron
    line = line.replace("/srv/collector", str(tmp_path)).replace("http://127.0.0.1:8080", server.address)
    subprocess.run(["/bin/sh", "-c", line], cwd="/", check=True, env={"PATH": "/usr/bin:/bin"}, timeout=60)
    assert waiting_batches(tmp_path) == [] and sql(server.database, "SELECT count(*) FROM posts") == "1"


def test_the_dry_run_of_the_first_start_says_what_would_be(server, tmp_path):
    (tmp_path / "collector.key").write_text(KEY + "\n")
    command = block("sh", "dry_run").replace("http://127.0.0.1:8080", server.address)
    done = subprocess.run(["bash", "-euc", command], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["inserted"] == 1 and '"inserted":1' in PAGE and '"inserted":1' in done.stdout
    assert sql(server.database, "SELECT count(*) FROM posts") == "0"


def test_without_a_batch_there_is_nothing_to_do(server, sender):
    assert ended(sender(server.address)) == ""


def test_the_page_says_what_to_do_about_every_status_of_ingest():
    document = (Path(__file__).parents[2] / "docs/openapi.v1.yaml").read_text()
    operation = document[document.index("operationId: ingestPostsBatch"):document.index("/v1/ingest/metrics/batch")]
    told = {status for row in re.findall(r"^\| (\d{3}[^|]*)\|", PAGE, re.M) for status in re.findall(r"\d{3}", row)}
    # A sender as the one of the page never makes the others.
    assert set(re.findall(r'^        "(\d{3})"', operation, re.M)) - told <= {"415", "417"}
