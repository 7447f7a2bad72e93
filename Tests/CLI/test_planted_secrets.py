"""A secret that can be recognised stands in every place that has one, and in nothing that a whole run brings forth."""

import http.client
import json
import re
import signal
import subprocess
from pathlib import Path

import pytest

from support.output import line_with
from test_secrets import SECRETS

MARK = "5eCr3t"
WEB = Path(__file__).parents[2] / "web"


def planted(name):
    """Long enough for every setting, and told apart from the others."""
    return f"{MARK}-{re.sub('[^a-z]+', '-', name.lower())}-{MARK}-0123456789abcdef"


def values(address):
    """What is set: each secret setting in the form that it has to have, and what libpq reads by itself."""
    forms = {name: planted(name) for name in SECRETS} | {
        "DATABASE_URL": f"{address}&password={planted('DATABASE_URL')}",
        "XMONITOR_READ_DATABASE_URL": f"{address}&password={planted('XMONITOR_READ_DATABASE_URL')}",
        "XMONITOR_INGEST_KEYS": f"laptop={planted('laptop')},desk={planted('desk')}",
        "XMONITOR_SESSION_KEYS": f"{planted('first session key')},{planted('second session key')}",
    }
    return {name: forms[name] for name in SECRETS}


def plant(program, address, in_files):
    for name, value in values(address).items():
        if in_files:
            (program.folder / f"{name}.secret").write_text(value + "\n")
            program.environment.pop(name, None)
            program.environment[f"{name}_FILE"] = f"{name}.secret"
        else:
            program.environment[name] = value
    program.environment["PGPASSWORD"] = planted("PGPASSWORD")


def leaves(command, above=()):
    """Every command that does something, and the names of its options."""
    path = (*above, command["commandName"])
    if not command.get("subcommands"):
        yield path[1:], {name["name"] for argument in command.get("arguments", []) for name in argument.get("names") or []}
    for one in command.get("subcommands", []):
        yield from leaves(one, path)


def tree(pid):
    """A process and all that it started."""
    children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in tree(int(child)))]


def command_lines(pid):
    return "\n".join(Path(f"/proc/{one}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ") for one in tree(pid))


def command_lines_with(text):
    """Those of all processes that name it."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode(errors="replace").replace("\0", " "))
        except OSError:  # it has ended
            continue
    return "\n".join(line for line in lines if str(text) in line)


def assert_clean(where, text, *more):
    for secret in (MARK, *more):
        at = text.find(secret)
        assert at < 0, f"{where}: …{text[max(0, at - 200) : at + 100]}…"


def ask(address, method, path, body=None, **headers):
    """The answer as text: all that its caller sees of it."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = f"{answer.status} {answer.reason}\n{answer.headers}\n{answer.read().decode(errors='replace')}"
    connection.close()
    return answer.status, text


def requests(good, token):
    """Requests that carry secrets, where they belong and where they do not."""
    wrong, kind = planted("a wrong key"), {"content_type": "application/json"}
    batch = "/v1/ingest/posts/batch"
    yield "POST", batch, b'{"items": []}', {"x_api_key": good, **kind}
    yield "POST", batch, b'{"items": []}', {"authorization": f"Bearer {good}", **kind}
    yield "POST", batch, b'{"items": [', {"x_api_key": good, **kind}
    yield "POST", batch, b'{"items": [{"status_id": 1}], "extra": 1}', {"x_api_key": good, **kind}
    yield "GET", "/v1/ingest/batches/1", None, {"x_api_key": good}
    for headers in ({"x_api_key": wrong}, {"authorization": f"Bearer {wrong}"}, {"authorization": f"Basic {wrong}"}, {"authorization": wrong},
                    {"cookie": f"__Host-xmonitor={wrong}; session={wrong}"}, {"proxy_authorization": wrong}):
        yield "POST", batch, b'{"items": []}', headers | kind
        for path in ("/v1/feed", "/v1/posts/1", "/v1/me", "/v1/audit", "/nothing", "/"):
            yield "GET", path, None, headers
    for form in ("atom", "rss", "json"):
        yield "GET", f"/v1/feed.{form}?token={token}", None, {}
        yield "GET", f"/v1/feed.{form}?token=xmf_{planted('a wrong token')}", None, {}
        yield "GET", f"/v1/feed.{form}?token={token}&token={wrong}&limit=1", None, {}
    for path in ("/v1/feed", "/v1/nothing", "/posts/1", "/v1/health", "/v1/stats/summary"):
        yield "GET", f"{path}?token=xmf_{planted('a token elsewhere')}", None, {}
    yield "GET", f"/v1/auth/callback?code={wrong}&state={wrong}", None, {"cookie": f"__Host-xmonitor-sign-in={wrong}"}
    yield "GET", "/v1/auth/sign-in?return=/", None, {}
    yield "POST", "/v1/auth/sign-out", None, {"cookie": f"__Host-xmonitor={wrong}", "sec_fetch_site": "same-origin"}


