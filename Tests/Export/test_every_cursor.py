"""Every cursor that is handed out is taken back, and leads on to where it says; in both directions, whatever is asked for."""

import json
import random
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import pytest

from formats import ATOM
from random_views import SORTS, View, fill
from support.event_stream import EventStream
from support.psql import sql

LIMITS = (1, 2, 7, 50, 200)


def some_posts(address):
    fill(address, random.Random(7), 60)
    runs = ", ".join(f"('2026-02-22T00:00:00.00000{number % 3}Z', '{('priority', 'manual')[number % 2]}', '{source}')"
                     for number, source in enumerate((*"abcdefg", "ü" * 400, "x\x1fy", " ", "'' %", "z" * 2000)))
    sql(address, f"INSERT INTO pipeline_runs (run_at, mode, source) VALUES {runs}")
    # As long as the key of a row may be, and in no way like a number.
    sql(address, """
        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
        SELECT repeat(sign, 1000), 'https://x.com/a/status/1', 'ada', now(), now() FROM unnest(ARRAY['/', 'é', '9']) AS sign;
        INSERT INTO changes (kind, status_ids) SELECT 'post', array_agg(status_id) FROM posts GROUP BY status_id""")


def nothing(address):
    assert sql(address, "SELECT count(*) FROM posts") == "0"


@pytest.fixture(params=[some_posts, nothing])
def server(filled, serve, request):
    return serve(filled(request.param))


def page(server, path, query):
    answer = server.client.get(f"{path}{query}")
    assert answer.status == 200, (path, query, answer.bytes)
    return answer.json


def views():
    """All that is, random ones, and some that end in an empty page, in every order."""
    chosen = random.Random(11)
    questions = ["?" + query for query in ("a=1", "min_replies=1000", "min_likes=9000000000", "q=nothing+like+this", "until=2026-02-21T22:59:59Z")]
    yield from (question.replace("a=1", "") + f"&sort={sort}" for question in questions for sort in SORTS)
    yield from (View(chosen).query() for _ in range(40))


def test_the_feed_is_the_same_in_both_directions(server):
    number = 0
    for query in views():
        for limit in random.Random(query).sample(LIMITS, 2):
            more = f"{query}&limit={limit}".replace("?&", "?")
            forward = [page(server, "/v1/feed", more)]
            while cursor := forward[-1]["next_cursor"]:
                forward.append(page(server, "/v1/feed", f"{more}&cursor={cursor}"))
            assert forward[0]["prev_cursor"] is None
            backward = [forward[-1]]
            while cursor := backward[-1]["prev_cursor"]:
                backward.append(page(server, "/v1/feed", f"{more}&cursor={cursor}"))
            ids = [post["status_id"] for shown in forward for post in shown["items"]]
            assert ids == [post["status_id"] for shown in reversed(backward) for post in shown["items"]], more
            # From each page on the way back, the way on is the one that was come by.
            for shown, behind in zip(backward[1:], backward, strict=False):
                again = page(server, "/v1/feed", f"{more}&cursor={shown['next_cursor']}")
                assert again["items"][:len(behind["items"])] == behind["items"], more
            number += len(forward)
    assert number > 100


def many_alike(address):
    """More than a page looks at."""
    sql(address, """
        INSERT INTO posts (status_id, url, author_handle, body_text, discovered_at, last_seen_at, likes, views, views_velocity)
        SELECT (2025000000000000000 + (number << 22))::TEXT, 'https://x.com/a/status/1', 'ada', 'gm', to_timestamp(1772000000 + number / 2), now(),
               number % 7, number % 11, number % 13
        FROM generate_series(1::BIGINT, 12000) AS number""")


@pytest.mark.parametrize("query", ["min_replies=1000", "reported=false&min_reposts=1", "q=gm&exclude=m"])
def test_empty_pages_lead_to_the_end_and_back(filled, serve, query):
    server = serve(filled(many_alike))
    walked = 0
    for sort in SORTS:
        question = f"?{query}&sort={sort}&limit=7"
        shown = page(server, "/v1/feed", question)
        for direction in ("next_cursor", "prev_cursor"):
            while cursor := shown[direction]:
                shown, walked = page(server, "/v1/feed", f"{question}&cursor={cursor}"), walked + 1
                assert shown["items"] == [] and walked < 200
    assert walked > 10


def test_an_end_whose_posts_are_gone_leads_back(serve, another_database):
    server = serve(another_database(some_posts))
    cursors = {sort: page(server, "/v1/feed", f"?sort={sort}&limit=1")["next_cursor"] for sort in SORTS}
    sql(server.database, "DELETE FROM posts")
    for sort, cursor in cursors.items():
        end = page(server, "/v1/feed", f"?sort={sort}&cursor={cursor}")
        assert end["items"] == [] and end["next_cursor"] is None
        begin = page(server, "/v1/feed", f"?sort={sort}&cursor={end['prev_cursor']}")
        assert begin["items"] == [] and begin["prev_cursor"] is None
        assert page(server, "/v1/feed", f"?sort={sort}&cursor={begin['next_cursor']}")["items"] == []


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_the_links_of_a_subscription_lead_on(server, form):
    def links(data):
        if form == "json":
            return {"next": json.loads(data).get("next_url")}
        return {link.get("rel"): link.get("href") for link in ElementTree.fromstring(data).iter(f"{ATOM}link")}

    for query in list(views())[::5]:
        start = f"/v1/feed.{form}{query}&limit=7".replace("?&", "?")
        for relation in ("next", "previous"):
            address, seen = start, []
            while address:
                answer = server.client.get(address)
                assert answer.status == 200, answer.bytes
                seen.append(address)
                found = links(answer.bytes).get(relation)
                address = found and "{0.path}?{0.query}".format(urlsplit(found))
                assert address not in seen
            start = seen[-1]


def test_runs_lead_on_to_the_last_one(server):
    whole = page(server, "/v1/runs", "?limit=200")
    assert whole["next_cursor"] is None
    for query in ("", "&mode=priority", "&mode=priority&mode=manual", "&since=2026-02-22", "&until=2026-02-21"):
        for limit in (1, 3, 200):
            runs, cursor = [], ""
            while cursor is not None:
                shown = page(server, "/v1/runs", f"?limit={limit}{query}{cursor and '&cursor=' + cursor}")
                runs += shown["items"]
                cursor = shown["next_cursor"]
            assert runs == page(server, "/v1/runs", f"?limit=200{query}")["items"]


def test_changes_and_events_lead_on_from_every_place(server):
    whole = page(server, "/v1/changes", "?limit=1000")
    for limit in (1, 7, 1000):
        items, place, has_more = [], "", True
        while has_more:
            shown = page(server, "/v1/changes", f"?limit={limit}{place and '&after=' + place}")
            items, place, has_more = items + shown["items"], shown["next"], shown["has_more"]
        assert items == whole["items"] and place == whole["next"]
        assert page(server, "/v1/changes", f"?after={place}")["items"] == []
    assert page(server, "/v1/changes", "?after=now")["next"] == whole["next"]
    with EventStream(server.address) as stream:
        ids = []
        for _ in whole["items"]:
            stream.event()
            ids.append(stream.last_id)
    for last_id in {*ids[:3], *ids[-3:], whole["next"]}:
        with EventStream(server.address, last_id=last_id) as stream:
            assert stream.status == 200
        assert re.fullmatch(r"\d+-\d+(-\d+)?(~[a-z0-9_~-]+)?", last_id)
