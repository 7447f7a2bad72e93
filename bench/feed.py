#!/usr/bin/env python3
"""The rows of bench/feed.sh: starts a server, asks it with wrk for many addresses at once, and runs the same SQL with pgbench.

An answer that is neither 200 nor, where that was asked for, 304 ends the benchmark.
"""

import argparse
import base64
import http.client
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

CLIENTS = 8
ORDERS = ("discovered", "posted", "likes", "views", "velocity")
LENGTHS = (1, 2, 3, 5, 20, 50)
NEWEST = "/v1/feed?limit=50"


class Server:
    """A server of its own for the benchmark, with the time that it took to its first answer."""

    def __init__(self, program, database):
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [program, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | {"DATABASE_URL": database, "XMONITOR_PORT": "0", "XMONITOR_PREPARED_STATEMENTS": "true"})
        found = re.search(r"http://[\w.:]+", self.process.stdout.readline())
        if not found:
            raise SystemExit("The server did not start.")
        self.address = found.group()
        self.connection = http.client.HTTPConnection(self.address.removeprefix("http://"))
        self.get(NEWEST)
        self.starting = time.perf_counter() - start

    def answer(self, path):
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{answer.status} for {path}: {text[:400].decode()}")
        return answer.headers, json.loads(text)

    def get(self, path):
        return self.answer(path)[1]

    def memory(self):
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Database:
    def __init__(self, address):
        self.address = address

    def rows(self, sql):
        command = ["psql", "-qXAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", self.address, "-c", sql]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [line.split("\t") for line in text.splitlines()]

    def page_statement(self):
        """What the server asked last for a page of 50 posts."""
        text = "\n".join(line for line, in self.rows(
            "SELECT query FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() "
            "AND query LIKE '%LIMIT 51%' ORDER BY query_start DESC LIMIT 1"))
        return text or sys.exit("No statement of a page is to be seen.")


