"""A collector that does not remember when it discovered a post leaves that out: its history is not doubled."""

from random_batches import moment as at


def post(minute, **fields):
    return {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "last_seen_at": at(minute), "likes": minute} | fields


def shown(client):
    detail = client.get("/v1/posts/7").json
    return detail["post"]["discovered_at"], [(each["snapshot_type"], each["snapshot_at"], each["likes"]) for each in detail["snapshots"]]


def test_what_it_leaves_out_is_the_first_time_it_was_seen(client):
    for minute in (6, 1, 2, 3, 2):
        client.send("posts", [post(minute)])
    assert shown(client) == (at(1), [("latest_observed", at(minute), minute) for minute in (1, 2, 3, 6)])
    # One that remembers tells the first capture, whenever it comes.
    client.send("posts", [post(0, discovered_at=at(0))])
    discovered, history = shown(client)
    assert discovered == at(0) and history[:2] == [("initial_capture", at(0), 0), ("latest_observed", at(0), 0)] and len(history) == 6


def test_a_batch_of_both_is_the_same_in_any_order(server, client):
    items = [post(1), post(2, discovered_at=at(1)), post(3)]
    client.send("posts", items)
    first = shown(client)
    client.send("posts", items[::-1])
    assert shown(client) == first
    assert first[0] == at(1) and [kind for kind, _, _ in first[1]] == ["latest_observed"] * 3


def test_null_is_no_moment(client):
    (error,) = client.send("posts", [post(1, discovered_at=None)])["errors"]
    assert (error["code"], error["field"]) == ("missing_field", "discovered_at")
