#!/usr/bin/env python3
"""The rows of bench/web.sh: opens the feed in Chromium, uses it as a reader would, and prints what Chromium measured, beside what is aimed at."""

import argparse
import os
import shutil
import urllib.parse
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from feed import Server

SLOWER = 4  # as Lighthouse slows a desktop down to a phone
MARKS = (100, 500, 1000, 2000)
LONG = 500
VIEWPORT = {"width": 1280, "height": 800}
NOTCH = 100  # of a wheel, in pixels
FLUNG = 600  # half a screen at once
PATIENCE_MS = 120_000


class Reader:
    """A visitor with an empty cache."""

    def __init__(self, browser, address):
        self.context = browser.new_context(base_url=address, viewport=VIEWPORT)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.page.add_init_script(path=Path(__file__).with_suffix(".js"))
        self.devtools = self.context.new_cdp_session(self.page)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self):
        self.page.goto("/")
        self.settled()
        return self

    def slower(self, times):
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def measured(self, what):
        return self.page.evaluate(f"measured.{what}()")

    def until(self, condition):
        """Waits for something in the page. Playwright's own `expect` describes the whole page while it waits, which the page would be measured with."""
        self.page.evaluate(f"measured.until(() => {condition}, {PATIENCE_MS})")

    def settled(self):
        """The feed has posts, and everything that they set off is painted."""
        self.until("document.querySelector('#feed')?.ariaBusy === 'false' && document.querySelector('.post')")
        self.rest()

    def rest(self):
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))")

    def cards(self):
        return self.page.evaluate("document.querySelectorAll('#posts li').length")

    def lacks(self, cards):
        """Are there fewer, and more to come?"""
        return self.cards() < cards and self.page.locator("#older button").count() > 0

    def scroll_to(self, cards, step):
        """Turns the wheel as fast as Chromium takes it, also while further posts are on their way."""
        self.page.mouse.move(500, 500)
        while self.lacks(cards):
            for _ in range(5):
                self.page.mouse.wheel(0, step)

    def scroll_up(self, step):
        while self.page.evaluate("scrollY") > 0:
            for _ in range(5):
                self.page.mouse.wheel(0, -step)

    def memory(self):
        self.devtools.send("Performance.enable")
        for _ in range(2):
            self.devtools.send("HeapProfiler.collectGarbage")
        figures = {metric["name"]: metric["value"] for metric in self.devtools.send("Performance.getMetrics")["metrics"]}
        return figures["JSHeapUsedSize"] / 1e6, figures["Nodes"]


class Uses:
    """What a reader does, by name. Each leaves the feed as it found it, but for `more`, which makes it long."""

    def __init__(self, reader):
        self.reader = reader
        self.page = reader.page

    def names(self):
        return {
            "typing in the search": self.search, "j and k": self.move, "opening a post, closing it": self.post, "the next post, from a post": self.step,
            "typing in the account filter": self.account, "changing the tier": self.tier, "scrolling to load more": self.more,
            f"j and k, {LONG} cards": self.move, f"opening a post, {LONG} cards": self.post,
        }

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.reader.rest()

    def type(self, text):
        self.page.keyboard.type(text, delay=80)
        self.page.wait_for_timeout(400)  # the page waits for a pause in the typing
        self.reader.settled()

    def search(self):
        self.press("/")
        self.type("model")
        self.press("Control+a", "Backspace")
        self.page.evaluate("document.activeElement.blur()")
        self.reader.settled()

    def move(self):
        self.press(*"jjjjjjkkk")

    def post(self):
        self.press("o")
        self.shown()
        self.press("Escape")
        self.reader.until("!document.querySelector('#drawer').open")

    def step(self):
        self.press("o")
        self.shown()
        for _ in range(3):
            self.press("j")
            self.shown()
        self.press("Escape")

    def shown(self):
        self.reader.until("document.querySelector('#drawer[open][aria-busy=false]')")
        self.reader.rest()

    def menu(self, name):
        self.page.locator(f"[data-menu={name}] summary").click()
        self.reader.rest()

    def account(self):
        self.menu("handle")
        box = self.page.locator("[data-menu=handle] [role=combobox]")
        self.reader.until("document.querySelector('[data-menu=handle] [role=combobox]')?.checkVisibility()")
        box.press_sequentially("an", delay=80)
        self.reader.rest()
        self.press("Control+a", "Backspace", "Escape", "Escape")

    def tier(self):
        for checked in (True, False):
            self.menu("tier")
            self.page.get_by_role("checkbox", name="Influencer").set_checked(checked)
            self.reader.until(f"location.search.includes('influencer') === {str(checked).lower()}")
            self.reader.settled()
            self.press("Escape")

    def more(self):
        while self.reader.lacks(LONG):
            before = self.reader.cards()
            self.press("End")
            self.reader.until(f"document.querySelectorAll('#posts li').length > {before}")
            self.reader.settled()


