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
            counts = Counter(post[member] for post in meant)
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
            assert [(entry["value"], entry["posts"]) for entry in facets[name]["top"]] == ranked[:top], parameters
            assert facets[name]["other_values"] == len(ranked[top:])
            assert facets[name]["other_posts"] == sum(count for _, count in ranked[top:])
        for total in (sum(facets["tier"].values()), sum(facets["significant"].values()), sum(facets["reported"].values())):
            assert total == facets["total"]
