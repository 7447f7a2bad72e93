"""Posts that are alike in everything, views of them, and the same views in the plainest SQL."""

import json
from urllib.parse import urlencode

from support.psql import sql

# On both sides of midnight in two zones; neighbours differ by single microseconds, and many are equal.
MOMENTS = [f"2026-02-{day}T{time}Z" for day in (21, 22, 23) for time in (
    "00:00:00", "22:59:59.999999", "23:00:00", "23:00:00.000001", "23:59:59.999999")]
TEXTS = [
    "Shipping the bridge today", "SHIPPING soon, see https://example.com/a", "100 % _ \\ literal", "日本語のテキスト", "ß ÉTÉ été", "x", "gm", None, "",
    "HTTP://EXAMPLE.COM", "bare https:// and (http://)", "cut off: https://…", "http://[::1]/ https:///", "the theme of the month",
    "=HYPERLINK(\"http://x.example\",\"win\")", "-1 is less", "+1", "@ada look", "＝1+1", " =2", "'=3",
    "'tis fine", "\t=4", "\r\n=5", "quotes \" and \"\" more", "a,b;c|d", "two\nlines\r\nand more\r", "<script>alert(1)</script>", "<b>bold</b> & &amp; ]]>",
    "👩‍👩‍👧 😀 e\u0301", "שלום \u202eעולם", "bell \u0007 escape \u001b[31m \ufffe \uffff", "\ufeffmark", "\u200b=6", "long " * 60, "\u0001",
]
WORDS = ["ship", "SHIPPING SOON", "%", "_", "\\", "日本", "語", "é", "x", "the", "ada", "nothing like this", "  ", "gm", "\"", "=", "<", "&", "+", "'"]
SORTS = ("discovered", "posted", "likes", "views", "velocity")
COUNTERS = ("likes", "reposts", "replies", "views")


def status_id(random, number):
    """Ids without a time, of the same millisecond, of neighbouring ones, and on both sides of midnight."""
    if number % 3 == 0:
        return str(1000 + number)
    if number % 3 == 1:
        milliseconds = random.choice((1771714800000, 1771718400000, 1771801200000)) + random.randrange(-1, 2)
        return str((milliseconds - 1288834974657 << 22) + number)
    return f"id-{number}/?&<>\"' é"


def fill(address, random, count):
    posts, reports = [], []
    for number in range(count):
        handle, identity = random.choice(("ada", "bert", "mossy_proof")), status_id(random, number)
        posts.append({
            "status_id": identity, "url": f"https://x.com/{handle}/status/{number}", "author_handle": handle,
            "author_display": random.choice((None, "Ada", "=Ada & <b>Co</b>")), "body_text": random.choice(TEXTS),
            "watch_tier": random.choice((None, "teammate", "influencer", "ecosystem")), "is_significant": random.random() < .4,
            "significance_reason": random.choice((None, "matters", "-5 points")), "source_query": random.choice((None, "", "a", "A", "+a")),
            **{name: random.choice((0, 1, 2, 3, 3_000_000_000)) for name in COUNTERS},
            "views_velocity": (views := random.choice((None, -1500, 0, 1, 2500))), "likes_velocity": None if views is None else 250,
            "discovered_at": random.choice(MOMENTS), "last_seen_at": "2026-02-24T00:00:00Z"})
        if random.random() < .3:
            reports.append({"status_id": identity, "reported_at": random.choice(MOMENTS)})
    for table, rows in (("posts", posts), ("reports", reports)):
        columns = ", ".join(rows[0])
        # A command takes no longer text.
        for start in range(0, len(rows), 50):
            literal = quote(json.dumps(rows[start:start + 50]))
            sql(address, f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, {literal})")


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def holds(text):
    return f"(strpos(lower(coalesce(body_text, '')), lower({quote(text)})) > 0 OR strpos(author_handle, lower({quote(text)})) > 0)"


