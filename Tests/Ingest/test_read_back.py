"""What a collector writes of a post it reads back in the detail of the post, member for member."""

from pathlib import Path

import yaml

from random_batches import moment as at

SCHEMAS = yaml.safe_load((Path(__file__).parents[2] / "docs/openapi.v1.yaml").read_text())["components"]["schemas"]
COUNTERS = ("likes", "reposts", "replies", "views")
WRITTEN = {
    "status_id": "2025000000000000000", "url": "https://x.com/ada/status/2025000000000000000", "author_handle": "ada",
    "discovered_at": "2026-02-21T10:00:01.000001Z", "last_seen_at": "2026-02-21T10:00:05.000005Z", "author_display": "Ada",
    "body_text": "a bridge", "posted_relative": "2h", "source_query": "bridges", "watch_tier": "teammate", "is_significant": True,
    "significance_reason": "many views", "significance_version": "v2", "refresh_24h_at": "2026-02-22T10:00:00.000000Z",
    "refresh_24h_status": "done", "gone_at": "2026-02-21T10:00:05.000000Z",
} | {f"{prefix}{counter}{suffix}": number * 10 + place
     for number, (prefix, suffix) in enumerate((("", ""), ("initial_", ""), ("", "_24h"), ("refresh_24h_delta_", "")))
     for place, counter in enumerate(COUNTERS)}


def test_every_member_that_is_written_is_read(client):
    assert set(WRITTEN) == set(SCHEMAS["PostUpsert"]["properties"])
    client.send("posts", [WRITTEN])
    post = client.get("/v1/posts/2025000000000000000").json["post"]
    # The counters of the refresh after a day are the newest.
    expected = WRITTEN | {counter: WRITTEN[f"{counter}_24h"] for counter in COUNTERS}
    assert {name: post[name] for name in WRITTEN} == expected


def test_what_was_not_written_is_null(client):
    client.send("posts", [{"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(1), "last_seen_at": at(2)}])
    post = client.get("/v1/posts/7").json["post"]
    assert (post["last_seen_at"], post["significance_version"]) == (at(2), "v1")
    assert [post[name] for name in ("posted_relative", "initial_likes", "views_24h", "refresh_24h_at", "refresh_24h_delta_views")] == [None] * 5
