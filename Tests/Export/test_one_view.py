"""Whatever is asked for, every form of a view has the same posts in the same order, and they are those that the plainest SQL finds."""

import json
import random

import pytest

from formats import FEEDS, fetch, ids_of_lines, pages, read_csv
from random_views import View, fill
from support.full_run import FULL
from support.psql import sql

COUNT = 230


def some_posts(address):
    fill(address, random.Random(1), COUNT)


@pytest.fixture
def server(filled, serve):
    return serve(filled(some_posts))


def from_pages(server, view, limit):
    """The ids of the feed, page by page, and the bytes of each item."""
    cursor, ids, items = [], [], b""
    while True:
        data = fetch(f"{server.address}/v1/feed{view.query(('limit', limit), *cursor)}")
        page = json.loads(data)
        ids += [item["status_id"] for item in page["items"]]
        items += data[len(b'{"items":['):data.rindex(b'],"next_cursor"')] + (b"," if page["items"] else b"")
        if page["next_cursor"] is None:
            return ids, items
        cursor = [("cursor", page["next_cursor"])]


def test_every_form_has_the_same_posts(server):
    seen = set()
    for seed in range(500 if FULL else 40):
        choice = random.Random(seed)
        view, limit = View(choice), choice.choice((1, 7, 50, 200)) if seed % 10 == 0 else choice.choice((50, 200))
        address, query = server.address, view.query()
        paged = view.query(("limit", limit))
        expected = json.loads(sql(server.database, view.sql))
        seen.add(len(expected))

        ids, items = from_pages(server, view, limit)
        assert ids == expected, query
        lines = fetch(f"{address}/v1/feed.ndjson{query}")
        assert ids_of_lines(lines) == expected, query
        assert lines.replace(b"\n", b",") == items, query
        assert [row["status_id"] for row in read_csv(fetch(f"{address}/v1/feed.csv{query}"))] == expected, query
        for form, (following, ids_of) in FEEDS.items():
            found = [identity for page in pages(f"{address}/v1/feed.{form}{paged}", following) for identity in ids_of(page)]
            assert found == expected, (form, paged)
    assert 0 in seen and COUNT in seen and len(seen) > 15


@pytest.mark.parametrize("form", FEEDS)
def test_cursors_are_those_of_the_feed(server, form):
    following, ids_of = FEEDS[form]
    view = next(view for view in map(View, map(random.Random, range(100))) if len(json.loads(sql(server.database, view.sql))) > 6)
    first = f"{server.address}/v1/feed.{form}{view.query(('limit', 3))}"
    second = json.loads(fetch(following(fetch(first)).replace(f"feed.{form}", "feed")))
    assert len(second["items"]) == 3
    back = fetch(f"{first}&cursor={second['prev_cursor']}")
    assert ids_of(back) == ids_of(fetch(first))
