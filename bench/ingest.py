#!/usr/bin/env python3
"""A load generator for ingest, run by bench/ingest.sh. The server and psql take turns, so that both meet the same moments of the machine.

Bodies are encoded beforehand and sent by processes of their own, so that what is measured is the server. Every answer is checked:
a row that was not inserted, or a replay that wrote, ends the benchmark.
"""

import argparse
import datetime
import http.client
import json
import multiprocessing
import os
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

CLIENTS = 4
BATCH = 200
ROUNDS = 4
TEXTS = ("status_id", "url", "author_handle", "author_display", "body_text", "posted_relative", "source_query", "watch_tier",
         "significance_reason", "significance_version", "refresh_24h_status")
TIMES = ("discovered_at", "last_seen_at", "refresh_24h_at")
COUNTERS = ("likes", "reposts", "replies", "views")
INTEGERS = COUNTERS + tuple(
    form.format(name) for form in ("initial_{}", "{}_24h", "refresh_24h_delta_{}") for name in COUNTERS)
COLUMNS = TEXTS + ("is_significant",) + INTEGERS + TIMES


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def wire(time):
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def material(path, wanted):
    """The sound rows of a sample, typed as a collector sends them."""
    rows, seen = [], set()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    for found in connection.execute("SELECT * FROM tweets"):
        try:
            row = {name: found[name] for name in TEXTS}
            row |= {name: None if found[name] is None else int(found[name]) for name in INTEGERS}
            row |= {name: None if found[name] is None else moment(found[name]) for name in TIMES}
            row["is_significant"] = {"0": False, "1": True}[str(found["is_significant"])]
            int(row["status_id"])
            sound = (row["watch_tier"] in (None, "teammate", "influencer", "ecosystem") and row["author_handle"]
                     and row["url"].startswith("https://") and all(row[name] >= 0 for name in COUNTERS)
                     and "\0" not in (row["body_text"] or ""))
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
        if sound and row["status_id"] not in seen:
            seen.add(row["status_id"])
            row["author_handle"] = row["author_handle"].strip().lstrip("@").lower()
            rows.append(row)
            if len(rows) == wanted:
                return rows
    raise SystemExit(f"{path} has {len(rows)} sound rows, and {wanted} are needed.")


def later(rows, days):
    """The same posts, `days` later, with ids that say so. A sample ends in March 2026, and ingest refuses the future."""
    shift = datetime.timedelta(days=days)
    moved = []
    for row in rows:
        new = dict(row)
        new["status_id"] = str(int(row["status_id"]) + (days * 86_400_000 << 22))
        new["url"] = row["url"].replace(row["status_id"], new["status_id"])
        new |= {name: None if row[name] is None else row[name] + shift for name in TIMES}
        moved.append(new)
    return moved


def encode(rows):
    plain = [{name: wire(value) if name in TIMES and value else value for name, value in row.items()} for row in rows]
    return json.dumps({"items": plain}, ensure_ascii=False).encode()


def batches(rows):
    return [rows[start:start + BATCH] for start in range(0, len(rows), BATCH)]


class Client:
    def __init__(self, address, key):
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=120)
        self.headers = {"x-api-key": key, "content-type": "application/json"}

    def send(self, body, outcome, count):
        start = time.perf_counter()
        self.connection.request("POST", "/v1/ingest/posts/batch", body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        taken = time.perf_counter() - start
        if answer.status != 200 or f'"{outcome}":{count},'.encode() not in text:
            raise SystemExit(f"{answer.status}, expected {count} {outcome}: {text[:400].decode()}")
        return taken


def send_all(arguments, bodies, outcome, ready, go, times):
    client = Client(arguments.address, arguments.key)
    ready.release()
    go.wait()
    times.put([client.send(body, outcome, BATCH) for body in bodies])


def insert_all(arguments, script, ready, go, times):
    command = ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", arguments.database, "-f", script]
    ready.release()
    go.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    times.put([])


def ticks(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1]), sum(int(field) for field in fields[11:13]), sum(int(field) for field in fields[13:15])


def seconds_of(pid, with_children=False):
    """The processor time that a process has taken, with that of its children, gone or running."""
    _, own, gone = ticks(pid)
    total = own
    if with_children:
        total += gone
        for name in os.listdir("/proc"):
            try:
                parent, own, _ = ticks(name) if name.isdigit() else (None, 0, 0)
            except OSError:
                continue
            if parent == pid:
                total += own
    return total / os.sysconf("SC_CLK_TCK")


def together(arguments, work, shares):
    """Runs one process per share, all at the same moment; seconds, times of the single requests, and processor seconds."""
    ready, go, times = multiprocessing.Semaphore(0), multiprocessing.Event(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(arguments, *share, ready, go, times)) for share in shares]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    processor = seconds_of(arguments.server), seconds_of(arguments.postmaster, with_children=True)
    start = time.perf_counter()
    go.set()
    gathered = []
    for _ in processes:
        while True:
            try:
                gathered += times.get(timeout=1)
                break
            except multiprocessing.queues.Empty:
                if any(process.exitcode for process in processes):
                    raise SystemExit("A client gave up; its message is above.") from None
    seconds = time.perf_counter() - start
    spent = seconds_of(arguments.server) - processor[0], seconds_of(arguments.postmaster, with_children=True) - processor[1]
    for process in processes:
        process.join()
    return seconds, gathered, spent


