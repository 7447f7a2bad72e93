"""What an operator reads says what is wrong in words of theirs, and which side has to do something."""

import http.server
import json
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest

from support.ingest_server import Client
from support.message_proxy import MessageProxy
from support.psql import sql


@pytest.mark.parametrize("command", ["import", "validate", "undo"])
def test_a_database_without_a_schema(xmonitor, database, command):
    xmonitor("sample", "sample.db", "--posts", "5")
    arguments = ["--label", "x"] if command == "undo" else ["sample.db"]
    assert xmonitor.fails("snapshot", command, *arguments) == "xmonitor: This database has no schema of XMonitor yet. Run `xmonitor schema apply`.\n"


@pytest.mark.parametrize("command", [["keys", "list"], ["ops", "future"], ["audit", "--since", "7d"]])
def test_a_database_without_the_tables_of_a_command(xmonitor, database, command):
    message = xmonitor.fails(*command)
    assert message.startswith("xmonitor: This database has no schema of XMonitor yet") and "xmonitor schema apply" in message


@pytest.mark.parametrize("version, says", [(-1, "the database is older. Run `xmonitor schema apply`"), (1, "the database is newer. Update xmonitor")])
def test_a_command_says_which_side_is_older(xmonitor, archive, version, says):
    change_version(archive, version)
    xmonitor("sample", "sample.db", "--posts", "5")
    assert says in xmonitor.fails("snapshot", "import", "sample.db")


@pytest.mark.parametrize("version, says", [
    (-1, "The archive's schema is older than this server. Its operator has to run `xmonitor schema apply`."),
    (1, "The archive's schema is newer than this server. Its operator has to update the server.")])
def test_a_server_says_which_side_is_older(xmonitor, archive, serve, version, says):
    server = serve(archive)
    change_version(archive, version)
    answer = server.client.get("/health/ready")
    assert answer.status == 503 and answer.json["code"] == "outdated_schema" and answer.json["detail"] == says


def change_version(archive, difference):
    """The ledger as an older or a newer release would have left it."""
    if difference < 0:
        sql(archive, "DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)")
    else:
        sql(archive, "INSERT INTO schema_migrations (version, name, checksum, took_us) SELECT version + 1, 'tell_the_future', checksum, 0 FROM schema_migrations ORDER BY version DESC LIMIT 1")


@pytest.mark.parametrize("arguments, source", [([], "environment"), (["--host", "192.0.2.1"], "--host")])
def test_an_address_that_this_machine_does_not_have(xmonitor, archive, arguments, source):
    xmonitor.environment |= {"XMONITOR_HOST": "127.0.0.1" if arguments else "192.0.2.1", "XMONITOR_PORT": "0", "XMONITOR_READ_ACCESS": "keys"}
    message = xmonitor.fails("serve", *arguments).splitlines()[-1]
    assert message == (f"xmonitor: This machine has no address 192.0.2.1, which XMONITOR_HOST ({source}) names. "
                       "Set it to one of its own: 127.0.0.1, or 0.0.0.0 for all.")


@pytest.mark.parametrize("request_number", [12, 20])
def test_a_connection_that_breaks_in_the_middle(xmonitor, archive, request_number):
    xmonitor("sample", "sample.db", "--posts", "60")
    folder, name = archive.split("host=")[1].split("&")[0], archive.split("///")[1].split("?")[0]
    proxy = MessageProxy(folder)
    try:
        xmonitor.environment["DATABASE_URL"] = proxy.address(name)
        proxy.arm(request_number)
        message = xmonitor.fails("snapshot", "import", "sample.db")
        assert proxy.struck.is_set()
    finally:
        proxy.close()
    last = message[message.index("xmonitor: ") :]
    assert last.startswith("xmonitor: The connection to the database broke during ") and "Run the command again." in last
    assert "DATABASE_URL" not in last and sql(archive, "SELECT count(*) FROM posts") == "0"


