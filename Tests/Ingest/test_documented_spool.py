"""The spool of docs/collectors.md: what the collector left on disk comes to the archive, once, whatever the way there is like."""

import json
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
SPOOL, SENDER = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
COUNTERS = {"likes": 1, "reposts": 2, "replies": 3, "views": 4}


def post(status_id, **fields):
    return {"status_id": status_id, "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": at(1), "last_seen_at": at(1)} | fields


@pytest.fixture
def spool(tmp_path):
    known = {}
    exec(SPOOL, known)
    return lambda kind, body: known["spool"](kind, body, tmp_path / "spool")


@pytest.fixture
def sender(tmp_path, xmonitor):
    (tmp_path / "sender.py").write_text(SENDER)
    running = []

    def start(address, key=KEY):
        running.append(subprocess.Popen(
            ["python3", "sender.py"], cwd=tmp_path, stderr=subprocess.PIPE, text=True,
            env={"PATH": xmonitor.environment["PATH"], "XMONITOR_URL": address, "XMONITOR_API_KEY": key}))
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
    return sorted(path.name.split(".")[1] for path in (tmp_path / "spool").glob("*"))


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


def test_what_is_rejected_is_kept_with_its_reason(server, spool, sender, tmp_path):
    bad = {"status_id": "nobody", "reported_at": at(2)}
    spool("posts", {"items": [post("1"), post("2", likes=-1)]})
    spool("reports", {"items": [bad]})
    spool("posts", {"items": 5})
    spool("runs", {"run_at": at(2), "mode": "sometimes"})
    (tmp_path / "spool" / "9.posts.json").write_bytes(b'{"items":[\xff]}')
    spool("posts", {"items": [post("3")]})
    assert "5 entries went to dead.jsonl" in ended(sender(server.address), code=1)
    letters = dead(tmp_path)
    assert [letter.get("item", letter.get("body")) for letter in letters][:3] == [post("2", likes=-1), bad, '{"items": 5}']
    assert "likes has to be" in letters[0]["reason"] and "mode has to be" in letters[3]["reason"] and "invalid_json" in letters[4]["reason"]
    assert waiting_batches(tmp_path) == []
    assert sql(server.database, "SELECT string_agg(status_id, ' ' ORDER BY status_id) FROM posts") == "1 3"


def test_what_an_operator_has_to_mend_stays(server, spool, sender, tmp_path):
    spool("posts", {"items": [post("1")]})
    assert "stays where it is" in ended(sender(server.address, key="another"), code=1)
    with Ill(server, [500]) as ill:
        ended(sender(ill.address), code=1)
    assert waiting_batches(tmp_path) == ["posts"]


def test_without_a_batch_there_is_nothing_to_do(server, sender):
    assert ended(sender(server.address)) == ""


def test_the_page_says_what_to_do_about_every_status_of_ingest():
    document = (Path(__file__).parents[2] / "docs/openapi.v1.yaml").read_text()
    operation = document[document.index("operationId: ingestPostsBatch"):document.index("/v1/ingest/metrics/batch")]
    told = {status for row in re.findall(r"^\| (\d{3}[^|]*)\|", PAGE, re.M) for status in re.findall(r"\d{3}", row)}
    # A sender as the one of the page never makes the others.
    assert set(re.findall(r'^        "(\d{3})"', operation, re.M)) - told <= {"415", "417"}
