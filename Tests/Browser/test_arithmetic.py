"""The pure parts of the page, asked directly: what holds for all inputs."""

import json
import random

import pytest


@pytest.fixture(scope="module")
def ask(browser, base_url):
    page = browser.new_page(base_url=base_url)
    page.goto("/favicon.svg")
    yield lambda module, call, argument: page.evaluate(f"async (argument) => {{ const module = await import('/js/{module}'); return ({call})(module, argument) }}", argument)
    page.close()


def test_ticks_frame_the_values_with_few_round_numbers(ask):
    random.seed(1)
    spans = [[0, 0], [5, 5], [0, 1], [190, 338], [999_999_999_999, 10**12]] + [sorted(random.randrange(10 ** random.randrange(1, 12)) for _ in range(2)) for _ in range(300)]
    for (low, high), ticks in zip(spans, ask("lib/chart/ticks.js", "({ linearTicks }, spans) => spans.map(([low, high]) => linearTicks(low, high))", spans), strict=True):
        assert ticks[0] <= low and high <= ticks[-1]
        assert 2 <= len(ticks) <= 7
        steps = {after - before for before, after in zip(ticks, ticks[1:], strict=False)}
        assert len(steps) == 1 and str(steps.pop()).rstrip("0") in ("1", "2", "5"), (low, high, ticks)
    for (low, _), ticks in zip(spans, ask("lib/chart/ticks.js", "({ logTicks }, spans) => spans.map(([low, high]) => logTicks(low, high))", spans), strict=True):
        assert 1 <= len(ticks) <= 8 and ticks == sorted(set(ticks))
        assert ticks[0] <= low or low < 1


@pytest.mark.parametrize("log", [False, True])
def test_a_scale_keeps_order_and_ends(ask, log):
    random.seed(2)
    values = sorted({0, 1, *(random.randrange(10 ** random.randrange(1, 10)) for _ in range(200))})
    places = ask("lib/chart/scale.js", "({ scale }, [values, log]) => values.map(scale([values[0], values.at(-1)], [200, 10], log))", [values, log])
    assert places[0] == pytest.approx(200) and places[-1] == pytest.approx(10)
    assert places == sorted(places, reverse=True)
    assert ask("lib/chart/scale.js", "({ scale }) => scale([7, 7], [0, 10])(7)", None) == 5


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"])
def test_time_ticks_are_round_by_the_clock_of_the_zone(ask, zone):
    random.seed(3)
    spans = []
    for _ in range(60):
        start = random.randrange(1_700_000_000_000, 1_790_000_000_000)
        spans.append([start, start + random.randrange(1000, 10 ** random.randrange(5, 12)), random.randrange(2, 9)])
    call = """async ({ timeTicks }, [zone, spans]) => {
        const { useZone, clock } = await import('/js/lib/time/format.js')
        const { zoneOffset } = await import('/js/lib/time/zone-offset.js')
        useZone(zone)
        return spans.map(([from, to, most]) => timeTicks(from, to, most, zoneOffset).map(({ at, wholeDay }) => [at, wholeDay, clock(new Date(at))]))
    }"""
    for (start, end, most), ticks in zip(spans, ask("lib/chart/time-ticks.js", call, [zone, spans]), strict=True):
        moments = [at for at, _, _ in ticks]
        assert len(ticks) <= most + 1 and moments == sorted(moments)
        assert all(start <= at <= end for at in moments)
        assert all((clock == "00:00") == whole for _, whole, clock in ticks if end - start < 150 * 86_400_000), ticks


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_ticks_of_a_long_time_are_the_beginnings_of_months(ask, zone):
    call = """async ({ timeTicks }, zone) => {
        const { useZone, dayKey, clock } = await import('/js/lib/time/format.js')
        const { zoneOffset } = await import('/js/lib/time/zone-offset.js')
        useZone(zone)
        const ticks = timeTicks(Date.UTC(2024, 1, 10), Date.UTC(2026, 3, 20), 8, zoneOffset)
        return ticks.map(({ at, wholeDay }) => `${dayKey(new Date(at))} ${clock(new Date(at))} ${wholeDay}`)
    }"""
    starts = [f"{year}-{month:02}-01 00:00 true" for year in (2024, 2025, 2026) for month in (1, 7)]
    assert ask("lib/chart/time-ticks.js", call, zone) == starts[1:-1]


