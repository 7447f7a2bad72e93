"""A handle is found by what was sent, by what is stored, and by nothing that differs from it."""

from random import Random
from urllib.parse import quote

from random_batches import moment as at
from support.psql import sql

ODD = [
    "@@quux", "@ quux2", " @@ ada", "\uff20wide", "@\uff20 both", "\u3000ideographic\u3000", "\x85next\u2028", "\u0130x", "\u1e9e", "\u212aelvin",
    "\u03a3\u03a3", "e\u0301", "\u00e9", "@\u0301", " \u0301", "\u200bzero", "a@", "\u01c5", "\U00010400", "\ufb00", "x\u0307"]


def test_what_was_sent_and_what_is_stored_find_the_post(server, client):
    random = Random(8)
    letters = ["@", "\uff20", " ", "\t", "\u00a0", "\u2003", "\u3000", "A", "b", "\u0130", "\u1e9e", "\u0301", "\u03a3", "\u212a", "_", "."]
    sent = ODD + ["x" + "".join(random.choice(letters) for _ in range(random.randrange(1, 7))) for _ in range(60)]
    sent += ["".join(random.choice(letters[:7]) for _ in range(4)) + handle for handle in sent]
    posts = [{"status_id": str(number), "url": "https://x.com/", "author_handle": handle, "discovered_at": at(1), "last_seen_at": at(1)}
             for number, handle in enumerate(sent)]
    assert client.send("posts", posts)["inserted"] == len(posts)
    stored = sql(server.database, "SELECT string_agg(author_handle, E'\\x01' ORDER BY status_id::INT) FROM posts").split("\x01")

    def found(handle):
        return {item["status_id"] for item in client.get(f"/v1/feed?limit=200&handle={quote(handle, safe='')}").json["items"]}

    for handle, kept in zip(sent, stored):
        same = {str(number) for number, other in enumerate(stored) if other == kept}
        assert found(handle) == found(kept) == same, (ascii(handle), ascii(kept))
    # Sent as it is stored, it is the same again; and the filter takes both forms of a letter for two, as the archive does.
    again = [post | {"author_handle": kept} for post, kept in zip(posts, stored)]
    assert client.send("posts", again)["outcomes"]["unchanged"] == len(posts)
    assert found("e\u0301") | found("\u00e9") == {
        item["status_id"] for item in client.get(f"/v1/feed?limit=200&handle={quote('e' + chr(0x301))}&handle={quote(chr(0xe9))}").json["items"]}


def test_a_handle_of_signs_alone_is_no_handle(client):
    for handle in ("@@", " @ ", "\uff20", "@\u3000@"):
        post = {"status_id": "1", "url": "https://x.com/", "author_handle": handle, "discovered_at": at(1), "last_seen_at": at(1)}
        (error,) = client.send("posts", [post])["errors"]
        assert error["field"] == "author_handle"
        (error,) = client.send("watch_accounts", [{"handle": handle, "tier": "teammate"}])["errors"]
        assert error["field"] == "handle"
        assert client.get(f"/v1/feed?handle={quote(handle, safe='')}").status == 400


def test_an_account_is_one_however_its_handle_is_written(server, client):
    accounts = [{"handle": handle, "tier": "teammate"} for handle in ("@@quux", "@ quux", " QUUX", "\uff20quux")]
    assert client.send("watch_accounts", accounts)["inserted"] == 1
    assert sql(server.database, "SELECT handle FROM watch_accounts") == "quux"
