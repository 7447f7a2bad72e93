"""Which zones `tz` takes, and what clocks in them mean, by Python's own reading of the time zone database."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

import random_posts

ROOT = Path(__file__).parents[2]
DATABASE = Path("/usr/share/zoneinfo/tzdata.zi")
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
# Berlin, New York, Lord Howe Island (half an hour), Havana (at midnight), Apia (left out a day), Monrovia (44 minutes and a half).
ZONES = {
    "Europe/Berlin": ("2026-03-29T01:00:00", "2026-10-25T01:00:00"), "America/New_York": ("2026-03-08T07:00:00", "2026-11-01T06:00:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00:00", "2026-10-03T15:30:00"), "America/Havana": ("2026-03-08T05:00:00", "2026-11-01T05:00:00"),
    "Pacific/Apia": ("2011-12-30T10:00:00",), "Africa/Monrovia": ("1972-01-07T00:44:30",),
}


@pytest.fixture
def server(serve):
    return serve()


def names():
    return {name for name in (ROOT / "Sources/API/Query/zones.txt").read_text().splitlines() if not name.startswith("#")}


def status(server, path, **parameters):
    return server.session.get(server.address + path, params=parameters, timeout=60).status_code


def test_the_names_are_those_of_the_database():
    if not DATABASE.exists():
        pytest.skip("this host has no time zone database")
    version, *lines = DATABASE.read_text().splitlines()
    fields = [line.split() for line in lines]
    there = {field[1] for field in fields if field[0] == "Z"} | {field[2] for field in fields if field[0] == "L"}
    # Later ones have more names, never fewer.
    assert names() <= there
    if version.split()[-1] in (ROOT / "Sources/API/Query/zones.txt").read_text().splitlines()[0]:
        assert names() == there


def test_every_name_of_the_database_is_taken_and_shows_its_time(server):
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for name in sorted(names()):
        query = {"bucket": "hour", "tz": name, "since": at.isoformat(), "until": at.isoformat()}
        label = server.get("/v1/stats/timeline", query.items())["buckets"][0]["local_start"]
        assert datetime.fromisoformat(label).utcoffset() == at.astimezone(ZoneInfo(name)).utcoffset(), name


@pytest.mark.parametrize("name", [
    "PST", "IST", "CST", "JST", "AST", "BST", "PRC ", "utc", "europe/berlin", "Europe", "GMT+3", "GMT-03:00", "+02:00", "UTC+1", "SystemV/PST8PDT",
    "Etc/Unknown", "Mars/Olympus", "../etc/passwd", "posix/UTC", "right/UTC", "localtime", "Europe/Berlin/", "America/Los Angeles", "#"])
def test_nothing_else_is_taken(server, name):
    assert [status(server, path, tz=name) for path in ("/v1/feed", "/v1/runs", "/v1/stats/timeline", "/v1/feed.csv")] == [400] * 4


def test_a_plus_that_is_a_space_gets_a_hint(server):
    for query in ("since=2026-02-22T09:30:00+02:00", "posted_until=2026-02-22T09:30+0200", "tz=Etc/GMT+3"):
        answer = server.session.get(f"{server.address}/v1/feed?{query}", timeout=60)
        assert answer.status_code == 400 and "%2B" in answer.json()["detail"]
        assert server.session.get(f"{server.address}/v1/feed?{query.replace('+', '%2B')}", timeout=60).status_code == 200
    assert "%2B" not in server.session.get(f"{server.address}/v1/feed?since=yesterday", timeout=60).json()["detail"]


def meant(clock, zone):
    """The first and the last moment at which clocks in `zone` show `clock`; where there is none, the moment of the change and the one before."""
    shown = sorted(clock.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    right = [at for at in shown if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == clock]
    if right:
        return right[0], right[-1]
    # Between the two readings of a time that is left out, clocks are turned forward.
    before, after = shown[0].replace(microsecond=0), shown[1].replace(microsecond=0) + SECOND
    first = before.astimezone(ZoneInfo(zone)).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        before, after = (middle, after) if middle.astimezone(ZoneInfo(zone)).utcoffset() == first else (before, middle)
    return after, after - MICROSECOND


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_without_an_offset_is_what_clocks_show(serve, archive, zone):
    random = Random(zone)
    changes = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in ZONES[zone]]

    def near():
        moved = timedelta(seconds=random.randrange(-9000, 9000), microseconds=random.choice((0, 0, 1, 999_999)))
        return random.choice(changes) + random.choice((moved, moved, timedelta(minutes=random.randrange(-30, 31) * 10), timedelta(0), -MICROSECOND))

    posts = [post | {"at": at, "discovered_at": at.isoformat(), "last_seen_at": at.isoformat()}
             for post in random_posts.posts(random, 150) for at in [near()]]
    random_posts.store(archive, posts)
    server = serve()
    for _ in range(60):
        clocks = sorted(near().astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(minutes=random.choice((0, 0, 20, 45))) for _ in "12")
        form = random.choice((lambda clock: clock.isoformat(), lambda clock: clock.isoformat(" ")))
        if random.random() < .3:
            clocks = [clock.replace(second=0, microsecond=0) for clock in clocks]
            form = lambda clock: clock.isoformat(timespec="minutes")
        parameters = [("tz", zone), ("since", form(clocks[0])), ("until", form(clocks[1]))]
        (since, _), (_, until) = (meant(clock, zone) for clock in clocks)
        expected = {post["status_id"] for post in posts if since <= post["at"] <= until}
        found = server.get("/v1/feed", [*parameters, ("limit", "200")])["items"]
        assert {post["status_id"] for post in found} == expected, parameters
        assert server.get("/v1/facets", parameters)["total"] == len(expected)
        assert server.get("/v1/stats/timeline", [*parameters, ("bucket", "week")])["total"] >= len(expected)
        lines = server.session.get(f"{server.address}/v1/feed.ndjson", params=parameters, timeout=60).text.splitlines()
        assert len(lines) == len(expected)
    # Without a zone it is UTC, as ever; and an offset goes before the zone.
    at = changes[0].replace(tzinfo=None).isoformat()
    expected = sum(post["at"] >= changes[0] for post in posts)
    for parameters in ([("since", at)], [("since", at + "Z"), ("tz", zone)], [("since", at + "+00:00"), ("tz", zone)]):
        assert server.get("/v1/facets", parameters)["total"] == expected


@pytest.mark.parametrize(("zone", "day"), [
    ("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"), ("Pacific/Kiritimati", "1994-12-31"), ("Pacific/Fakaofo", "2011-12-30")])
def test_a_day_that_never_was_is_an_empty_view(serve, archive, zone, day):
    noon = datetime.fromisoformat(day + "T12:00:00+00:00")
    posts = [post | {"at": at, "discovered_at": at.isoformat(), "last_seen_at": at.isoformat()}
             for number, post in enumerate(random_posts.posts(Random(1), 97)) for at in [noon + timedelta(hours=number - 48)]]
    random_posts.store(archive, posts)
    server = serve()
    assert noon.date() not in {post["at"].astimezone(ZoneInfo(zone)).date() for post in posts}
    for since, until in ((day, day), (f"{day}T08:00", f"{day}T20:00"), (day, f"{day}T20:00")):
        for clock in ("", "posted_"):
            parameters = [("tz", zone), (f"{clock}since", since), (f"{clock}until", until)]
            for sort in ("discovered", "posted", "likes"):
                assert server.get("/v1/feed", [*parameters, ("sort", sort)]) == {"items": [], "next_cursor": None, "prev_cursor": None}
            assert server.get("/v1/facets", parameters)["total"] == 0
        parameters = [("tz", zone), ("since", since), ("until", until)]
        for bucket in ("hour", "day", "week", "month"):
            assert server.get("/v1/stats/timeline", [*parameters, ("bucket", bucket)])["buckets"] == []
        assert server.get("/v1/runs", parameters)["items"] == []
        for path in ("/v1/feed.csv", "/v1/feed.atom"):
            assert server.session.get(server.address + path, params=parameters, timeout=60).status_code == 200
    # With its neighbours it is these, and in the wrong order it is an error still.
    neighbours = [(noon + timedelta(days=days)).date().isoformat() for days in (-1, 1)]
    around = server.get("/v1/facets", [("tz", zone), ("since", neighbours[0]), ("until", neighbours[1])])["total"]
    assert around == sum(post["at"].astimezone(ZoneInfo(zone)).date().isoformat() in neighbours for post in posts)
    for since, until in ((day, neighbours[0]), (f"{day}T20:00", neighbours[0]), (neighbours[1], neighbours[0])):
        assert status(server, "/v1/feed", tz=zone, since=since, until=until) == 400


def test_the_list_says_which_database_it_is_of():
    assert re.search(r"IANA time zone database 20\d\d[a-z]", (ROOT / "Sources/API/Query/zones.txt").read_text().splitlines()[0])