def first_load(browser, address):
    """The bytes of everything but the answers of the API: bodies, and with the heads of the answers."""
    with Reader(browser, address) as reader:
        addresses, heads, whole = {}, {}, {}
        reader.devtools.send("Network.enable")
        reader.page.add_init_script("requestIdleCallback = () => 0")  # what is fetched when idle is no part of it

        def begun(event):
            addresses[event["requestId"]] = urllib.parse.urlsplit(event["response"]["url"]).path
            heads[event["requestId"]] = event["response"]["encodedDataLength"]

        reader.devtools.on("Network.responseReceived", begun)
        reader.devtools.on("Network.loadingFinished", lambda event: whole.__setitem__(event["requestId"], event["encodedDataLength"]))
        reader.open().page.wait_for_timeout(1000)
        ours = [request for request, path in addresses.items() if request in whole and not path.startswith("/v1/")]
        total = sum(whole[request] for request in ours)
        return len(ours), (total - sum(heads[request] for request in ours)) / 1024, total / 1024


def slow_visit(browser, address):
    """Paints, and the slowest input and the longest frame of each use, in milliseconds."""
    with Reader(browser, address) as reader:
        reader.slower(SLOWER)
        reader.open()
        paints, taken = reader.measured("paints"), {}
        reader.measured("take")
        for name, use in Uses(reader).names().items():
            use()
            reader.rest()
            taken[name] = reader.measured("take")
        return paints, taken


class Frames:
    """The times between frames, and how far the page went meanwhile."""

    def __init__(self):
        self.times, self.pixels = [], 0

    def count(self, reader, scroll):
        top = reader.page.evaluate("scrollY")
        reader.measured("countFrames")
        scroll()
        self.times += reader.measured("frames")
        self.pixels += abs(reader.page.evaluate("scrollY") - top)

    def rate(self):
        return len(self.times) * 1000 / sum(self.times)

    def speed(self):
        return self.pixels * 1000 / sum(self.times)

    def slow(self):
        return sorted(self.times)[len(self.times) * 99 // 100]


def long_visit(browser, address, step):
    """The frames on the way down and up, and the memory at each mark on the way down."""
    with Reader(browser, address) as reader:
        reader.open()
        down, up, memory = Frames(), Frames(), {}
        for mark in MARKS:
            down.count(reader, lambda mark=mark: reader.scroll_to(mark, step))
            memory[reader.cards()] = reader.memory()
        up.count(reader, lambda: reader.scroll_up(step))
        return down, up, memory


def row(label, figure, target=""):
    print(f"{label:<38}{figure}{'  (target ' + target + ')' if target else ''}", flush=True)


def report_frames(label, visits, target=""):
    rate, slow, speed = (median(figure(frames) for frames in visits) for figure in (Frames.rate, Frames.slow, Frames.speed))
    row(label, f"{rate:>8.0f} frames/s, 99 of 100 within {slow:.0f} ms, {speed:.0f} pixels/s", target)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("database")
    arguments = parser.parse_args()
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    server = Server(arguments.program, arguments.database)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if os.geteuid() == 0 else [])
            measure(browser, server.address, arguments.runs)
            browser.close()
    finally:
        server.stop()


def measure(browser, address, runs):
    print(f"Chromium {browser.version}, headless, drawing in software, {VIEWPORT['width']} × {VIEWPORT['height']}; medians of {runs}", flush=True)
    files, bodies, whole = first_load(browser, address)
    row("first load without posts", f"{bodies:>8.1f} KB in {files} files; {whole:.1f} KB with HTTP/1.1 headers", "≤ 60 KB")
    visits = [slow_visit(browser, address) for _ in range(runs)]
    row(f"first contentful paint, CPU {SLOWER}× slower", f"{median(paints['first'] for paints, _ in visits):>8.0f} ms", "≤ 1000 ms")
    row("the same, largest", f"{median(paints['largest'] for paints, _ in visits):>8.0f} ms")
    for name in visits[0][1]:
        figures = [taken[name] for _, taken in visits]
        frame = median(figure["block"] for figure in figures)
        row(name, f"{median(figure['input'] for figure in figures):>8.0f} ms to the next paint" + (f", longest frame {frame:.0f} ms" if frame else ""), "≤ 200 ms")
    worst = median(max(figure["input"] for figure in taken.values()) for _, taken in visits)
    row("interaction to next paint, the worst", f"{worst:>8.0f} ms", "≤ 200 ms")
    for way, step, visits in (("notch by notch", NOTCH, 1), ("flung", FLUNG, min(runs, 3))):
        visits = [long_visit(browser, address, step) for _ in range(visits)]
        target = "≥ 50 frames/s" if step == NOTCH else ""
        report_frames(f"{MARKS[-1]} cards {way}", [down for down, _, _ in visits], target)
        report_frames("the same, back up", [up for _, up, _ in visits], target)
    for cards in visits[0][2]:
        heap, nodes = (median(memory[cards][at] for _, _, memory in visits if cards in memory) for at in (0, 1))
        row(f"memory at {cards} cards", f"{heap:>8.1f} MB of heap, {nodes:.0f} nodes", "bounded")


if __name__ == "__main__":
    main()