def literal(values, kind):
    def element(value):
        if value is None:
            return "NULL"
        text = wire(value) if isinstance(value, datetime.datetime) else str(value)
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "'{" + ",".join(element(value) for value in values).replace("'", "''") + "}'::" + kind + "[]"


def kind_of(column):
    return ("timestamptz" if column in TIMES else "bigint" if column in INTEGERS else
            "boolean" if column == "is_significant" else "text")


def history(row):
    """The snapshots that a post with all fields leaves."""
    now = [row[name] for name in COUNTERS]
    first = [row[f"initial_{name}"] for name in COUNTERS]
    after = [row[f"{name}_24h"] for name in COUNTERS]
    found = [("latest_observed", row["last_seen_at"], now)]
    if all(value is not None for value in first):
        found.append(("initial_capture", row["discovered_at"], first))
    if row["refresh_24h_at"] is not None and all(value is not None for value in after):
        found.append(("refresh_24h", row["refresh_24h_at"], after))
    return [(row["status_id"], kind, at, *counters) for kind, at, counters in found]


def plain_insert(rows):
    """One transaction of two set-based statements: the rows and their history, with nothing checked or merged."""
    columns = ", ".join(COLUMNS)
    arrays = ",\n".join(literal([row[name] for row in rows], kind_of(name)) for name in COLUMNS)
    snapshots = list(zip(*(snapshot for row in rows for snapshot in history(row))))
    kinds = ("text", "text", "timestamptz") + ("bigint",) * 4
    values = ",\n".join(literal(values, kind) for values, kind in zip(snapshots, kinds))
    return f"""BEGIN;
INSERT INTO posts ({columns}) SELECT * FROM unnest({arrays});
INSERT INTO post_metrics_snapshots (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views)
SELECT * FROM unnest({values});
COMMIT;
"""


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


class Measure:
    """The sum of some rounds."""

    def __init__(self):
        self.seconds, self.times, self.spent = 0, [], (0, 0)

    def add(self, seconds, times, spent):
        self.seconds += seconds
        self.times += times
        self.spent = tuple(map(sum, zip(self.spent, spent)))

    def report(self, label, rows, is_psql=False):
        parts = [("server", self.spent[0]), ("Postgres", self.spent[1])][is_psql:]
        processor = ", ".join(f"{name} {1e6 * part / rows:.0f} µs" for name, part in parts)
        latency = f"; request p50 {quantile(self.times, .5):.1f} ms, p99 {quantile(self.times, .99):.1f} ms" if self.times else ""
        print(f"{label:<38} {rows / self.seconds:>8.0f} rows/s{latency}; processor per row: {processor}", flush=True)
        return rows / self.seconds


def encode_share(batches):
    return [[encode(batch) for batch in batches[client::CLIENTS]] for client in range(CLIENTS)]


def scripts(folder, batches):
    for client in range(CLIENTS):
        script = Path(folder) / f"{client}.sql"
        script.write_text("".join(plain_insert(batch) for batch in batches[client::CLIENTS]))
        yield script


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("address", "key", "material", "database"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("rows", "server", "postmaster"):
        parser.add_argument(f"--{name}", type=int, required=True)
    arguments = parser.parse_args()
    base = material(arguments.material, arguments.rows)

    news = batches(later(base, 80))
    plain = batches(later(base, 160))
    shares = [encode_share(news[round::ROUNDS]) for round in range(ROUNDS)]
    server, limit, replays = Measure(), Measure(), Measure()
    with tempfile.TemporaryDirectory() as folder:
        for round in range(ROUNDS):
            server.add(*together(arguments, send_all, [(bodies, "inserted") for bodies in shares[round]]))
            limit.add(*together(arguments, insert_all, [(script,) for script in scripts(folder, plain[round::ROUNDS])]))
    for round in range(ROUNDS):
        replays.add(*together(arguments, send_all, [(bodies, "unchanged") for bodies in shares[round]]))
    new = server.report(f"new posts, {CLIENTS} clients, batches of {BATCH}", arguments.rows)
    at_most = limit.report("the same rows by psql, set-based", arguments.rows, is_psql=True)
    print(f"{'ratio':<38} {new / at_most:>8.2f}")
    replays.report("replays of the same", arguments.rows)

    singles = later(base[:max(200, arguments.rows // 24)], 240)
    client = Client(arguments.address, arguments.key)
    bodies = [encode([row]) for row in singles]
    times = [client.send(body, "inserted", 1) for body in bodies]
    print(f"{'one new post at a time':<38} {len(times) / sum(times):>8.0f} rows/s; request p50 {quantile(times, .5):.1f} ms, "
          f"p99 {quantile(times, .99):.1f} ms")
    memory = [line.split()[1] for line in Path(f"/proc/{arguments.server}/status").read_text().splitlines() if line.startswith("VmHWM")]
    print(f"{'server memory, at most':<38} {int(memory[0]) // 1024:>8} MB")


if __name__ == "__main__":
    main()
