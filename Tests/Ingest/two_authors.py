"""Posts of two authors, with rows in every table, as collectors send them."""

from random_batches import moment as at


def post(status_id, author="ada", **news):
    return {"status_id": status_id, "url": "https://x.example/1", "author_handle": author, "discovered_at": at(0), "last_seen_at": at(1)} | news


def report(status_id):
    return {"status_id": status_id, "reported_at": at(2), "channel": "live"}


def metrics(status_id, second=3):
    return {"status_id": status_id, "snapshot_type": "refresh_24h", "snapshot_at": at(second)} | dict.fromkeys(("likes", "reposts", "replies", "views"), 4)


def embedding(status_id):
    return {"status_id": status_id, "backend": "b", "model": "m", "vector": [1], "text_hash": "h", "updated_at": at(2)}


def filled(server):
    """Two authors, with rows in every table."""
    client = server.client
    client.send("posts", [post("1", body_text="a", likes=1), post("2"), post("3", "bob", body_text="x")])
    client.send("posts", [post("1", body_text="b", likes=2, last_seen_at=at(2))])
    client.send("metrics", [metrics("1"), metrics("3")])
    client.send("reports", [report("2"), report("3")])
    client.send("embeddings", [embedding("1"), embedding("3")])
