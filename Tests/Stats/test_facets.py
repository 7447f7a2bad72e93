"""The facets against counting one post at a time."""

from collections import Counter
from random import Random

import pytest

import random_posts


@pytest.mark.parametrize("seed", range(2))
def test_they_count_what_the_feed_lists(serve, archive, seed):
    random = Random(seed)
    posts = random_posts.posts(random, 150)
    random_posts.store(archive, posts)
    server = serve()
    for _ in range(40):
        parameters, holds = random_posts.question(random)
        if random.random() < .5:
            since, until = sorted((random_posts.moment(random), random_posts.moment(random)))
            parameters += [("since", since.isoformat()), ("until", until.isoformat())]
            meant = [post for post in posts if holds(post) and since <= post["at"] <= until]
        else:
            meant = [post for post in posts if holds(post)]
        top = random.randrange(1, 5)
        facets = server.get("/v1/facets", parameters + [("top", str(top))])
        assert not facets["partial"] and facets["total"] == len(meant), parameters
        assert len(server.get("/v1/feed", parameters + [("limit", "200")])["items"]) == len(meant)
        assert facets["tier"] == {tier or "none": sum(post["watch_tier"] == tier for post in meant) for tier in random_posts.TIERS}
        for name, member in (("significant", "is_significant"), ("reported", "is_reported")):
            assert facets[name] == {"true": sum(post[member] for post in meant), "false": sum(not post[member] for post in meant)}
        for name, member in (("handle", "author_handle"), ("source_query", "source_query")):
            # An empty one is none, and what is too long to be asked for is one of the others.
            counts = Counter("long" if len((post[member] or "").encode()) > 1024 else post[member] or None for post in meant)
            long = [counts.pop("long")] if "long" in counts else []
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] is None, (item[0] or "").encode()))
            assert [(entry["value"], entry["posts"]) for entry in facets[name]["top"]] == ranked[:top], parameters
            others = [count for _, count in ranked[top:]] + long
            assert (facets[name]["other_values"], facets[name]["other_posts"]) == (len(others), sum(others))
        for total in (sum(facets["tier"].values()), sum(facets["significant"].values()), sum(facets["reported"].values())):
            assert total == facets["total"]


def test_every_value_can_be_asked_for(serve, archive):
    """Each value of a facet, the empty one too, is a filter that selects exactly the posts that it counts."""
    random_posts.store(archive, random_posts.posts(Random(5), 150))
    server = serve()
    facets = server.get("/v1/facets", [("top", "100")])
    asked = 0
    for name in ("tier", "significant", "reported", "handle", "source_query"):
        values = facets[name]
        counts = values.items() if "top" not in values else [(entry["value"] or "", entry["posts"]) for entry in values["top"]]
        for value, posts in counts:
            asked += posts > 0
            for path, count in (("/v1/facets", lambda answer: answer["total"]), ("/v1/feed", lambda answer: len(answer["items"]))):
                more = [("limit", "200")] if path == "/v1/feed" else []
                assert count(server.get(path, [(name, value), *more])) == posts, (name, value)
            other = server.get("/v1/facets", [(name, value), ("top", "100")])[name]
            assert sum(entry["posts"] for entry in other["top"]) == posts if "top" in other else other[value] == posts
    assert asked > 18
    # Several are any of them.
    assert server.get("/v1/facets", [("source_query", ""), ("source_query", "none")])["total"] == sum(
        entry["posts"] for entry in facets["source_query"]["top"] if entry["value"] in (None, "none"))
    # The API takes it empty, and not without a sign of equality.
    assert server.session.get(f"{server.address}/v1/feed?source_query", timeout=60).status_code == 400
