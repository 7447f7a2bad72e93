"""The API through nginx, by the settings that the repository shows: curl speaks HTTP/2 to it, as browsers do."""

import json
import subprocess
import threading
import time

import pytest

from support.ingest_server import KEY
from support.waiting import until

POST = {"url": "https://x.com/ada_lovelace/status/1", "author_handle": "ada_lovelace", "author_name": "Ada", "discovered_at": "2026-02-01T10:00:00Z", "last_seen_at": "2026-02-01T10:00:00Z"}
EXAMPLES = [("xmonitor.conf", ""), ("below-a-path.conf", "/xm")]


def post(at, text="A bag was found."):
    return POST | {"status_id": str(1_890_000_000_000_000_000 + at), "body_text": text}


@pytest.fixture(params=EXAMPLES, ids=[name for name, _ in EXAMPLES])
def front(request, behind):
    return behind(*request.param)


def start_curl(front, path, *options):
    command = ["curl", "-sS", "--max-time", "100", "--cacert", front.trust, *options, front.address + path]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def curl(front, path, *options, body=None):
    """Status, version of HTTP, head and body."""
    process = start_curl(front, path, "-D", "/dev/stderr", "-w", "\n%{http_code} %{http_version}", *options)
    out, head = process.communicate(body, timeout=120)
    content, _, said = out.rpartition(b"\n")
    assert process.returncode == 0, (process.returncode, head, out[:500])
    status, version = said.decode().split()
    return int(status), version, head.decode(), content


def ingest(front, items, *more):
    body = items if isinstance(items, bytes) else json.dumps({"items": items}).encode()
    return curl(front, "/v1/ingest/posts/batch", "-H", f"x-api-key: {KEY}", "-H", "content-type: application/json", "--data-binary", "@-", *more, body=body)


def test_a_batch_of_nearly_the_maximum_comes_through(front):
    items = [post(at, "x" * 3_700) for at in range(1_000)]
    body = json.dumps({"items": items}).encode()
    assert 3_850_000 < len(body) < 4_194_304
    status, version, _, answer = ingest(front, body)
    assert (status, version) == (200, "2"), answer
    assert json.loads(answer)["inserted"] == 1_000


def test_too_large_a_batch_is_refused_by_the_server_with_a_sentence(front):
    status, _, head, answer = ingest(front, b" " * 4_500_000)
    assert (status, "content-type: application/problem+json" in head) == (413, True), (head, answer)
    assert "4194304" in json.loads(answer)["detail"].replace(",", "")


def test_answers_are_compressed_and_asked_again_by_their_tag(front):
    ingest(front, [post(at) for at in range(50)])
    status, _, head, packed = curl(front, "/v1/feed?limit=50", "-H", "accept-encoding: gzip")
    _, _, _, plain = curl(front, "/v1/feed?limit=50")
    assert status == 200 and "content-encoding: gzip" in head
    assert len(packed) < len(plain) / 4
    tag = next(line.partition(": ")[2] for line in head.splitlines() if line.startswith("etag"))
    assert curl(front, "/v1/feed?limit=50", "-H", "accept-encoding: gzip", "-H", f"if-none-match: {tag}")[0] == 304


def test_a_file_comes_whole(front):
    ingest(front, [post(at, "One, two; three. " * 30) for at in range(1_000)])
    status, _, _, file = curl(front, "/v1/feed.csv")
    assert status == 200 and file.count(b"\r\n") == 1_001, file[:300]


def test_a_change_is_told_at_once(front):
    """Events are not collected, and a reader who waits is not cut off."""
    stream = start_curl(front, "/v1/stream?after=now", "-N")
    until(lambda: stream.stdout.readline().startswith((b"retry", b":", b"id")))
    after = json.loads(curl(front, "/v1/changes?after=now")[3])["next"]
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(curl(front, f"/v1/changes?after={after}&wait=30")))
    waiting.start()
    ingest(front, [post(1)])
    until(lambda: post(1)["status_id"].encode() in stream.stdout.readline())
    waiting.join(60)
    assert [item["status_id"] for item in json.loads(answers[0][3])["items"]] == [post(1)["status_id"]]
    stream.terminate()
    stream.communicate()


@pytest.mark.parametrize("example, path", EXAMPLES[:1])
def test_waiting_its_whole_time_ends_with_an_answer(behind, example, path):
    front = behind(example, path)
    after = json.loads(curl(front, "/v1/changes?after=now")[3])["next"]
    began = time.monotonic()
    status, _, _, answer = curl(front, f"/v1/changes?after={after}&wait=30")
    assert (status, json.loads(answer)["items"]) == (200, [])
    assert time.monotonic() - began > 25


def test_links_of_a_feed_lead_to_what_readers_reach(front):
    ingest(front, [post(1)])
    feed = curl(front, "/v1/feed.atom")[3].decode()
    assert f'"{front.address}/v1/feed.atom' in feed and f'"{front.address}/posts/{post(1)["status_id"]}"' in feed, feed[:1500]


def test_without_tls_a_reader_is_sent_to_it(behind):
    front = behind("xmonitor.conf")
    answer = subprocess.run(
        ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", f"http://127.0.0.1:{front.plain}/docs?x=1"],
        capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout == "308 https://127.0.0.1/docs?x=1"


def test_the_client_is_known_by_its_address(behind):
    """Who sends too much is refused alone: the address that nginx sees counts, and not the one of nginx, nor what the client says."""
    front = behind("xmonitor.conf", XMONITOR_RATE_READS="2")
    said = [curl(front, "/v1/feed", "-H", f"x-forwarded-for: 192.0.2.{at}")[0] for at in range(4)]
    assert said == [200, 200, 429, 429]
