"""What the server tells unasked, by its stream."""

import json
import time

from playwright.sync_api import expect

from helpers import card, drawer_shows
from live_feed import NEW, OLD, until_asked


def stream(page, events):
    page.streams[0].fulfill(content_type="text/event-stream", body=f"retry: 600000\n\n{events}")


def event(kind, place, **data):
    return f"id: {place}\nevent: {kind}\ndata: {json.dumps({'kind': kind, **data})}\n\n"


def test_a_changed_post_is_redrawn_from_the_stream_without_asking_for_the_feed(open_feed):
    changed = {**OLD[2], "views": 4242}
    page = open_feed()
    stream(page, event("post", "9-0", status_id=changed["status_id"], post=changed))
    expect(card(page, changed["status_id"]).locator(".counters dd").last).to_have_text("4.2K")
    assert len(page.asked) == 1


def test_the_curve_of_a_post_stays_when_the_stream_tells_its_numbers_and_follows_the_next_look(open_feed):
    def curves(*views):
        return [{**item, "curve": [{"at": f"2026-02-22T1{hour}:00:00.000000Z", "views": each} for hour, each in enumerate(views)]} for item in OLD]

    page = open_feed()
    page.feed = curves(1_000, 4_000)
    page.get_by_role("button", name="Refresh").click()
    drawn = card(page, OLD[2]["status_id"]).locator(".sparkline path")
    expect(drawn).to_have_attribute("d", "M0,105L480,0")
    stream(page, event("post", "9-0", status_id=OLD[2]["status_id"], post={**OLD[2], "views": 4242}))
    expect(card(page, OLD[2]["status_id"]).locator(".counters dd").last).to_have_text("4.2K")
    expect(drawn).to_have_attribute("d", "M0,105L480,0")
    page.feed = curves(1_000, 4_000, 5_000)
    page.get_by_role("button", name="Refresh").click()
    expect(drawn).to_have_attribute("d", "M0,112L240,28L480,0")


def test_a_new_post_in_the_stream_makes_the_page_look(open_feed):
    page = open_feed()
    page.feed = [NEW, *OLD]
    stream(page, event("post", "9-0", status_id=NEW["status_id"], post=NEW))
    until_asked(page, len(page.asked))
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()


def test_nonsense_in_the_stream_does_no_harm(open_feed):
    page = open_feed()
    page.feed = [NEW, *OLD]
    stream(page, "event: post\ndata: {half\n\nevent: metrics\ndata: null\n\n" + event("report", "9-0", status_id="7"))
    until_asked(page, len(page.asked))
    expect(page.get_by_role("button", name="Show 1 new post")).to_be_visible()


def test_what_a_collector_sends_is_on_the_page_and_in_the_open_post_at_once(open_page, xmonitor, archive, serve):
    """On a server of its own: others look at the sample meanwhile."""
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)  # the sample holds rows to be rejected
    server = serve(archive)
    post = server.client.get("/v1/feed?limit=1").json["items"][0]
    page = open_page(server.address, width=1440)
    card(page, post["status_id"]).locator(".open").click()
    drawer_shows(page, post["status_id"])
    rows = page.locator(".observations tbody tr")
    before = rows.count()
    views = max(snapshot["views"] for snapshot in server.client.get(f"/v1/posts/{post['status_id']}").json["snapshots"]) + 1_000_000
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    server.client.send("metrics", [{
        "status_id": post["status_id"], "snapshot_type": "latest_observed", "snapshot_at": now, **{metric: post[metric] for metric in ("likes", "reposts", "replies")}, "views": views}])
    expect(rows).to_have_count(before + 1)
    expect(rows.first.locator("td").last).to_have_text(f"{views:,}")
    expect(card(page, post["status_id"]).locator(".counters > div").last).to_have_attribute("title", f"{views:,} views")
