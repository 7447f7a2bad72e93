"""Which batch set which field, through partial news, an import, metrics and a change of the watch list."""

from random_batches import moment as at

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(1), "last_seen_at": at(1)}
CLOCK = "2026-02-21T{:02}:00:00.{:06}Z"


def told(minute):
    """The same moment as answers write it."""
    return CLOCK.format(10 + minute % 50 // 5, minute % 5)


def provenance(client, status_id="7"):
    return client.get(f"/v1/posts/{status_id}/provenance").json


def setters(client, *names):
    fields = provenance(client)["fields"]
    return [fields[name]["batch_id"] for name in names]


def test_partial_news_set_what_they_carry(client):
    first = client.send("posts", [POST | {"body_text": "one", "likes": 1, "watch_tier": "ecosystem"}])["batch_id"]
    found = provenance(client)
    assert (found["inserted_by"], found["updated_by"], found["earlier_texts"]) == (first, None, [])
    assert found["fields"]["body_text"] == {"observed_at": told(1), "batch_id": first}
    assert found["fields"]["views"] == {"observed_at": None, "batch_id": None}

    second = client.send("posts", [POST | {"last_seen_at": at(3), "likes": 5}])["batch_id"]
    assert setters(client, "url", "likes", "body_text", "watch_tier", "views") == [second, second, first, first, None]
    assert provenance(client)["fields"]["body_text"]["observed_at"] == told(1)

    # Older news that fill what nobody has said yet, and lose elsewhere.
    third = client.send("posts", [POST | {"last_seen_at": at(2), "likes": 4, "views": 70, "author_display": "Ada"}])["batch_id"]
    assert setters(client, "likes", "views", "author_display", "url") == [second, third, third, second]
    assert provenance(client)["fields"]["views"]["observed_at"] == told(2)
    assert provenance(client)["updated_by"] == third

    # A replay and news that are stale set nothing.
    before = provenance(client)
    client.send("posts", [POST | {"last_seen_at": at(3), "likes": 5}, POST | {"likes": 1}])
    assert provenance(client) == before


def test_metrics_set_counters_alone(client):
    first = client.send("posts", [POST | {"likes": 1, "reposts": 9}])["batch_id"]
    second = client.send("metrics", [{"status_id": "7", "snapshot_type": "latest_observed", "snapshot_at": at(4), "likes": 2,
                                      "reposts": 9, "replies": 0, "views": 5}])["batch_id"]
    assert setters(client, "likes", "reposts", "views", "url") == [second, second, second, first]
    assert provenance(client)["fields"]["likes"]["observed_at"] == told(4)
    assert provenance(client)["fields"]["url"]["observed_at"] == told(1)


def test_a_change_of_tier_is_of_the_batch_that_changed_it(client):
    first = client.send("posts", [POST | {"watch_tier": "teammate"}, POST | {"status_id": "8", "author_handle": "bert"},
                                  POST | {"status_id": "9", "watch_tier": "influencer"}, POST | {"status_id": "10"}])["batch_id"]
    kept = client.send("watch_accounts", [{"handle": "ada", "tier": "influencer"}, {"handle": "bert", "tier": "teammate"}])
    assert kept["retiered"] == 0 and setters(client, "watch_tier") == [first]
    changed = client.send("watch_accounts", [{"handle": "@Ada", "tier": "influencer"}], "?retier=true")
    assert (changed["retiered"], changed["items"]) == (2, ["unchanged"])
    assert setters(client, "watch_tier", "url") == [changed["batch_id"], first]
    assert client.send("watch_accounts", [{"handle": "ada", "tier": "influencer"}], "?retier=true")["retiered"] == 0
    assert client.send("watch_accounts", [{"handle": "bert", "tier": "teammate"}], "?retier=true&dry_run=true")["retiered"] == 1
    assert client.send("watch_accounts", [{"handle": "bert", "tier": "teammate"}], "?retier=true")["retiered"] == 1
    assert provenance(client, "8")["fields"]["watch_tier"]["batch_id"] not in (None, first)
    assert client.post("watch_accounts", [], "?retier=perhaps").status == 400
    assert client.post("posts", [], "?retier=true").status == 400


def test_an_import_is_a_batch_like_others(xmonitor, server, client):
    xmonitor("sample", "sample.db", "--posts", "40")
    xmonitor("snapshot", "import", "sample.db")
    imported = client.get("/v1/feed?limit=1").json["items"][0]
    found = provenance(client, imported["status_id"])
    receipt = client.get(f"/v1/ingest/batches/{found['inserted_by']}").json
    assert (receipt["kind"], receipt["counts"], receipt["ingest_key"]) == ("import", None, None) and receipt["label"]
    assert found["fields"]["body_text"]["batch_id"] == found["inserted_by"]
    later = "2026-08-01T00:00:00.000000Z"
    news = client.send("posts", [{
        "status_id": imported["status_id"], "url": imported["url"], "author_handle": imported["author_handle"],
        "discovered_at": imported["discovered_at"], "last_seen_at": later, "body_text": "now"}])["batch_id"]
    after = provenance(client, imported["status_id"])
    assert after["fields"]["body_text"] == {"observed_at": later, "batch_id": news}
    assert after["fields"]["likes"]["batch_id"] == found["inserted_by"]
    assert [(text["body_text"], text["replaced_by"]) for text in after["earlier_texts"]] == [(imported["body_text"], news)]
    # The same snapshot again takes nothing back.
    xmonitor("snapshot", "import", "sample.db")
    assert provenance(client, imported["status_id"]) == after


def test_every_earlier_text_is_kept(client):
    batches = [client.send("posts", [POST | {"last_seen_at": at(minute), "body_text": text}])["batch_id"]
               for minute, text in enumerate(("one", "two", None, "ünï\n", "two"), start=1)]
    found = provenance(client)["earlier_texts"]
    assert [text["body_text"] for text in found] == ["one", "two", None, "ünï\n"]
    assert [text["replaced_by"] for text in found] == batches[1:]
    # An older text is no change of the text that is shown.
    client.send("posts", [POST | {"last_seen_at": at(2), "body_text": "zzz"}])
    assert provenance(client)["earlier_texts"] == found


def test_nobody_has_a_provenance(client):
    answer = client.get("/v1/posts/404/provenance")
    assert (answer.status, answer.json["code"]) == (404, "not_found")