# By arithmetic of its own: the id over 2^22, from the epoch of the ids on.
POSTED = """CASE WHEN status_id ~ '^[0-9]+$' AND status_id::NUMERIC >= 29700000000
            THEN 'epoch'::TIMESTAMPTZ + (div(status_id::NUMERIC, 4194304) + 1288834974657) * INTERVAL '1 millisecond' END"""
ORDERS = {"discovered": "discovered_at DESC", "posted": f"{POSTED} DESC NULLS LAST", "likes": "likes DESC", "views": "views DESC",
          "velocity": "views_velocity DESC NULLS LAST"}


class View:
    """Some parameters, and what they mean."""

    def __init__(self, random):
        self.pairs, self.conditions = [], []
        self.zone = random.choice((None, "Europe/Berlin"))
        if self.zone:
            self.pairs.append(("tz", self.zone))
        kinds = (self.times, self.tiers, self.handles, self.queries, self.flags, self.counters, self.text, self.excluded)
        for kind in random.sample(kinds, random.choice((0, 1, 1, 2, 3))):
            kind(random)
        self.sort = random.choice(SORTS)
        if self.sort != "discovered" or random.random() < .5:
            self.pairs.append(("sort", self.sort))
        random.shuffle(self.pairs)

    def query(self, *more):
        return "?" + urlencode([*self.pairs, *more])

    @property
    def sql(self):
        order = f"{ORDERS[self.sort]}, status_id COLLATE \"C\" DESC"
        wanted = " AND ".join(self.conditions) or "true"
        return f"SELECT coalesce(json_agg(status_id ORDER BY {order}), '[]') FROM posts WHERE {wanted}"

    def add(self, name, value, condition):
        self.pairs.append((name, value))
        self.conditions.append(condition)

    def times(self, random):
        prefix, column = random.choice((("", "discovered_at"), ("posted_", f"({POSTED})")))
        first, last = sorted(random.choices(MOMENTS, k=2), key=MOMENTS.index)
        if random.random() < .5:
            zone = self.zone or "UTC"
            self.add(f"{prefix}since", first[:10], f"{column} >= '{first[:10]}'::TIMESTAMP AT TIME ZONE '{zone}'")
            self.add(f"{prefix}until", last[:10], f"{column} < ('{last[:10]}'::DATE + 1)::TIMESTAMP AT TIME ZONE '{zone}'")
        else:
            self.add(f"{prefix}since", first, f"{column} >= '{first}'::TIMESTAMPTZ")
            self.add(f"{prefix}until", last, f"{column} <= '{last}'::TIMESTAMPTZ")

    def any_of(self, random, name, values, expression):
        chosen = random.sample(values, random.randrange(1, len(values)))
        self.pairs += [(name, value) for value in chosen]
        self.conditions.append(f"{expression} IN ({', '.join(quote(value.lstrip('@')) for value in chosen)})")

    def tiers(self, random):
        self.any_of(random, "tier", ("teammate", "influencer", "ecosystem", "none"), "coalesce(watch_tier, 'none')")

    def handles(self, random):
        self.any_of(random, "handle", ("ada", "@bert", "nobody"), "author_handle")

    def queries(self, random):
        self.any_of(random, "source_query", ("a", "A", "+a", "none", ""), "coalesce(source_query, '')")

    def flags(self, random):
        value = random.random() < .5
        name, condition = random.choice((
            ("significant", "is_significant"), ("reported", "(status_id IN (SELECT status_id FROM reports))"),
            ("has_link", "(lower(coalesce(body_text, '')) ~ 'https?://[a-z0-9[]')")))
        self.add(name, str(value).lower(), f"{condition} = {value}")

    def counters(self, random):
        for name in random.sample(COUNTERS, 2):
            least = random.choice((0, 1, 3, 3_000_000_000))
            self.add(f"min_{name}", least, f"{name} >= {least}")

    def text(self, random):
        text = random.choice(WORDS)
        self.add("q", text, holds(text))

    def excluded(self, random):
        for text in random.sample(WORDS, 2):
            self.add("exclude", text, f"NOT {holds(text)}")