@pytest.mark.parametrize("in_files", [False, True], ids=["environment", "files"])
def test_nothing_that_a_run_brings_forth_has_a_secret(xmonitor, archive, serve, in_files):
    plant(xmonitor, archive, in_files)
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    key = xmonitor("keys", "create", "--name", "collector", "--scopes", "ingest,read").strip()
    token = xmonitor("keys", "create", "--name", "reader", "--scopes", "feed", "--view", "tier=teammate").strip()
    outputs = [xmonitor.stderr]
    # Every command, with what it needs where that is little, and with nothing.
    described = json.loads(xmonitor("--experimental-dump-help"))["command"]
    needs = {("snapshot", "inspect"): ["sample.db"], ("snapshot", "validate"): ["sample.db"], ("snapshot", "import"): ["sample.db"],
             ("smoke",): [f"http://u:{planted('an address')}@127.0.0.1:1"]}
    tried = set()
    for path, options in leaves(described):
        if path in {("serve",), ("up",)} or path[0] == "help":
            continue
        for more in ([], ["--json"] if "json" in options else []):
            process = xmonitor.start(*path, *needs.get(path, []), *more)
            out, err = process.communicate(timeout=120)
            assert process.returncode in (0, 1, 2, 64), (path, err)
            outputs.append(f"{' '.join(path)}:\n{out}\n{err}")
            tried.add(path[0])
    assert {"config", "schema", "keys", "snapshot", "ops", "version", "smoke"} <= tried

    # These two a server of the tests always has in its environment.
    given = {name: values(archive)[name] for name in ("DATABASE_URL", "XMONITOR_API_KEY")}
    for name in given:
        xmonitor.environment.pop(f"{name}_FILE", None)
    server = serve(archive, XMONITOR_READ_ACCESS="keys", **given)
    try:
        outputs.append(command_lines(server.process.pid))
        statuses = set()
        for good in (planted("desk"), planted("XMONITOR_INGEST_SHARED_SECRET"), key):
            for method, path, body, headers in requests(good, token):
                status, text = ask(server.address, method, path, body, **headers)
                statuses.add(status)
                # The links of a feed hold the token that it was asked with, for who follows them.
                own = f"token={token}"
                assert_clean((method, path), text.replace(own, "") if own in path else text, key, token)
        assert {200, 400, 401, 404} <= statuses
        outputs += [*xmonitor.start("smoke", server.address).communicate(timeout=120), command_lines(server.process.pid)]
    finally:
        server.stop()
    outputs.append(server.log.read_text())
    assert outputs[-1].count("\n") > 100
    for text in outputs:
        assert_clean("an output", text, key, token)
    # The archive has hashes of keys, and the page has nothing.
    dump = subprocess.run(["pg_dump", archive], capture_output=True, text=True, check=True).stdout
    assert_clean("the archive", dump, key, token)
    for path in WEB.rglob("*"):
        if path.is_file():
            assert_clean(path, path.read_bytes().decode(errors="replace"), key, token)


@pytest.mark.parametrize("address", [
    "postgresql://u:{}@127.0.0.1:1/x", "postgresql://u:{}@[::bad/x", "postgresql://u:{}@localhost:port/x", "host=127.0.0.1 port=1 password={} sslmode=many",
    "password={} and more", "postgresql://127.0.0.1:1/x?password={}&nonsense=1", "{}", "postgresql://u:%zz{}@127.0.0.1:1/x"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "XMONITOR_READ_DATABASE_URL"])
def test_a_database_that_is_not_reached_is_named_without_its_password(xmonitor, archive, name, address):
    xmonitor.environment[name] = address.format(planted(name))
    for command in (["serve"], ["config"], ["config", "--json"], ["schema", "status"], ["up"], ["keys", "list"], ["ops", "future"]):
        if command[0] in ("serve", "up"):
            xmonitor.environment["XMONITOR_PORT"] = "0"
            process = xmonitor.start(*command)
            until_told(process)
        else:
            process = xmonitor.start(*command)
        out, err = process.communicate(timeout=120)
        assert_clean(command, out + err)


def until_told(process):
    """It either serves, because the database is asked for with each request, or has ended by itself."""
    try:
        line_with("http://", process)
    except AssertionError:
        return
    process.send_signal(signal.SIGTERM)


def test_the_private_postgres_and_its_server_have_no_secret_in_their_command_lines(ordinary):
    for name, value in values("").items():
        if "DATABASE_URL" not in name:
            ordinary.environment[name] = value
    ordinary.environment |= {"PGPASSWORD": planted("PGPASSWORD"), "XMONITOR_PORT": "0"}
    process = ordinary.start("up", "--posts", "50")
    try:
        said = line_with("http://", process)
        lines = command_lines_with(ordinary.folder)
        assert "bin/postgres" in lines and " up " in lines
        assert_clean("/proc", lines)
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert_clean("up", said + out + err)
    for path in ordinary.folder.rglob("*.log"):
        assert_clean(path, path.read_text(errors="replace"))
