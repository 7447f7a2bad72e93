"""A browser's own EventSource follows the stream, and goes on by itself where it was when the server has come back."""


import re

from random_batches import moment as at
from support.waiting import until

FOLLOW = """() => {
    window.events = []
    const source = new EventSource('/v1/stream')
    for (const kind of ['post', 'metrics', 'report'])
        source.addEventListener(kind, event => window.events.push([kind, event.lastEventId, JSON.parse(event.data).status_id]))
}"""


def posts(*ids):
    return [{"status_id": status_id, "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": at(1),
             "last_seen_at": at(1)} for status_id in ids]


def await_events(page, count):
    until(lambda: page.evaluate("() => window.events.length") >= count, otherwise="no event came")


def test_nothing_is_lost_or_told_twice_when_the_server_comes_back(serve, another_archive, browser):
    address = another_archive()
    server = serve(address)
    port = server.address.rpartition(":")[2]
    page = browser.new_page()
    page.goto(server.address)
    server.client.send("posts", posts("1", "2"))
    page.evaluate(FOLLOW)
    await_events(page, 2)
    server.stop()
    server = serve(address, XMONITOR_PORT=port)
    server.client.send("posts", posts("3"))
    await_events(page, 3)
    events = page.evaluate("() => window.events")
    # What was there already, and then what was written.
    places = [re.fullmatch(r"(\d+-0)-\d+(~.*)?", place).groups("") for _, place, _ in events]
    assert places == [("2-0", "~post~31"), ("2-0", ""), ("3-0", "")], events
    assert sorted(status_id for _, _, status_id in events) == ["1", "2", "3"]
    page.context.close()