def test_the_first_tick_of_another_year_says_it(ask):
    days = [{"at": at, "wholeDay": whole} for at, whole in [(1_735_516_800_000, True), (1_735_603_200_000, True), (1_735_646_400_000, False), (1_735_689_600_000, True)]]
    call = """async ({ tickNames }, ticks) => {
        const { useZone } = await import('/js/lib/time/format.js')
        useZone("UTC")
        return tickNames(ticks)
    }"""
    assert ask("lib/chart/time-ticks.js", call, days) == ["30 Dec 2024", "31 Dec", "12:00", "1 Jan 2025"]


def test_changes_of_a_text_lose_and_invent_nothing(ask):
    random.seed(4)
    words = ["a", "post", "about", "👍", "設計", "  ", "\n", "<b>", "4.0.2", ""]
    pairs = [["".join(random.choices(words, k=random.randrange(30))) for _ in range(2)] for _ in range(300)] + [["x " * 1500, "y"], ["", ""]]
    for (before, after), pieces in zip(pairs, ask("post/text-changes.js", "({ textChanges }, pairs) => pairs.map(([a, b]) => textChanges(a, b))", pairs), strict=True):
        assert "".join(piece["text"] for piece in pieces if piece["kind"] != "new") == before
        assert "".join(piece["text"] for piece in pieces if piece["kind"] != "gone") == after
    same = ask("post/text-changes.js", "({ textChanges }) => textChanges('kept whole', 'kept whole')", None)
    assert same == [{"kind": "kept", "text": "kept whole"}], json.dumps(same)


def test_waiting_grows_with_failures_honours_the_server_and_is_never_the_same_for_all(ask):
    call = "({ delay }, [failures, streaming, retryAfter, random]) => delay({ failures, streaming, retryAfter }, random)"
    wait = lambda failures=0, streaming=False, retry_after=0, random=0.0: ask("live/backoff.js", call, [failures, streaming, retry_after, random])
    waits = [wait(failures) for failures in range(1, 12)]
    assert waits == sorted(waits) and waits[0] < wait() < wait(streaming=True) < waits[-1] == waits[-2]
    assert wait(1, retry_after=120_000) >= 120_000
    for random_part in (0.0, 0.5, 0.999):
        assert wait() <= wait(random=random_part) <= 1.3 * wait()
        assert wait(1, retry_after=120_000, random=random_part) >= 120_000
    assert wait(random=0.1) != wait(random=0.9)


BLIND, ANSWERED = 1_000, 100_000
BADGES = [
    ({}, ("live", ANSWERED)),
    ({"asking": True}, ("live", ANSWERED)),
    ({"failed": True}, ("stale", ANSWERED)),
    ({"failed": True, "asking": True}, ("stale", ANSWERED)),
    ({"failed": True, "online": False}, ("offline", ANSWERED)),
    ({"failed": True, "online": False, "answered": None}, ("offline", None)),
    ({"online": False}, ("live", ANSWERED)),
    ({"blindSince": BLIND}, ("blind", None)),
    ({"blindSince": BLIND, "failed": True}, ("stale", ANSWERED)),
    ({"blindSince": BLIND, "now": 200_000}, ("stale", ANSWERED)),
    ({"now": 200_000}, ("stale", ANSWERED)),
    ({"now": 200_000, "asking": True}, ("checking", ANSWERED)),
    ({"answered": None, "asking": True}, ("loading", None)),
    ({"answered": None}, ("stale", None)),
    ({"answered": None, "failed": True}, ("stale", None)),
]


@pytest.mark.parametrize(("change", "expected"), BADGES)
def test_the_badge_says_no_more_than_is_known(ask, change, expected):
    facts = {"now": 110_000, "answered": ANSWERED, "failed": False, "online": True, "asking": False, "expectedAge": 30_000, "blindSince": None, **change}
    badge = ask("live/freshness-badge.js", "({ badgeState }, facts) => badgeState(facts)", facts)
    assert (badge["kind"], badge["at"]) == expected


