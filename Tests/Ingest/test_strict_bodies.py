"""Nothing is guessed: a body is taken as it is, or refused with what is wrong and where; what is taken is kept byte for byte."""

import json

import pytest

from random_batches import moment as at
from support.ingest_server import PATHS
from support.psql import sql

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(1), "last_seen_at": at(1)}


def post_with(member):
    """A body whose first item has `member`, raw JSON, at its end; the second is sound."""
    sound = json.dumps(POST | {"status_id": "sound"}).encode()
    return b'{"items": [' + json.dumps(POST).encode()[:-1] + b", " + member + b"}, " + sound + b"]}"


@pytest.mark.parametrize("body", [
    b"", b" ", b"nul", b"{", b"[1,]", b'{"items": [NaN]}', b'{"items": [Infinity]}', b'{"items": [01]}', b'{"items": [1.]}',
    b'{"items": [+1]}', b'{"items": [\'a\']}', b'{"items": []} {}', b'\xef\xbb\xbf{"items": []}', b'{"items": ["\xff"]}',
    b'{"items": ["\xed\xa0\x80"]}', b'{"items": ["\xc0\x80"]}', b'{"items": ["\\ud800"]}', b'{"items": ["\\udc00\\ud800"]}',
    b'{"items": ["\x01"]}', b'{"items": ["\\x"]}', b'{"items": [], "items": []}',
    b'{"items": [], "\\u0069tems": []}', b"[" * 4_000_000, b'{"a":' * 500_000,
    b'{"items":' * 70 + b"1" + b"}" * 70, b'{"items": [' + b"1" * 4_000_000, b'{' + b",".join(b'"%d": 1' % n for n in range(200_000)),
    post_with(b'"likes": 1, "likes": 2'), post_with(b'"likes": 1, "\\u006cikes": 1'), post_with(b'"likes": NaN'), post_with(b'"likes": 1e'),
    post_with(b'"body_text": "\xff"'), post_with(b'"body_text": "\\ud83d"')], ids=lambda body: repr(body[-24:]))
def test_what_is_no_json_is_refused_whole(server, client, body):
    refused = client.post("posts", body)
    assert (refused.status, refused.json["code"]) == (400, "invalid_json")
    assert sql(server.database, "SELECT count(*) FROM posts") == "0"
    # The connection is as good as before.
    assert client.send("posts", [POST])["inserted"] == 1


@pytest.mark.parametrize("body", [b"null", b"[]", b'"items"', b"{}", b'{"items": null}', b'{"items": {}}', b'{"Items": []}', b"1"])
def test_json_of_another_shape_is_refused_whole(client, body):
    for kind in PATHS:
        if kind != "runs":
            refused = client.post(kind, body)
            assert (refused.status, refused.json["code"], refused.json["pointer"]) == (400, "invalid_body", "/items")


@pytest.mark.parametrize("member", [
    b'"likes": -1', b'"likes": 1.0', b'"likes": 1.5', b'"likes": 1e3', b'"likes": "1"', b'"likes": "1.2K"', b'"likes": true', b'"likes": []',
    b'"likes": 9223372036854775808', b'"likes": 1e400', b'"views_24h": -1', b'"refresh_24h_delta_likes": 0.5',
    b'"refresh_24h_delta_views": -9223372036854775809', b'"watch_tier": "vip"', b'"watch_tier": "Teammate"', b'"watch_tier": ""',
    b'"is_significant": 1', b'"is_significant": "true"', b'"body_text": "a\\u0000b"', b'"body_text": 1', b'"body_text": {}',
    b'"refresh_24h_at": 1771632000',
    b'"refresh_24h_at": "2026-02-21"', b'"refresh_24h_at": "2026-02-21T00:00:00.1234567Z"', b'"refresh_24h_at": "2026-02-30T00:00:00Z"',
    b'"refresh_24h_at": ""'], ids=lambda member: member.decode())
def test_a_member_that_is_not_what_it_has_to_be_rejects_its_item_alone(server, client, member):
    name = member.split(b'"')[1].decode()
    answer = client.post("posts", post_with(member)).json
    assert answer["items"] == ["rejected", "inserted"]
    (error,) = answer["errors"]
    assert (error["index"], error["code"], error["field"]) == (0, "invalid_value", name)
    assert name in error["message"]
    assert sql(server.database, "SELECT string_agg(status_id, ',') FROM posts") == "sound"


@pytest.mark.parametrize("member, how", [
    (member, how) for member in ("status_id", "url", "author_handle", "discovered_at", "last_seen_at")
    for how in ("absent", "null", "empty", "number") if (member, how) != ("discovered_at", "absent")])
def test_a_post_has_to_say_what_it_is(client, member, how):
    item = {name: value for name, value in POST.items() if name != member} | {
        "absent": {}, "null": {member: None}, "empty": {member: ""}, "number": {member: 5}}[how]
    answer = client.post("posts", [item]).json
    (error,) = answer["errors"]
    assert (error["code"], error["field"]) == ("missing_field" if how in ("absent", "null") else "invalid_value", member)