class Questions:
    """Addresses of the feed, the same ones for the same archive."""

    def __init__(self, server, database):
        self.server = server
        self.random = random.Random(1)
        self.handles = [row[0] for row in database.rows("SELECT DISTINCT author_handle FROM posts ORDER BY 1")]
        self.queries = [row[0] for row in database.rows("SELECT DISTINCT source_query FROM posts WHERE source_query <> '' ORDER BY 1")]
        self.span = [float(value) for value in database.rows(
            "SELECT extract(epoch FROM min(discovered_at)), extract(epoch FROM max(discovered_at)) FROM posts")[0]]
        self.texts = [row[0] for row in database.rows(
            "SELECT regexp_replace(body_text, '\\s+', ' ', 'g') FROM posts WHERE length(body_text) > 60 ORDER BY status_id LIMIT 2000")]

    def moment(self):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.random.uniform(*self.span)))

    def number(self, digits):
        return str(int(10 ** self.random.uniform(0, digits)))

    def text(self):
        """Some characters of a text, or letters that are together in none."""
        length = self.random.choice(LENGTHS)
        text = self.random.choice(self.texts)
        start = self.random.randrange(max(1, len(text) - length))
        found = text[start:start + length].strip()
        return found if found and self.random.random() < 0.7 else "".join(self.random.choice("zqxjkvwy") for _ in range(length))

    def filter(self, most):
        choose = self.random.choice
        kinds = {
            "since": lambda: [self.moment()], "until": lambda: [self.moment()], "posted_since": lambda: [self.moment()],
            "posted_until": lambda: [self.moment()],
            "tier": lambda: self.random.sample(["teammate", "influencer", "ecosystem", "none"], self.random.randint(1, 2)),
            "handle": lambda: self.random.sample(self.handles, min(len(self.handles), choose([1, 1, 2, 10]))),
            "source_query": lambda: [choose(self.queries + ["nothing"])], "significant": lambda: [choose(["true", "false"])],
            "reported": lambda: [choose(["true", "false"])], "has_link": lambda: [choose(["true", "false"])],
            "min_likes": lambda: [self.number(6)], "min_views": lambda: [self.number(8)], "min_replies": lambda: [self.number(5)],
            "exclude": lambda: [self.text()],
        }
        while True:
            chosen = self.random.sample(sorted(kinds), self.random.randint(0, most))
            values = {kind: kinds[kind]() for kind in chosen}
            if all(values.get(since, [""]) <= values.get(until, ["9"]) for since, until in (("since", "until"), ("posted_since", "posted_until"))):
                return [(kind, value) for kind in chosen for value in values[kind]] + [("sort", choose(ORDERS))]

    def walk(self, parameters, pages):
        """The address of the first page and of those that follow it."""
        for _ in range(pages):
            path = "/v1/feed?" + urllib.parse.urlencode(parameters)
            yield path
            cursor = self.server.get(path)["next_cursor"]
            if not cursor:
                return
            parameters = [(name, value) for name, value in parameters if name != "cursor"] + [("cursor", cursor)]

    def many(self, count, make):
        return [path for _ in range(count) for path in self.walk(make(), self.random.choice([1, 1, 2, 8]))]

    def mixed(self, count):
        return self.many(count, lambda: self.filter(3))

    def searches(self, count):
        return self.many(count, lambda: [("q", self.text())] + self.filter(self.random.choice([0, 0, 1, 2])))

    def near(self, count):
        """Pages of 50 that begin at as many places among the newest posts."""
        wide = self.server.get("/v1/feed?limit=200")
        until = [post["discovered_at"] for post in wide["items"]]
        return [f"{NEWEST}&since=2000-01-{1 + number % 28:02}T00:00:{number // 28 % 60:02}Z&until={until[number % 100]}" for number in range(count)]

    def deep(self, posts):
        """A page in the middle of the archive, and the place where it starts."""
        *_, path = self.walk([("limit", "200")], max(2, posts // 400))
        cursor = dict(urllib.parse.parse_qsl(path.partition("?")[2]))["cursor"]
        payload = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[:-16]
        return path.replace("limit=200", "limit=50"), struct.unpack(">q", payload[2:10])[0], payload[10:].decode()


def ask(server, paths, seconds, header=""):
    """Requests per second, and the median and the 99th percentile of their times in milliseconds."""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = ["wrk", "-t", "2", "-c", str(CLIENTS), "-d", f"{seconds}s", "--timeout", "60s", "-s", str(Path(__file__).with_suffix(".lua")), server.address]
        environment = os.environ | {"PATHS": file.name, "HEADER": header}
        text = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    rate, median, most, failed = text.splitlines()[-1].split()
    if failed != "0":
        raise SystemExit(f"{failed} requests failed.")
    return float(rate), float(median), float(most)


def run(pgbench, database, sql, seconds):
    """Transactions per second, and the median and the 99th percentile of their times in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "page.sql"
        script.write_text(sql + ";\n")
        subprocess.run([pgbench, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-f", script, "-l",
                        "--log-prefix", f"{folder}/log", database], check=True, capture_output=True)
        times = sorted(int(line.split()[2]) for log in Path(folder).glob("log*") for line in log.read_text().splitlines())
    return len(times) / seconds, times[len(times) // 2] / 1e3, times[len(times) * 99 // 100] / 1e3


def report(label, ours, limit=None, beside="pgbench"):
    times = "{:>8.0f} /s, p50 {:.2f} ms, p99 {:.2f} ms"
    limit = f"; {beside} {times.format(*limit).strip()}; ratio {ours[0] / limit[0]:.2f}" if limit else ""
    print(f"{label:<34}{times.format(*ours)}{limit}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pgbench", required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("databases", nargs="+", help="the addresses of archives, the smallest first")
    arguments = parser.parse_args()
    medians = []
    for address in arguments.databases:
        server = Server(arguments.program, address)
        try:
            medians.append(measure(arguments, server, Database(address)))
        finally:
            server.stop()
    for label in medians[0] if len(medians) > 1 else ():
        print(f"{label + ', growth of p50':<34}{medians[-1][label] / medians[0][label]:>8.2f} times")


def measure(arguments, server, database):
    """Prints the rows of one archive; the medians of those that are compared between archives, in milliseconds."""
    seconds = arguments.seconds
    posts = int(database.rows("SELECT count(*) FROM posts")[0][0])
    print(f"{posts} posts, {CLIENTS} clients", flush=True)
    print(f"{'start to the first answer':<34}{server.starting * 1e3:>8.0f} ms")
    medians, questions = {}, Questions(server, database)

    def both(label, path, fill=lambda sql: sql):
        headers, _ = server.answer(path)
        sql = fill(database.page_statement())
        ours, limit = ask(server, [path], seconds), run(arguments.pgbench, database.address, sql, seconds)
        report(label, ours, limit)
        medians[label] = ours[1]
        return headers["ETag"], limit

    tag, limit = both("newest page", NEWEST)
    live = ask(server, ["/health/live"], seconds)
    report("the same, revalidated (304)", ask(server, [NEWEST], seconds, f"If-None-Match: {tag}"), live, "/health/live")
    report("the same, compressed", ask(server, [NEWEST], seconds, "Accept-Encoding: gzip"))
    # More than the server keeps, so that each is made anew.
    report("pages near it, each made anew", ask(server, questions.near(1000), seconds), limit)
    path, rank, post = questions.deep(posts)
    both("page in the middle", path, lambda sql: sql.replace("$1", f"to_timestamp({rank // 1_000_000}) + {rank % 1_000_000} * INTERVAL '1 us'")
         .replace("$2", f"'{post}'"))
    count = 20 if seconds == 1 else 500
    report("any filters, orders and depths", ask(server, questions.mixed(count), seconds))
    report("any searches", ask(server, questions.searches(count), seconds))
    print(f"{'server memory, at most':<34}{server.memory():>8} MB")
    return medians


if __name__ == "__main__":
    main()