MINUTE_MS, DAY_MS = 60_000, 86_400_000


@pytest.mark.parametrize(("ms", "words"), [
    (45 * MINUTE_MS, "45 minutes"), (DAY_MS, "1 day"), (300 * DAY_MS, "9 months"), (400 * DAY_MS, "13 months"), (900 * DAY_MS, "2 years")])
def test_a_collection_that_stopped_is_told_by_how_long_and_leads_to_its_runs(ask, ms, words):
    facts = {"now": ms, "answered": ms - 1, "failed": False, "online": True, "asking": False, "expectedAge": 30_000, "blindSince": 0}
    badge = ask("live/freshness-badge.js", "({ badgeState }, facts) => badgeState(facts)", facts)
    assert (badge["words"], badge["href"]) == (f"No collector run for {words}", "/overview.html#runs")


HOUR = 3_600_000


@pytest.mark.parametrize(
    ("hours", "usual", "end", "expected"),
    [([0, 1, 2, 3], 1, 4, []), ([0, 1, 2, 3], 1, 6, []), ([0, 1, 2, 3], 1, 7, [[4, 7]]), ([0, 4, 5], 1, 6, [[1, 4]]),
     ([0, 9], None, 50, []), ([], 1, 9, []), ([0, 0.3], 0.01, 0.4, []), ([0, 1], 0.01, 1, [[1 / 6, 1]])],
)
def test_a_gap_begins_when_the_first_missing_run_was_due(ask, hours, usual, end, expected):
    gaps = ask("overview/gaps.js", "({ gapsIn }, [times, usual, end]) => gapsIn(times, usual, end).map(({ from, to }) => [from, to])",
              [[hour * HOUR for hour in hours], usual and usual * HOUR, end * HOUR])
    assert gaps == [[pytest.approx(start * HOUR), pytest.approx(stop * HOUR)] for start, stop in expected]


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("2026-02-22T13:05:09.123456Z", "2026-02-22T13:05:09.123457Z"),
        ("2026-02-22T13:05:09.999999Z", "2026-02-22T13:05:10.000000Z"),
        ("2026-12-31T23:59:59.999999Z", "2027-01-01T00:00:00.000000Z"),
        ("2026-02-22T13:05:09.123Z", "2026-02-22T13:05:09.123001Z"),
        ("2026-02-22T13:05:09Z", "2026-02-22T13:05:09.000001Z"),
    ],
)
def test_after_a_moment_comes_the_next_microsecond(ask, moment, after):
    assert ask("catch-up/question.js", "({ justAfter }, moment) => justAfter(moment)", moment) == after


@pytest.mark.parametrize(
    ("zone", "then", "words"),
    [
        ("Europe/Berlin", "2026-02-22T13:05:00Z", "14:05"),
        ("Europe/Berlin", "2026-02-21T23:30:00Z", "00:30"),
        ("UTC", "2026-02-21T23:30:00Z", "yesterday 23:30"),
        ("Europe/Berlin", "2026-02-20T17:10:00Z", "Friday 18:10"),
        ("Europe/Berlin", "2026-02-16T17:10:00Z", "Monday 18:10"),
        ("Europe/Berlin", "2026-02-15T17:10:00Z", "15 Feb, 18:10"),
        ("Europe/Berlin", "2025-12-31T23:10:00Z", "1 Jan, 00:10"),
        ("UTC", "2025-12-31T23:10:00Z", "31 Dec 2025, 23:10"),
        ("Asia/Kathmandu", "2026-02-21T18:10:00Z", "yesterday 23:55"),
    ],
)
def test_a_mark_is_told_as_people_say_it(ask, zone, then, words):
    call = """async ({ sinceWords }, [zone, then]) => {
        const { useZone } = await import('/js/lib/time/format.js')
        useZone(zone)
        return sinceWords(new Date(then), new Date('2026-02-22T15:00:00Z'))
    }"""
    assert ask("catch-up/catch-up-line.js", call, [zone, then]) == words