@pytest.mark.parametrize("member", ["likes", "reposts", "replies", "views", "snapshot_at", "snapshot_type"])
def test_metrics_without_a_counter_are_no_zeros(client, member):
    client.send("posts", [POST])
    item = {"status_id": "7", "snapshot_type": "latest_observed", "snapshot_at": at(2), "likes": 1, "reposts": 1, "replies": 1, "views": 1}
    for broken in ({name: value for name, value in item.items() if name != member}, item | {member: None}):
        (error,) = client.send("metrics", [broken])["errors"]
        assert (error["code"], error["field"]) == ("missing_field", member)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.com/", "//x.com/a", "https://", " https://x.com/a", "data:text/html,x"])
def test_an_address_that_is_no_web_address_is_refused(client, url):
    (error,) = client.send("posts", [POST | {"url": url}])["errors"]
    assert (error["code"], error["field"]) == ("invalid_value", "url")


@pytest.mark.parametrize("value, stored", [(0, 0), (2**31, 2**31), (2**63 - 1, 2**63 - 1), (-0, 0)])
def test_counters_are_64_bits_wide(client, value, stored):
    client.send("posts", [POST | {"likes": value}])
    assert client.get("/v1/posts/7").json["post"]["likes"] == stored


@pytest.mark.parametrize("text", [
    "", " ", "\n\t", "\u2028", "\x7f", "e\u0301", "\U0001f9d1\u200d\U0001f680", "\ufeff", "\uffff", "a" * 262_144, "é" * 131_072,
    "\\", '"', "'; --", "%_"],
    ids=lambda text: ascii(text[:12]))
def test_text_is_kept_byte_for_byte(client, text):
    assert client.send("posts", [POST | {"body_text": text}])["inserted"] == 1
    assert client.get("/v1/posts/7").json["post"]["body_text"] == text


@pytest.mark.parametrize("member", ["body_text", "author_display", "source_query", "url"])
def test_a_text_that_is_too_long_rejects_its_item_alone_and_names_the_bound(server, client, member):
    answer = client.send("posts", [POST | {member: "https://" + "é" * 131_072}, POST | {"status_id": "sound"}])
    (error,) = answer["errors"]
    assert (error["index"], error["code"], error["field"]) == (0, "invalid_value", member)
    assert "262144 bytes" in error["message"]
    assert sql(server.database, "SELECT string_agg(status_id, ',') FROM posts") == "sound"


def test_every_fault_of_an_item_is_told_and_a_misspelt_member_beside_them(server, client):
    sent = {"items": [POST | {"likes": -1, "body_text": 5, "last_seen_at": "2099-01-01T00:00:00Z", "vews": 1}, POST], "source": "x"}
    answer = client.post("posts", json.dumps(sent).encode()).json
    assert [(error["index"], error["field"]) for error in answer["errors"]] == [(0, "body_text"), (0, "likes"), (0, "last_seen_at")]
    assert answer["ignored_fields"] == ["source", "vews"]
    assert (answer["received"], answer["inserted"], answer["skipped"], answer["items"]) == (2, 1, 1, ["rejected", "inserted"])
    counts = client.get(f"/v1/ingest/batches/{answer['batch_id']}").json["counts"]
    assert (counts["received"], counts["rejected"]) == (2, 1)


def test_members_that_nobody_reads_are_named_once(client):
    items = [POST | {"lang": "en", "x": [1, {"y": None}]}, POST | {"status_id": "8", "lang": "de"}]
    assert client.send("posts", items)["ignored_fields"] == ["lang", "x"]


def test_too_many_items_are_refused_with_the_cap(serve, archive):
    client = serve(archive, XMONITOR_BATCH_MAXIMUM_ITEMS="20").client
    assert client.send("posts", [POST] * 20)["received"] == 20
    refused = client.post("posts", [POST] * 21)
    assert (refused.status, refused.json["code"]) == (413, "too_many_items")
    assert "20" in refused.json["detail"] and "21" in refused.json["detail"]


@pytest.mark.parametrize("chunked", [False, True])
def test_too_many_bytes_are_refused_with_the_cap(serve, archive, chunked):
    server = serve(archive, XMONITOR_BATCH_MAXIMUM_BYTES="5000")
    body = json.dumps({"items": [POST | {"body_text": "x" * 5_000}]}).encode()
    sent = iter([body[:2_000], body[2_000:]]) if chunked else body
    refused = server.client.request("POST", PATHS["posts"], sent)
    assert (refused.status, refused.json["code"]) == (413, "too_large")
    assert "5000" in refused.json["detail"]
    assert sql(archive, "SELECT count(*) FROM posts") == "0"


@pytest.mark.parametrize("kind, status", [
    ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 415),
    ("application/json; charset=utf-8", 200), ("APPLICATION/JSON", 200), ("application/vnd.collector+json", 200)])
def test_only_json_is_taken(client, kind, status):
    assert client.post("posts", [], content_type=kind).status == status


def test_a_repeated_member_is_refused_in_every_operation(client):
    for kind in PATHS:
        refused = client.post(kind, b'{"mode": 1, "mode": 2}' if kind == "runs" else b'{"items": [{"a": 1, "a": 2}]}')
        assert (refused.status, refused.json["code"]) == (400, "invalid_json")
        assert "occurs twice" in refused.json["detail"]
