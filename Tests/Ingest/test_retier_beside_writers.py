"""Two collectors decide on one account at the same moment: its posts have the tier that it has."""

from concurrent.futures import ThreadPoolExecutor

from random_batches import moment as at
from support.ingest_server import Client
from support.psql import sql
from support.waiting import until_done_or_held_up

POST = {"status_id": "7", "url": "https://x.com/ada/status/7", "author_handle": "ada", "discovered_at": at(0), "last_seen_at": at(1)}


def account(tier):
    return [{"handle": "ada", "tier": tier, "added_at": at(0)}]


def test_posts_have_the_tier_of_their_account(proxied):
    server, proxy, address = proxied
    server.client.send("watch_accounts", account("teammate"))
    server.client.send("posts", [POST])
    # One says what the account is already, the other something else, and is about to commit.
    proxy.arm()
    server.client.send("watch_accounts", account("influencer"), "?retier=true&dry_run=true")
    commit = proxy.requests + 1  # its receipt
    proxy.arm(commit, "held")
    with ThreadPoolExecutor() as threads:
        other = threads.submit(Client(server.address).send, "watch_accounts", account("influencer"), "?retier=true")
        assert proxy.struck.wait(60)
        same = threads.submit(Client(server.address).send, "watch_accounts", account("teammate"), "?retier=true")
        until_done_or_held_up(address, same)
        proxy.release.set()
        assert other.result(60)["retiered"] == same.result(60)["retiered"] == 1
    assert sql(address, "SELECT watch_tier, tier FROM posts JOIN watch_accounts ON author_handle = handle") == "teammate|teammate"