def test_the_log_names_statement_and_code_as_members(xmonitor, archive, serve):
    server = serve(archive)
    sql(archive, "REVOKE SELECT ON watch_accounts FROM xmonitor_api; DROP TABLE reports CASCADE")
    for path in ("/v1/watch-accounts", "/v1/posts/1"):
        server.client.get(path)
    lines = [json.loads(line) for line in server.logs("42501", "42P01").splitlines()]
    faults = [line for line in lines if "sqlstate" in line]
    assert {(line["statement"], line["sqlstate"], line.get("role")) for line in faults} >= {("watch-accounts.list", "42501", "xmonitor_api")}
    assert all("role" not in line for line in faults if line["sqlstate"] != "42501")
    for line in faults:
        assert line["level"] == "error" and "fault(" not in line["message"] and "unavailable(" not in line["message"] and '\\"' not in line["message"]
    sql(archive, "GRANT SELECT ON watch_accounts TO xmonitor_api")


def test_a_line_of_a_request_says_who_sent_what(xmonitor, archive, serve):
    """Which laptop is refused, which batch a request wrote, which file of the page was asked for."""
    server = serve(archive, XMONITOR_TRUSTED_PROXIES="127.0.0.1", XMONITOR_READ_ACCESS="public")
    post = {"status_id": "1", "author_handle": "ada", "url": "https://x.com/ada/status/1", "discovered_at": "2026-02-22T09:30:00Z",
            "last_seen_at": "2026-02-22T09:30:00Z"}
    batch = server.client.send("posts", [post], x_forwarded_for="192.0.2.7")["batch_id"]
    assert Client(server.address, key="wrong").post("posts", [], x_forwarded_for="192.0.2.8").status == 401
    server.client.get("/favicon.svg")
    server.client.get("/v1/feed")
    lines = [json.loads(line) for line in server.logs('"route":"/v1/feed"').splitlines()]
    said = [tuple(line.get(name) for name in ("route", "principal", "client", "batch_id", "status")) for line in lines if "route" in line]
    ingest = "/v1/ingest/posts/batch"
    assert said == [(ingest, "api-key", "192.0.2.7", batch, 200), (ingest, None, "192.0.2.8", None, 401),
                    ("/favicon.svg", "api-key", "127.0.0.1", None, 200), ("/v1/feed", "api-key", "127.0.0.1", None, 200)]


def test_a_folder_that_cannot_be_made_says_why(ordinary):
    ordinary("sample", "sample.db", "--posts", "5")
    (ordinary.folder / "closed").mkdir(mode=0o555)
    message = ordinary.fails("snapshot", "rehearse", "sample.db", "--evidence", "closed/evidence")
    assert "/closed/evidence cannot be made: Permission denied. Name another one with --evidence." in message


def test_nobody_listens_is_said_once(xmonitor):
    xmonitor("smoke", "http://127.0.0.1:1", code=1)
    assert xmonitor.stdout == "FAILED  GET /v1/health says ok: nobody listens at 127.0.0.1:1. Is the server running, and is that its port?\n"
    xmonitor("smoke", "http://no-such-host.invalid", code=1)
    assert xmonitor.stdout.count("FAILED") == 1 and "There is no host no-such-host.invalid." in xmonitor.stdout


@contextmanager
def behind_tls(folder, address):
    """A proxy that speaks TLS, with a certificate of its own authority for localhost alone."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=An authority")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "host.pem", "-days", "2", "-extfile", "names")

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0))) or None
            client = Client(address, key=self.headers.get("x-api-key"))
            answer = client.request(self.command, self.path, body)
            client.close()
            self.send_response(answer.status)
            self.send_header("content-length", str(len(answer.bytes)))
            self.end_headers()
            self.wfile.write(answer.bytes)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem", folder / "host.key")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy.server_port
        proxy.shutdown()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_a_certificate_is_trusted_by_its_authority_and_not_without(xmonitor, archive, serve):
    server = serve(archive)
    with behind_tls(xmonitor.folder, server.address) as port:
        xmonitor("smoke", f"https://localhost:{port}", code=1)
        assert xmonitor.stdout == (f"FAILED  GET /v1/health says ok: The certificate of localhost:{port} is not trusted. "
                                   "Name the file of its authority with --ca.\n")
        assert "FAILED" not in xmonitor("smoke", f"https://localhost:{port}", "--ca", "ca.pem")
        xmonitor("smoke", f"https://127.0.0.1:{port}", "--ca", "ca.pem", code=1)
        assert xmonitor.stdout.count("FAILED") == 1 and f"127.0.0.1:{port}" in xmonitor.stdout
    for file in ("nowhere.pem", "host.key"):
        assert f"The file {file}, which --ca names," in xmonitor.fails("smoke", f"https://localhost:{port}", "--ca", file)
