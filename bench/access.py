#!/usr/bin/env python3
"""The rows of bench/access.sh: what others notice of 10,000 keys, of 1,000 connections that send next to nothing, and of a flood by one key.

In each round the same readers ask for pages at the same pace, first alone and then beside what is measured.
"""

import argparse
import contextlib
import os
import re
import resource
import secrets
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

READERS, PACE, PER_MINUTE = 20, 5, 3_000


class Server:
    def __init__(self, program, database):
        self.process = subprocess.Popen(
            [program, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | {
                "DATABASE_URL": database, "XMONITOR_PORT": "0", "XMONITOR_PREPARED_STATEMENTS": "true", "XMONITOR_READ_ACCESS": "keys",
                "XMONITOR_RATE_LIMITS": "true", "XMONITOR_RATE_READS": str(PER_MINUTE)})
        found = re.search(r"http://[\w.:]+", self.process.stdout.readline())
        if not found:
            raise SystemExit("The server did not start.")
        self.address = found.group()

    def memory(self, name="VmRSS"):
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(name))) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def sql(database, text):
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", database], input=text, check=True, text=True)


def add_keys(database, names):
    """Keys with the scope to read, by the statement that an operator could use too; returns them."""
    keys = {name: f"xmk_{secrets.token_urlsafe(32)}" for name in names}
    rows = ",".join(f"('{key[:8]}', sha256('{key}'), '{name}', '{{read}}', 'bench')" for name, key in keys.items())
    sql(database, f"INSERT INTO access_keys (prefix, digest, name, scopes, created_by) VALUES {rows}")
    return list(keys.values())


def wrk(server, paths, keys, connections, pause, seconds):
    """The rate, the median and the 99th percentile in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (("paths", paths), ("keys", keys)):
            Path(folder, name).write_text("".join(line + "\n" for line in lines))
        command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "60s", "-s", str(Path(__file__).with_suffix(".lua")), server.address]
        environment = os.environ | {"PATHS": f"{folder}/paths", "KEYS": f"{folder}/keys", "DELAY": str(pause)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment).communicate()[0].splitlines()[-1].split()


@contextlib.contextmanager
def nothing():
    yield


@contextlib.contextmanager
def slow_connections(server, count):
    """From five addresses, each with more than it may have."""
    host, port = server.address.removeprefix("http://").split(":")
    held = []
    for number in range(count):
        connection = socket.create_connection((host, int(port)), source_address=(f"127.0.0.{2 + number % 5}", 0))
        connection.sendall(b"GET /v1/feed HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        held.append(connection)
    yield
    for connection in held:
        connection.close()


@contextlib.contextmanager
def flood(server, key, seconds):
    """4,000 requests a second at most by one key, nearly all of which are refused."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "paths").write_text("/v1/feed?limit=50\n")
        Path(folder, "keys").write_text(key + "\n")
        flooding = subprocess.Popen(
            ["wrk", "-t", "1", "-c", "8", "-d", f"{seconds + 2}s", "-s", str(Path(__file__).with_suffix(".lua")), server.address],
            stdout=subprocess.DEVNULL, env=os.environ | {"PATHS": f"{folder}/paths", "KEYS": f"{folder}/keys", "DELAY": "2"})
        yield
        flooding.wait()


@contextlib.contextmanager
def many_keys(server, database, count):
    """Once the server knows them."""
    keys = add_keys(database, [f"key-{number}" for number in range(count)])
    while True:
        try:
            urllib.request.urlopen(urllib.request.Request(server.address + "/v1/feed?limit=1", headers={"x-api-key": keys[-1]})).close()
            break
        except urllib.error.HTTPError:
            time.sleep(0.1)
    yield


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--keys", type=int, required=True)
    parser.add_argument("--connections", type=int, required=True)
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    readers = add_keys(arguments.database, [f"reader-{number}" for number in range(READERS)])
    [flooding] = add_keys(arguments.database, ["flood"])
    paths = [f"/v1/feed?limit=50&since=2000-01-{1 + number % 28:02}T00:00:{number // 28 % 60:02}Z" for number in range(1_600)]

    def measure(label, beside):
        server = Server(arguments.program, arguments.database)
        try:
            wrk(server, paths, readers, READERS, 1000 / PACE, 1)
            alone, before = wrk(server, paths, readers, READERS, 1000 / PACE, arguments.seconds), server.memory()
            with beside(server):
                within = wrk(server, paths, readers, READERS, 1000 / PACE, arguments.seconds)
                memory = server.memory()
            ratio = float(within[2]) / float(alone[2])
            print(f"{label:<28}p50 {alone[1]} -> {within[1]} ms, p99 {alone[2]} -> {within[2]} ms (ratio {ratio:.2f}), "
                  f"memory {before:.0f} -> {memory:.0f} MB, failed {alone[3]} and {within[3]}", flush=True)
        finally:
            server.stop()

    measure("nothing beside", lambda server: nothing())
    measure(f"{arguments.connections} slow connections", lambda server: slow_connections(server, arguments.connections))
    measure("a flood by one key", lambda server: flood(server, flooding, arguments.seconds))
    measure(f"{arguments.keys} keys", lambda server: many_keys(server, arguments.database, arguments.keys))


main()