def test_a_mark_never_moves_over_a_post_that_was_not_shown(ask):
    random.seed(5)
    cases = []
    for _ in range(400):
        posts = [{"status_id": str(number), "discovered_at": f"2026-02-22T12:00:{random.randrange(12):02}.000000Z"} for number in range(random.randrange(12))]
        ids = [post["status_id"] for post in posts]
        above = {post["status_id"]: post["discovered_at"] for post in posts if random.random() < 0.2}
        shown = random.sample(ids, random.randrange(len(ids) + 1))
        cases.append([{"until": f"2026-02-22T12:00:{random.randrange(12):02}.000000Z", "above": above}, posts, shown, random.random() < 0.7])
    call = "({ movedMark }, cases) => cases.map(([mark, posts, shown, isWhole]) => movedMark(mark, posts, (id) => shown.includes(id), isWhole))"
    for (mark, posts, shown, is_whole), moved in zip(cases, ask("catch-up/progress.js", call, cases), strict=True):
        seen = {post["status_id"] for post in posts if post["discovered_at"] <= mark["until"] or post["status_id"] in mark["above"] or post["status_id"] in shown}
        seen_now = {post["status_id"] for post in posts if post["discovered_at"] <= moved["until"] or post["status_id"] in moved["above"]}
        assert seen_now == seen, (mark, posts, shown, moved)
        assert moved["until"] >= mark["until"] and (is_whole or moved["until"] == mark["until"])
        assert all(at > moved["until"] for at in moved["above"].values())
        lowest = min((post["discovered_at"] for post in posts if post["status_id"] not in seen), default="9")
        top = max((post["discovered_at"] for post in posts if post["discovered_at"] < lowest), default="")
        assert not is_whole or moved["until"] >= top, "it could have moved further"


SAYING = "The network upgrade is live since this morning and all of our wallets run it, so please update your nodes"
ALIKE = [
    (SAYING, SAYING, True),
    (SAYING, f"  @one @two: {SAYING.upper()}!!\n https://example.org/x", True),
    (SAYING, f"RT @one: {SAYING}", True),
    (SAYING, f"{SAYING} today", True),
    (SAYING, f"{SAYING}. And the release notes are on the forum, with all that has changed since", False),
    (SAYING, "Something else, of about the same length, which nobody would take for what the other one said, or would they", False),
    ("v4.1.6 is out, everybody should have it by now", "v4.1.7 is out, everybody should have it by now", False),
    ("Ｇｏｏｄ　ｍｏｒｎｉｎｇ", "good morning", True),
    ("gm", "gn", False),
    ("good morning", "good morning 🌞", False),
    ("钱包升级今天上线，请大家在周末之前更新节点，谢谢各位的耐心等待和支持，有问题请联系我们", "钱包升级今天上线，请大家在周末之前更新节点，谢谢各位的耐心等待和支持，有问题请联系我们！", True),
    ("https://example.org/1", "https://example.org/1", False),
    ("", "", False),
    (None, None, False),
]


@pytest.mark.parametrize(("one", "other", "same"), ALIKE)
def test_texts_are_alike_when_they_say_the_same(ask, one, other, same):
    posts = [{"status_id": "1", "body_text": one}, {"status_id": "2", "body_text": other}]
    call = "({ alike }, posts) => alike(posts).map((kind) => kind.map(({ status_id: id }) => id))"
    assert ask("catch-up/near-duplicates.js", call, posts) == ([["1", "2"]] if same else [["1"], ["2"]])


def test_folding_loses_no_post_and_keeps_their_order(ask):
    random.seed(6)
    words = ["wallet", "node", "upgrade", "network", "morning", "please", "everybody", "forum", "price", "fee", "42", "7"]
    posts = [{"status_id": str(number), "body_text": " ".join(random.choices(words[: random.randrange(1, 12)], k=random.randrange(9)))} for number in range(600)]
    kinds = ask("catch-up/near-duplicates.js", "({ alike }, posts) => alike(posts).map((kind) => kind.map(({ status_id: id }) => Number(id)))", posts)
    assert sorted(number for kind in kinds for number in kind) == list(range(600))
    assert all(kind == sorted(kind) for kind in kinds)
    assert [kind[0] for kind in kinds] == sorted(kind[0] for kind in kinds)
