"""The table of docs/security.md, who may what, asked of the running server: every route by every caller."""

import hashlib
import json
import os
import re
import secrets
from pathlib import Path

import pytest
import requests
import yaml

from support.psql import sql
from support.waiting import until

ROOT = Path(__file__).parents[2]
CALLERS = ["nobody", "wrong key", "`read`", "`ingest`", "`ops`", "expired", "revoked", "feed token", "session", "ended session", "not allowed"]
ENDED, NOT_ALLOWED = "gone@example.com", "eve@elsewhere.example"


def table():
    """The rows of the document: route, and what each caller gets."""
    text = (ROOT / "docs/security.md").read_text()
    section = text[text.index("## Who may what"):]
    lines = [line for line in section[:section.index("\n## ")].splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    start = next(number for number, row in enumerate(rows) if row[0] == "route")
    assert rows[start] == ["route", *CALLERS]
    return {row[0].strip("`"): dict(zip(CALLERS, row[1:], strict=True)) for row in rows[start + 2:]}


def routes():
    document = yaml.safe_load((ROOT / "docs/openapi.v1.yaml").read_text())
    return [f"{method.upper()} {path}" for path, operations in document["paths"].items() for method in operations]


@pytest.fixture(scope="module")
def known():
    """Headers of each caller, made once for all routes."""
    return {}


@pytest.fixture
def callers(known, feed, provider):
    if known:
        return known

    def key(scopes, state="", view="NULL"):
        secret = f"xmk_{secrets.token_urlsafe(32)}"
        columns = {"": "NULL, NULL, NULL", "expired": "now() - INTERVAL '1 minute', NULL, NULL", "revoked": "NULL, now(), 'test'"}[state]
        sql(feed.database, "INSERT INTO access_keys (prefix, digest, name, scopes, created_by, expires_at, revoked_at, revoked_by, view) VALUES "
            f"('{secret[:8]}', decode('{hashlib.sha256(secret.encode()).hexdigest()}', 'hex'), 'test', '{{{scopes}}}', 'test', {columns}, {view})")
        return {"x-api-key": secret}

    def session(**claims):
        provider.behave()
        provider.claims.update(claims)
        reader = feed.reader()
        reader.sign_in()
        provider.behave()
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in reader.cookies.items())}

    known |= {
        "nobody": {}, "wrong key": {"x-api-key": f"xmk_{secrets.token_urlsafe(32)}"}, "`read`": key("read"), "`ingest`": key("ingest"), "`ops`": key("ops"),
        "expired": key("read,ingest,ops", "expired"), "revoked": key("read,ingest,ops", "revoked"), "feed token": key("feed", view="'tier=teammate'"),
        "session": session(), "ended session": session(email=ENDED, sub="gone"), "not allowed": session(email=NOT_ALLOWED, sub="eve", hd="elsewhere.example"),
    }
    sql(feed.database, f"INSERT INTO ended_sessions VALUES ('{ENDED}', now(), 'test')")
    # In force within a minute.
    until(lambda: requests.get(feed.address + "/v1/feed", headers=known["`read`"], timeout=60).status_code == 200)
    until(lambda: requests.get(feed.address + "/v1/feed", headers=known["ended session"], timeout=60).status_code == 401)
    return known


def answer(feed, route, caller, headers):
    method, path = route.split(" ")
    path = re.sub(r"\{\w+\}", "1", path)
    if caller == "feed token" and re.search(r"/feed\.(atom|rss|json)$", path):
        path, headers = f"{path}?token={headers['x-api-key']}", {}
    headers = headers | {"Sec-Fetch-Site": "same-origin", "content-type": "application/json"}
    with requests.request(
            method, feed.address + path, headers=headers, data=json.dumps({}) if method != "GET" else None, allow_redirects=False, stream=True,
            timeout=60) as got:
        assert got.status_code < 500, (route, caller, got.status_code, got.text[:400])
        return str(got.status_code) if got.status_code in (401, 403) else "yes"


def test_the_table_has_every_route():
    assert list(table()) == routes()


@pytest.mark.parametrize("route", routes())
def test_the_table_holds_on_the_running_server(callers, feed, route):
    found = {caller: answer(feed, route, caller, callers[caller]) for caller in CALLERS}
    if os.environ.get("XMONITOR_RECORD"):
        print(f"| `{route}` | " + " | ".join(found.values()) + " |")
    else:
        assert found == table()[route]


def test_what_was_refused_is_no_oracle(callers, feed):
    """A wrong key, one that expired and one that was revoked get the same answer, but for its request id."""
    answers = [requests.get(feed.address + "/v1/feed", headers=callers[caller], timeout=60) for caller in ("wrong key", "expired", "revoked")]
    bodies = [{name: value for name, value in one.json().items() if name != "request_id"} for one in answers]
    assert bodies[0] == bodies[1] == bodies[2]
    assert "not known" in bodies[0]["detail"]
    names = [sorted(name for name in one.headers if name.lower() not in ("x-request-id", "date")) for one in answers]
    assert names[0] == names[1] == names[2]
