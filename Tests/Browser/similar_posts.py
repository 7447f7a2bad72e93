"""A feed of posts of which some say nearly the same."""

import re

from helpers import COLLECTING, answer, feed_item, feed_of
from seen_before import moment

LONG = "The network upgrade is live since this morning and all of our wallets run it. Please update your nodes before the weekend"
TEXTS = [
    f"{LONG}!",
    "Something else altogether, said once and by nobody but me",
    f"@somebody {LONG.upper()} https://example.org/1",
    f"{LONG} 🎉",
    "gm",
    "gn",
    "GM",
    "Version 4.1.6 of the wallet is out, and everybody should have it",
    "Version 4.1.7 of the wallet is out, and everybody should have it",
    "https://example.org/2",
    "https://example.org/3",
]
COPIES = [
    feed_item(
        status_id=str(1890000000000000101 + number),
        discovered_at=f"2026-02-22T12:{10 + number}:00.000000Z",
        body_text=text,
        is_significant=False,
        author_handle=f"user{number}",
    )
    for number, text in enumerate(TEXTS)
][::-1]
SEEN = feed_item(discovered_at="2026-02-22T12:00:00.000000Z")
LATEST = feed_item(status_id="1890000000000000500", discovered_at="2026-02-22T13:30:00.000000Z", body_text="The latest")
NOW = moment("2026-02-22T14:05:00Z")


def copies(page):
    page.feed = [*COPIES, SEEN]

    def take(route):
        since = re.search(r"since=([^&]+)", route.request.url)
        answer(route, feed_of(*[post for post in page.feed if not since or post["discovered_at"] > SEEN["discovered_at"]]))

    page.route("**/v1/stream*", lambda route: route.abort())
    page.route("**/v1/freshness", lambda route: answer(route, COLLECTING))
    page.route("**/v1/feed*", take)
