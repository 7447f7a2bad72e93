"""The audit over HTTP and on the command line, of a server that runs."""

import json
import random
from subprocess import CalledProcessError

import pytest

from support.access import hold
from support.ingest_server import Client
from support.psql import sql

OPS = "a-key-of-an-operator"


@pytest.fixture
def audited(archive):
    hold(archive, OPS, "ops")
    return archive


def items(xmonitor, since="1d"):
    return json.loads(xmonitor("audit", "--since", since, "--json"))["items"]


def test_what_was_refused_is_in_the_audit_when_the_server_has_ended(xmonitor, audited, serve):
    server = serve(audited)
    for key, path, status in (("nonsense", "/v1/audit", 401), (None, "/v1/audit", 401), (server.client.key, "/v1/audit", 403)):
        for _ in range(3):
            assert Client(server.address, key).get(path).status == status
    # A wrong key beside no need for one is refused, too, and does no harm.
    assert Client(server.address, "nonsense").get("/v1/feed").status == 200
    server.stop()
    counted = {}
    for item in items(xmonitor):
        assert (item["action"], item["principal"]) == ("access.refused", "nobody")
        what = (item["details"]["code"], item["details"]["route"], item["subject"])
        counted[what] = counted.get(what, 0) + item["details"]["count"]
    assert counted == {("key_unknown", "/v1/audit", None): 3, ("no_credential", "/v1/audit", None): 3, ("not_allowed", "/v1/audit", "api-key"): 3,
                       ("key_unknown", "/v1/feed", None): 1}
    assert "nonsense" not in sql(audited, "SELECT string_agg(audit_events::TEXT, ' ') FROM audit_events")
    assert "access.refused" in xmonitor("audit", "--since", "2026-01-01") and "nothing in the audit" in xmonitor("audit", "--since", "2999-01-01")


def test_pages_are_exact(xmonitor, audited, serve):
    server, chance = serve(audited), random.Random(1)
    # Many of one moment, and numbers in another order than times.
    for _ in range(15):
        sql(audited, f"""
            INSERT INTO audit_events (at, action, principal)
            SELECT now() - make_interval(secs => {chance.randrange(5)} * 60), 'key.created', 'p' FROM generate_series(1, {chance.randrange(1, 40)})""")
    everything = sql(audited, "SELECT id FROM audit_events ORDER BY at DESC, id DESC").split()
    client = Client(server.address, OPS)
    for limit in (1 + len(everything) // 3, 7, 200):
        seen, cursor = [], ""
        while cursor is not None:
            page = client.get(f"/v1/audit?limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json
            seen += [str(item["id"]) for item in page["items"]]
            assert len(page["items"]) <= limit
            cursor = page["next_cursor"]
        assert seen == everything
    assert [str(item["id"]) for item in items(xmonitor)] == everything[::-1]
    assert client.get("/v1/audit?since=2999-01-01").json == {"items": [], "next_cursor": None}


def test_nothing_of_it_changes(audited):
    sql(audited, "INSERT INTO audit_events (action, principal) VALUES ('key.created', 'p')")
    for statement in ("UPDATE audit_events SET principal = 'q'", "DELETE FROM audit_events", "TRUNCATE audit_events"):
        with pytest.raises(CalledProcessError):
            sql(audited, statement)
    assert sql(audited, "SELECT principal FROM audit_events") == "p"


def test_a_time_that_is_none_is_a_usage_error(xmonitor, archive):
    for since in ("yesterday", "7", "7x", "2026-13-01"):
        assert "is no time" in xmonitor.fails("audit", "--since", since)
    assert "--since" in xmonitor.fails("audit")
