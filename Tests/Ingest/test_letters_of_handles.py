"""Every letter that has a case, in a handle: the server and Postgres agree on what it is in lower case, and it is found by any."""

import json
import sys
from urllib.parse import quote

from random_batches import moment as at
from support.psql import sql

# And what only looks as if it had one.
LETTERS = [letter for letter in map(chr, range(0x80, sys.maxunicode)) if len({letter, letter.lower(), letter.upper(), letter.title()}) > 1]
ODD = ["I\u0307", "\u03a3", "A\u03a3", "\u03a3A", "\u02b0", "\u2170", "\u24d0", "\u0345", "\u00df", "\ufb01", "\u0149", "\U0001d400", "e\u0301\u0327"]


def test_the_server_and_postgres_agree_on_every_letter(client, server):
    handles = [f"x{letter}" for letter in LETTERS + ODD] + LETTERS
    assert len(handles) > 5_000
    for first in range(0, len(handles), 1_000):
        client.send("posts", [
            {"status_id": f"letter-{number}", "url": "https://x.com/a/status/1", "author_handle": handle, "discovered_at": at(1), "last_seen_at": at(1)}
            for number, handle in enumerate(handles[first:first + 1_000], first)])
    stored = dict(line.split("|") for line in sql(server.database, "SELECT status_id, author_handle FROM posts").splitlines())
    assert len(stored) == len(handles)
    for first in range(0, len(handles), 50):
        asked = range(first, min(first + 50, len(handles)))
        posts = client.get("/v1/feed.ndjson?" + "&".join(f"handle={quote(handles[number])}" for number in asked))
        assert posts.status == 200, posts.bytes
        assert {json.loads(post)["author_handle"] for post in posts.bytes.splitlines()} == {stored[f"letter-{number}"] for number in asked}
