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
    for (low, high), ticks in zip(spans, ask("chart/ticks.js", "({ linearTicks }, spans) => spans.map(([low, high]) => linearTicks(low, high))", spans), strict=True):
        assert ticks[0] <= low and high <= ticks[-1]
        assert 2 <= len(ticks) <= 7
        steps = {after - before for before, after in zip(ticks, ticks[1:], strict=False)}
        assert len(steps) == 1 and str(steps.pop()).rstrip("0") in ("1", "2", "5"), (low, high, ticks)
    for (low, high), ticks in zip(spans, ask("chart/ticks.js", "({ logTicks }, spans) => spans.map(([low, high]) => logTicks(low, high))", spans), strict=True):
        assert 1 <= len(ticks) <= 8 and ticks == sorted(set(ticks))
        assert ticks[0] <= low or low < 1


@pytest.mark.parametrize("log", [False, True])
def test_a_scale_keeps_order_and_ends(ask, log):
    random.seed(2)
    values = sorted({0, 1, *(random.randrange(10 ** random.randrange(1, 10)) for _ in range(200))})
    places = ask("chart/scale.js", "({ scale }, [values, log]) => values.map(scale([values[0], values.at(-1)], [200, 10], log))", [values, log])
    assert places[0] == pytest.approx(200) and places[-1] == pytest.approx(10)
    assert places == sorted(places, reverse=True)
    assert ask("chart/scale.js", "({ scale }) => scale([7, 7], [0, 10])(7)", None) == 5


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"])
def test_time_ticks_are_round_by_the_clock_of_the_zone(ask, zone):
    random.seed(3)
    spans = []
    for _ in range(60):
        start = random.randrange(1_700_000_000_000, 1_790_000_000_000)
        spans.append([start, start + random.randrange(1000, 10 ** random.randrange(5, 12)), random.randrange(2, 9)])
    call = """async ({ timeTicks }, [zone, spans]) => {
        const { useZone } = await import('/js/time/zone.js'), { zoneOffset, clock } = await import('/js/time/format.js')
        useZone(zone)
        return spans.map(([from, to, most]) => timeTicks(from, to, most, zoneOffset).map(({ at, wholeDay }) => [at, wholeDay, clock(new Date(at))]))
    }"""
    for (start, end, most), ticks in zip(spans, ask("chart/time-ticks.js", call, [zone, spans]), strict=True):
        moments = [at for at, _, _ in ticks]
        assert len(ticks) <= most + 1 and moments == sorted(moments)
        assert all(start <= at <= end for at in moments)
        assert all((clock == "00:00") == whole for _, whole, clock in ticks if end - start < 150 * 86_400_000), ticks


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
    wait = lambda failures=0, streaming=False, retry_after=0, random=0.0: ask("live/pace.js", call, [failures, streaming, retry_after, random])  # noqa: E731
    waits = [wait(failures) for failures in range(1, 12)]
    assert waits == sorted(waits) and waits[0] < wait() < wait(streaming=True) < waits[-1] == waits[-2]
    assert wait(1, retry_after=120_000) >= 120_000
    for random_part in (0.0, 0.5, 0.999):
        assert wait() <= wait(random=random_part) <= 1.3 * wait()
        assert 120_000 <= wait(1, retry_after=120_000, random=random_part)
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
    ({"blindSince": BLIND}, ("blind", BLIND)),
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
    badge = ask("live/badge-state.js", "({ badgeState }, facts) => badgeState(facts)", facts)
    assert (badge["kind"], badge["at"]) == expected


HOUR = 3_600_000


@pytest.mark.parametrize(
    ("hours", "usual", "end", "expected"),
    [([0, 1, 2, 3], 1, 4, []), ([0, 1, 2, 3], 1, 6, []), ([0, 1, 2, 3], 1, 7, [[4, 7]]), ([0, 4, 5], 1, 6, [[1, 4]]), ([0, 9], None, 50, []), ([], 1, 9, []), ([0, 0.3], 0.01, 0.4, []), ([0, 1], 0.01, 1, [[1 / 6, 1]])],
)
def test_a_gap_begins_when_the_first_missing_run_was_due(ask, hours, usual, end, expected):
    gaps = ask("overview/gaps.js", "({ gapsIn }, [times, usual, end]) => gapsIn(times, usual, end).map(({ from, to }) => [from, to])", [[hour * HOUR for hour in hours], usual and usual * HOUR, end * HOUR])
    assert gaps == [[pytest.approx(start * HOUR), pytest.approx(stop * HOUR)] for start, stop in expected]
