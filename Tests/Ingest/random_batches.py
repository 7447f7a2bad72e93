"""Batches that overlap as much as they can: few posts, few moments, small numbers, and every kind of absence."""

COUNTERS = ("likes", "reposts", "replies", "views")
TEXTS = ("author_display", "body_text", "posted_relative", "source_query", "significance_reason", "significance_version",
         "refresh_24h_status")
REFRESHED = tuple(f"{name}_24h" for name in COUNTERS)
FIRST = tuple(f"initial_{name}" for name in COUNTERS)
DELTAS = tuple(f"refresh_24h_delta_{name}" for name in COUNTERS)
WORDS = ("", "a", "b", "ä", "Z", "\U0001f680", "the same text", "another text")


def moment(minute):
    """Some of them end in microseconds, and some name another zone."""
    if minute % 5 == 4:
        return f"2026-02-{21 + minute // 50:02}T{minute % 50 // 5 + 12:02}:00:00.00000{minute % 5}+02:00"
    return f"2026-02-{21 + minute // 50:02}T{minute % 50 // 5 + 10:02}:00:00.00000{minute % 5}Z"


def ids(count):
    return [str(2025000000000000000 + number) for number in range(count)]


def post(random, status_id, carried=None, cleared=.15):
    seen = random.randrange(12)
    item = {"status_id": status_id, "url": f"https://x.com/{random.choice('ab')}/status/{status_id}",
            "author_handle": random.choice(("ada", "@Ada", "bert")), "last_seen_at": moment(seen),
            "discovered_at": moment(random.choice((seen, max(0, seen - 1), random.randrange(12))))}
    carried = random.choice((0, .2, .5, 1)) if carried is None else carried

    def carry(name, value):
        if random.random() < carried:
            item[name] = None if random.random() < cleared else value

    for name in TEXTS:
        carry(name, random.choice(WORDS))
    carry("watch_tier", random.choice(("teammate", "influencer", "ecosystem")))
    carry("is_significant", random.random() < .5)
    for name in COUNTERS + FIRST + REFRESHED:
        carry(name, random.choice((0, random.randrange(4), 3_000_000_000)))
    for name in DELTAS:
        carry(name, random.randrange(-2, 3))
    # Often later than the post was seen.
    carry("refresh_24h_at", moment(random.randrange(15)))
    return item


def posts(random, known, size):
    chosen = [random.choice(known) for _ in range(size)]
    items = [post(random, status_id) for status_id in chosen]
    # The very same observation twice, and a different one with the same time.
    items.append(dict(random.choice(items)))
    items.append(post(random, items[0]["status_id"]) | {"last_seen_at": items[0]["last_seen_at"]})
    random.shuffle(items)
    return items


def metrics(random, known, size):
    items = []
    for _ in range(size):
        item = {"status_id": random.choice(known), "snapshot_at": moment(random.randrange(15)),
                "snapshot_type": random.choice(("initial_capture", "latest_observed", "refresh_24h"))}
        item |= {name: random.choice((0, random.randrange(5), 4_000_000_000)) for name in COUNTERS}
        if random.random() < .5:
            item["source"] = random.choice((None, "cron", "Cron", "zz"))
        items.append(item)
    # The same key with other counters.
    items.append(items[0] | {name: random.randrange(6) for name in COUNTERS})
    return items


def reports(random, known, size):
    items = []
    for _ in range(size):
        item = {"status_id": random.choice(known), "reported_at": moment(random.randrange(6))}
        for name in ("channel", "summary", "destination"):
            if random.random() < .6:
                item[name] = random.choice((None, *WORDS))
        items.append(item)
    return items


MAKERS = {"posts": posts, "metrics": metrics, "reports": reports}


def batch(random, kind, known, size):
    return kind, MAKERS[kind](random, known, size)
