"""Posts around the changes of clocks, and questions about them, answered one post at a time."""

from datetime import UTC, datetime, timedelta

from rows import insert

TIERS = ("teammate", "influencer", "ecosystem", None)
HANDLES = ("ada", "bob", "cy", "dee")
QUERIES = ("priority", "discovery", None, None, "", " ", "none", "null", "a+b&c=%", "日本", "l" * 1024, "ö" * 513, "m" * 3_000)
# Berlin, New York, Lord Howe Island and Havana change their clocks in spring and autumn; Kathmandu never does.
CHANGES = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (
    "2026-03-29T01:00", "2026-10-25T01:00", "2026-03-08T07:00", "2026-11-01T06:00", "2026-04-04T15:00", "2026-10-03T15:30",
    "2026-03-08T05:00", "2026-11-01T05:00", "2026-12-31T18:15")]


def moment(random):
    """Mostly close to a change, and often at the very moment or the microsecond before."""
    change = random.choice(CHANGES)
    near = random.choice((timedelta(0), timedelta(microseconds=-1), timedelta(seconds=random.uniform(-9000, 9000)),
                          timedelta(seconds=random.uniform(-2 * 86400, 2 * 86400))))
    return change + near


def posts(random, count):
    return [{
        "status_id": str(1000 + number), "url": f"https://x.example/{number}", "author_handle": random.choice(HANDLES),
        "body_text": random.choice(("ships today", "100% done", "", None)), "watch_tier": random.choice(TIERS),
        "source_query": random.choice(QUERIES), "is_significant": random.random() < .3, "discovered_at": at.isoformat(),
        "last_seen_at": at.isoformat(), "at": at, "is_reported": random.random() < .3,
    } for number, at in ((number, moment(random)) for number in range(count))]


def question(random):
    """Parameters of the feed but its range, and which posts they mean."""
    parameters, conditions = [], []
    if random.random() < .4:
        tiers = random.sample(TIERS, random.randrange(1, 4))
        parameters += [("tier", tier or "none") for tier in tiers]
        conditions.append(lambda post: post["watch_tier"] in tiers)
    if random.random() < .3:
        handles = random.sample(HANDLES, 2)
        parameters += [("handle", handle) for handle in handles]
        conditions.append(lambda post: post["author_handle"] in handles)
    for name, member in (("significant", "is_significant"), ("reported", "is_reported")):
        if random.random() < .3:
            wanted = random.random() < .5
            parameters.append((name, str(wanted).lower()))
            conditions.append(lambda post, member=member, wanted=wanted: post[member] == wanted)
    if random.random() < .3:
        parameters.append(("q", "0%"))
        conditions.append(lambda post: "0%" in (post["body_text"] or ""))
    return parameters, lambda post: all(holds(post) for holds in conditions)


def store(database, posts):
    beside = ("at", "is_reported")
    insert(database, "posts", [{name: value for name, value in post.items() if name not in beside} | {
        "likes": 0, "reposts": 0, "replies": 0, "views": 0} for post in posts])
    insert(database, "reports", [
        {"status_id": post["status_id"], "reported_at": post["discovered_at"]} for post in posts if post["is_reported"]])
