"""The commands by which docs/security.md changes secrets, on an archive and a server that have them."""

import http.client
import json
import os
import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs/security.md"


def drill():
    """The commands, of which none may fail."""
    [commands] = re.findall(r"### Rotation drill\n.*?```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return "set -euo pipefail\n" + commands


def get(server, path, key):
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)
    connection.request("GET", path, headers={"x-api-key": key})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body


def test_what_is_changed_holds_and_what_was_changed_does_not(xmonitor, archive, serve):
    folder = xmonitor.folder
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    old = xmonitor("keys", "create", "--name", "collector", "--scopes", "read,ingest")
    (folder / "collector.key").write_text(old)
    (folder / "sessions.key").write_text("0" * 64 + "\n")
    (folder / "cursor.key").write_text("1" * 64 + "\n")
    (folder / "bin").mkdir()
    (folder / "bin/xmonitor").symlink_to(xmonitor.path)
    xmonitor.environment |= {"XMONITOR_SESSION_KEYS_FILE": "sessions.key", "XMONITOR_CURSOR_KEY_FILE": "cursor.key", "XMONITOR_READ_ACCESS": "keys",
                             "PATH": f"{folder / 'bin'}{os.pathsep}{xmonitor.environment['PATH']}"}
    before = serve(archive)
    status, page = get(before, "/v1/feed?limit=2", old.strip())
    assert status == 200 and page["next_cursor"]

    process = xmonitor.run(["bash", "-c", drill()])
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    assert "xmk_" not in out + err

    new = (folder / "collector.key").read_text()
    assert re.fullmatch(r"xmk_[\w-]{43}\n", new) and new != old
    [session_key] = (folder / "sessions.key").read_text().strip().split(",")
    assert len(session_key) == 64 and session_key != "0" * 64
    assert {path.stat().st_mode & 0o077 for path in (folder / "collector.key", folder / "sessions.key")} == {0}
    after = serve(archive)
    assert get(after, "/v1/feed?limit=2", old.strip())[0] == 401
    assert get(after, "/v1/feed?limit=2", new.strip())[0] == 200
    status, body = get(after, f"/v1/feed?limit=2&cursor={page['next_cursor']}", new.strip())
    assert (status, body["code"]) == (400, "invalid_cursor")
