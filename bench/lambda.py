#!/usr/bin/env python3
"""The rows of bench/lambda.sh: starts of the package, and pages of the feed over the Runtime API, beside those of `serve` over HTTP."""

import argparse
import http.client
import http.server
import json
import os
import queue
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "Tests/AWS"))
from empty_root import EmptyRoot

SETTINGS = {
    "XMONITOR_READ_ACCESS": "public", "XMONITOR_PUBLIC_URL": "https://feed.example.com", "XMONITOR_WEB_ROOT": "",
    "XMONITOR_STREAM_MAXIMUM": "0", "XMONITOR_POOL_SIZE": "2", "XMONITOR_RATE_READS": "0",
    "AWS_REGION": "us-east-1", "_HANDLER": "api", "AWS_LAMBDA_FUNCTION_NAME": "bench",
    "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
PATH, QUERY = "/v1/feed", "limit=50"
EVENT = {
    "version": "2.0", "routeKey": "$default", "rawPath": PATH, "rawQueryString": QUERY, "isBase64Encoded": False,
    "headers": {"host": "feed.example.com", "accept": "application/json", "user-agent": "bench"},
    "requestContext": {
        "accountId": "1", "apiId": "a", "domainName": "a.execute-api.us-east-1.amazonaws.com", "domainPrefix": "a", "requestId": "r",
        "routeKey": "$default", "stage": "$default", "time": "30/Nov/2026:00:00:00 +0000", "timeEpoch": 1796000000000,
        "http": {"method": "GET", "path": PATH, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "bench"}}}


class RuntimeAPI(http.server.ThreadingHTTPServer):
    """Hands out events, and notes when the program asks for one and when its answer is whole."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.events, self.answers = queue.Queue(), queue.Queue(), queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def call(self):
        """Milliseconds from the event to its answer."""
        self.events.put(json.dumps(EVENT).encode())
        began, ended, body = self.answers.get(timeout=60)
        if json.loads(body)["statusCode"] != 200:
            raise SystemExit(f"The program answered {body[:500]}")
        return (ended - began) * 1000


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.asked.put(time.perf_counter())
        event = self.server.events.get()
        self.server.began = time.perf_counter()
        self._send(200, event, {"Lambda-Runtime-Aws-Request-Id": "1", "Lambda-Runtime-Deadline-Ms": str(int(time.time() + 30) * 1000)})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.path.endswith("/response"):
            # The waiting call shows it.
            body = json.dumps({"statusCode": 0, "at": self.path, "error": body.decode(errors="replace")[:500]}).encode()
        self.server.answers.put((self.server.began, time.perf_counter(), body))
        self._send(202, b"{}", {})

    def _send(self, status, body, headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


class Package:
    def __init__(self, file, sockets, folder):
        Path(folder).chmod(0o755)
        self.root, self.sockets = EmptyRoot(Path(folder) / "root").unzip(file).plant_decoys(), sockets

    def start(self, api):
        """The process, and the milliseconds until it asks for its first event; those of making the root are taken off."""
        loader = next((self.root.folder / "var/task/lib").glob("ld-linux-*")).name
        began = time.perf_counter()
        self.root.run(f"/var/task/lib/{loader}", "--version")
        before = time.perf_counter()
        process = self.root.start(
            "/var/task/bootstrap", sockets=self.sockets, AWS_LAMBDA_RUNTIME_API=f"127.0.0.1:{api.server_port}",
            DATABASE_URL="postgresql:///bench?host=/sockets&user=xmonitor", **SETTINGS)
        # Lambda takes the log at once; a pipe that is full would hold up the answers.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        return process, (api.asked.get(timeout=60) - before - (before - began)) * 1000


def served(program, sockets, requests):
    """Milliseconds of the same page from `serve`, over one connection."""
    environment = os.environ | SETTINGS | {"DATABASE_URL": f"postgresql:///bench?host={sockets}&user=xmonitor", "XMONITOR_PORT": "0"}
    environment.pop("_HANDLER")
    server = subprocess.Popen([program, "serve"], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection(re.search(r"http://([\w.:]+)", server.stdout.readline())[1], timeout=60)
    times = []
    for _ in range(requests + 20):
        began = time.perf_counter()
        connection.request("GET", f"{PATH}?{QUERY}")
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
    server.terminate()
    server.wait(60)
    return times[20:]


def row(what, times):
    times = sorted(times)
    print(f"{what:<44} p50 {statistics.median(times):7.1f} ms   p90 {times[len(times) * 9 // 10]:7.1f} ms   ({len(times)} times)")


def main():
    parser = argparse.ArgumentParser()
    for name in ("package", "program", "sockets"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("starts", "requests"):
        parser.add_argument(f"--{name}", type=int, required=True)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xmonitor-lambda.", dir="/tmp") as folder:
        package, starts, first, warm = Package(asked.package, asked.sockets, folder), [], [], []
        for number in range(asked.starts):
            api = RuntimeAPI()
            process, took = package.start(api)
            starts.append(took)
            first.append(api.call())
            if number == asked.starts - 1:
                warm = [api.call() for _ in range(asked.requests + 20)][20:]
            process.kill()
            process.wait()
            api.shutdown()
            api.server_close()
    row("start until the first event is asked for", starts)
    row("first page, with the connection to Postgres", first)
    row("a page of the feed, over the Runtime API", warm)
    row("the same from `serve`, over HTTP", served(asked.program, asked.sockets, asked.requests))


main()
