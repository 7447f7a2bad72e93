"""All that is done to a database by way of the program, and what comes of it."""

import json

from support.psql import sql

POST = {"status_id": "9000000000000000001", "url": "https://x.example/1", "author_handle": "ada", "body_text": "Grüße aus ZÜRICH",
        "discovered_at": "2026-02-01T00:00:00.123456Z", "last_seen_at": "2026-02-01T00:00:00Z", "likes": 7, "views": 9}
LATER = POST | {"last_seen_at": "2026-02-02T00:00:00.000001Z", "likes": 8, "body_text": "Grüße aus zürich"}


def applied(address):
    return sql(address, "SELECT count(*) FROM pg_class WHERE relname = 'posts' AND relkind = 'r'") != "0"


def whole_run(xmonitor, serve, address):
    """Schema, snapshot, API; returns what cannot depend on the database."""
    xmonitor.environment["DATABASE_URL"] = address
    snapshot = str(xmonitor.folder / "sample.db")
    if not (xmonitor.folder / "sample.db").exists():
        xmonitor("sample", snapshot, "--posts", "60")
    xmonitor("schema", "apply")
    xmonitor("snapshot", "import", snapshot, "--label", "first", code=1)
    found = {"validated": xmonitor("snapshot", "validate", snapshot, "--samples", "2", "--json")}
    server = serve(address)
    client = server.client
    client.send("posts", [POST])
    client.send("posts", [LATER])
    client.send("runs", {"run_at": "2026-02-01T00:00:00Z", "mode": "both", "source": "cron"})
    for path in ("/v1/feed?limit=5", "/v1/feed?q=zürich", "/v1/feed?q=ZÜRICH&sort=likes", "/v1/feed.csv", "/v1/runs", "/v1/facets",
                 "/v1/posts/9000000000000000001", "/v1/feed?q=the&limit=50&sort=views"):
        answer = client.get(path.replace("ü", "%C3%BC").replace("Ü", "%C3%9C"))
        assert answer.status == 200, (path, answer.bytes)
        found[path] = answer.bytes
    assert len(json.loads(found["/v1/feed?q=zürich"])["items"]) >= 1
    assert found["/v1/feed?q=zürich"] and client.get("/v1/changes?limit=1000").status == 200 and client.get("/health/ready").status == 200
    server.stop()
    xmonitor("snapshot", "undo", "--label", "first")
    return {path: _without_cursors(answer) for path, answer in found.items()}


def _without_cursors(answer):
    """Cursors are signed by the server's own key."""
    try:
        value = json.loads(answer)
    except ValueError:
        return answer
    return {key: inner for key, inner in value.items() if not key.endswith("cursor")} if isinstance(value, dict) else value
