"""A reader who was here before: what was seen then, and what passes since."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from helpers import settled

LINE, BAR, DIVIDER = "#catch-up .catch-up-line", "#catch-up .catch-up-bar", ".seen-until"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def marks(value):
    """Prepares a browser that was here before; a reload finds what the page left."""
    text = json.dumps(value if isinstance(value, str) else json.dumps(value))
    begin = f"localStorage.setItem('seen', {text}); sessionStorage.begun = 1"
    return f"if (location.protocol !== 'about:' && !sessionStorage.begun) {{ {begin} }}"


def mark(until, **above):
    return {"until": until, "above": above}


def kept(page, view=""):
    return json.loads(page.evaluate("localStorage.getItem('seen')") or "{}").get(view)


def stop_clock(page, at):
    """Timers wait to be told; frames go on, since the page is drawn by them."""
    page.context.add_init_script("globalThis.frame = requestAnimationFrame.bind(window)")
    page.clock.install(time=at)
    page.clock.pause_at(at + datetime.timedelta(seconds=1))
    page.context.add_init_script("window.requestAnimationFrame = frame")


@pytest.fixture
def open_since(open_page, api):
    """A page an hour after the newest post, whose clock goes only when it is told to, and whose reader has seen what `seen` says."""
    newest = moment(api.feed(limit=1)[0]["discovered_at"])

    def open_since(seen, path="/", *, prepare=None, at=None, **options):
        def arrange(page):
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            stop_clock(page, at or newest + datetime.timedelta(hours=1))
            if seen is not None:
                page.add_init_script(marks(seen))
            if prepare:
                prepare(page)

        return open_page(path, prepare=arrange, **options)

    return open_since


@pytest.fixture(scope="session")
def sample(api):
    return api.everything(most=800)


def since_words(until, now, zone="Europe/Berlin"):
    then, today = (at.astimezone(ZoneInfo(zone)) for at in (moment(until), now))
    days = (today.date() - then.date()).days
    day = "" if days == 0 else "yesterday " if days == 1 else f"{then:%A} " if days < 7 else f"{then.day} {then:%b}, "
    return f"{day}{then:%H:%M}"


def says(page, words, until, sample, zone="Europe/Berlin"):
    now = moment(sample[0]["discovered_at"]) + datetime.timedelta(hours=1)
    expect(page.locator(f"{LINE} .catch-up-words")).to_have_text(f"{words} since {since_words(until, now, zone)}")


def look_at(page, seconds=2):
    """Time passes, and before and after the browser has told every observer what is on the screen."""
    told = "new Promise((done) => { const one = new IntersectionObserver(() => { one.disconnect(); done() }); one.observe(document.body) })"
    for _ in range(seconds):
        page.evaluate(told)
        page.clock.run_for(1000)
    page.evaluate(told)


def leave(page, *, minutes=0):
    for hidden in ("true", "false"):
        page.evaluate(f"Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }})")
        page.evaluate("void document.dispatchEvent(new Event('visibilitychange'))")
        if hidden == "true" and minutes:
            page.clock.fast_forward(minutes * 60_000)


def come_again(page):
    page.reload()
    settled(page)
