"""Random snapshots of the collector's database: every looseness of SQLite and every drift that docs/data-model.md names.

One seed gives one snapshot. `written` makes the SQLite file, `read_back` says what is in it.
"""

import json
import random
import sqlite3

from archive_contents import COUNTERS, TABLES
from documented_rules import ALIASES, MODES, REQUIRED, TARGETS, TIERS, Text

TEXTS = [
    "", "plain", " leading and trailing ", "NULL", "null", "\\N", "\\", "'; DROP TABLE posts; --", '"quoted"', "tab\tand\r\nline", "%_%",
    "🌿👩‍👩‍👧‍👦🏳️‍🌈", "שלום עולם", "مرحبا \u202eabc", "é", "e\u0301", "\u0300alone", "Zażółć gęślą jaźń", "日本語", "\x01\x1b[31m\x7f",
    "\u2028line\u2029", "\x85\xa0", "\ufeffbom", "\ufffe\uffff", "\U0010ffff", "a\u200db", "<script>alert(1)</script>", "| pipe | `tick`"]
BAD_TEXTS = [Text(b"\xff\xfe"), Text(b"\xc0\xaf"), Text(b"\xed\xa0\x80"), Text("cut \u00e9".encode()[:-1]), b"\x80blob", 3.7]
HANDLES = ["Ada", "@Ada", "ada", " @ADA ", "\u00a0grace\t", "@@twice", "@ @Grace", "\uff20wide", "@@", "ΑΣ", "Grace_H", "ÄÖÜ", "@émile", "x" * 300, "🌿"]
WORDS = {True: ["1", "true", "T", "Yes", "y", "TRUE"], False: ["0", "false", "F", "No", "n", "FALSE"]}


def moment(rng):
    day = f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    time = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    fraction = "".join(rng.choices("0123456789", k=rng.randint(1, 6)))
    return day + rng.choice("T ") + time + rng.choice(["", "." + fraction, "." + fraction]) + rng.choice(
        ["", "Z", "Z", "+00:00", "+02:00", "-1130", "+05:45"])


class _Values:
    """Good values in every form that the rules accept, and bad ones."""

    def __init__(self, rng):
        self.rng = rng

    def as_stored(self, text):
        """A text, now and then as a blob."""
        return text.encode() if self.rng.random() < 0.05 else text

    def integer(self, value):
        forms = [value, value, value, str(value), f"{value}".encode()]
        if abs(value) < 2**53:
            forms.append(float(value))
        if value >= 0:
            forms.append("00" + str(value))
        return self.rng.choice(forms)

    def text(self):
        rng = self.rng
        if rng.random() < 0.01:
            return "".join(rng.choices("long ✂ text 🧵", k=30_000))
        if rng.random() < 0.03:
            return rng.randint(-(2**63), 2**63 - 1)
        return self.as_stored("".join(rng.sample(TEXTS, rng.randint(1, 3))))

    def handle(self):
        return self.as_stored(self.rng.choice(HANDLES))

    def identity(self):
        rng = self.rng
        return rng.choice([
            lambda: str(rng.randint(10**18, 2 * 10**18)), lambda: str(rng.randint(10**18, 2 * 10**18)),
            lambda: rng.randint(1, 2**63 - 1), lambda: rng.randint(1, 30), lambda: str(rng.randint(1, 30)),
            lambda: f"{rng.randint(1, 30):08}", lambda: str(rng.randint(10**19, 10**20 - 1)), lambda: f"post-{rng.randint(1, 99)}/é 🌿",
            lambda: f" {rng.randint(1, 9)} ", lambda: f"E{rng.randint(1, 99)}".encode(), lambda: rng.choice(["é", "e\u0301"])])()

    def vector(self):
        rng = self.rng
        numbers = [rng.choice([rng.uniform(-1, 1), rng.randint(-3, 3), 0.1, 1e-30, -2.5e20]) for _ in range(rng.randint(0, 6))]
        return self.as_stored(rng.choice([json.dumps(numbers), json.dumps(numbers, indent=1), json.dumps(numbers, separators=(",", ":"))]))

    def good(self, column):
        rng = self.rng
        if column in ("author_handle", "handle"):
            return self.handle()
        if column == "url":
            return self.as_stored(rng.choice(["https://x.com/i/status/1", "HTTP://x.example/é?a=1&b=2#c", "https://🌿.example/" + "p" * 300]))
        if column == "mode":
            return self.as_stored(rng.choice([*MODES, "refresh-24h", "refresh_24h"]))
        if column == "tier":
            return self.as_stored(rng.choice(TIERS).upper() if rng.random() < 0.3 else rng.choice(TIERS))
        if column == "watch_tier":
            return self.as_stored(rng.choice([*TIERS, "Teammate", "INFLUENCER", ""]))
        if column == "is_significant":
            value = rng.random() < 0.5
            return rng.choice([int(value), value, self.as_stored(rng.choice(WORDS[value]))])
        if column.endswith("_at"):
            return self.as_stored(moment(rng))
        if column.startswith("refresh_24h_delta_"):
            return self.integer(rng.randint(-(2**40), 2**40))
        if column in COUNTERS or column.startswith("initial_") or column.endswith(("_24h", "_count")):
            return self.integer(rng.choice([0, 1, rng.randint(0, 9999), 2**31 + rng.randint(0, 9), 2**63 - 1]))
        if column == "source":
            return rng.choice(["local-dispatcher", "cron", "é", ""])
        return self.text()

    def bad(self, column):
        rng = self.rng
        if column in ("status_id", "author_handle", "handle"):
            return rng.choice(["", Text(b"\xff"), Text(b"a\0b"), 1.5, None])
        if column == "url":
            return rng.choice(["javascript:alert(1)", "ftp://x.example/", "https://", "x.com", 7, None])
        if column in ("tier", "watch_tier", "mode"):
            return rng.choice(["investor", " teammate", "Priority", 1])
        if column == "is_significant":
            return rng.choice([2, "maybe", "", " 1", 1.0, -1])
        if column.endswith("_at"):
            return rng.choice([
                "yesterday", "", 1_771_234_567, "2026-02-30T00:00:00Z", "2026-02-22T09:30:00.1234567Z", "2026-02-22T25:00:00Z",
                " 2026-02-22T09:30:00Z", "2026-02-22T09:30:00Z\n", "2026-02-22T09:30:00.Z", "2026-2-2T09:30:00Z", "3h"])
        if column == "vector_json":
            return rng.choice(["[1, NaN]", "[1e400]", "[1, null]", "[[1]]", '{"a": 1}', "[1,]", "1", "", "[true]", "['1']", None])
        if column == "dims":
            return rng.choice([99, -1, "three", 1.5])
        if column in COUNTERS or column.endswith(("_24h", "_count")) or column.startswith(("initial_", "refresh_24h_delta_")):
            return rng.choice(["1.2K", "12,345", 3.7, " 7", "7 ", "", "+5", "0x10", "1e3", "9" * 20, 1e19, "٣"])
        return rng.choice([*BAD_TEXTS, Text(b"nul\0inside")])


def _row(values, table, posts):
    rng = values.rng
    key, others = TABLES[TARGETS[table]]
    row = {name: values.good(name) for name in key + others if name != "observed_at"}
    if table == "tweets":
        row["status_id"] = values.identity()
    elif "status_id" in row:
        row["status_id"] = rng.choice(posts) if posts and rng.random() < 0.9 else values.identity()
    if table == "tweet_embeddings":
        row["vector_json"] = values.vector()
        length = len(json.loads(row["vector_json"]))
        row["dims"] = rng.choice([None, 0, "0", length, str(length), float(length)])
    for name in row:
        if name not in ("status_id", "vector_json") and rng.random() < 0.12 and not _is_required(table, name):
            row[name] = None
    if rng.random() < 0.15:
        spoilt = rng.choice(list(row))
        row[spoilt] = values.bad(spoilt)
    return row


def _is_required(table, name):
    return name in REQUIRED[TARGETS[table]]


def _drifted(rng, table, rows):
    """The columns under older names, some beside the present name, some not there at all, some that nobody knows."""
    present = {}
    for name in rows[0]:
        if not _is_required(table, name) and rng.random() < 0.08:
            continue
        older = ALIASES[table].get(name, [])
        taken = [alias for alias in older if alias not in present and alias not in rows[0]]
        present[rng.choice(taken) if taken and rng.random() < 0.3 else name] = name
    names = list(present)
    moved = [_moved_by_row(rng, table, present, name) for name in list(present) if rng.random() < 0.1]
    names += [alias for alias, _ in moved if alias]
    for alias in ["id", "content", "created_at", "seen_at", "followers", "Über column"]:
        if rng.random() < 0.2 and alias not in names and not _shadows(table, alias, present):
            names.append(alias)
    rng.shuffle(names)
    decoys = {name: rng.choice(["decoy", None, 7]) for name in names}
    halves = {alias: name for alias, name in moved if alias}
    table_rows = []
    for row in rows:
        # Old rows have the older column filled, newer ones the newer; in some rows both are.
        old = {alias: rng.random() < 0.4 for alias in halves}
        emptied = {halves[alias] for alias, is_old in old.items() if is_old and rng.random() < 0.9}
        table_rows.append([
            (row[present[halves[name]]] if old[name] else None) if name in halves
            else None if name in emptied else row[present[name]] if name in present else decoys[name] for name in names])
    return [_misspelt(rng, name) for name in names], table_rows


def _moved_by_row(rng, table, present, name):
    """An older name for the column `name`, which rows have in its place; None where there is none left, or where it would be ambiguous."""
    meant = present[name]
    taken = {older for column, aliases in ALIASES[table].items() for older in aliases if column != meant}
    free = [alias for alias in ALIASES[table].get(meant, []) if alias not in present and alias not in taken]
    return (rng.choice(free) if name == meant and free else None), name


def _misspelt(rng, name):
    """The name as SQLite and a CSV file may have it."""
    return rng.choice([name.upper(), name.title(), f" {name}", f"{name}\t", f"\ufeff{name}", f"\u00a0{name} "]) if rng.random() < 0.06 else name


def _shadows(table, alias, present):
    """Whether a further column of this name would be read in place of one that is meant."""
    for column, older in ALIASES[table].items():
        order = [column, *older]
        used = [order.index(name) for name, meant in present.items() if meant == column]
        if alias in order and (not used or order.index(alias) < used[0]):
            return True
    return False


def snapshot(seed, size=60):
    """`{table: (column names, rows)}`."""
    rng = random.Random(seed)
    values = _Values(rng)
    tables, posts = {}, []
    # Posts first, because others refer to them.
    for table in ["tweets", "watch_accounts", "reports", "runs", "tweet_embeddings"]:
        if rng.random() < (0.04 if table == "tweets" else 0.1):
            continue
        rows = [_row(values, table, posts) for _ in range(rng.choice([1, size // 2, size, size]))]
        rows += [dict(rng.choice(rows)) for _ in range(size // 10)]
        for row in rows[-(size // 10):]:
            changed = rng.choice([name for name in row if name not in ("status_id", "vector_json", "dims")])
            row[changed] = values.good(changed)
        if table == "tweets":
            posts = [row["status_id"] for row in rows]
        tables[table] = _drifted(rng, table, rows)
    if not tables:
        return snapshot(seed + 1_000_000, size)
    for name in ["settings", "tweets_fts_data"]:
        if rng.random() < 0.5:
            tables[name] = (["key", "value"], [["a", 1]])
    return tables


_TYPES = ["", "", "", "", "TEXT", "INTEGER", "REAL", "BLOB", "NUMERIC", "BOOLEAN", "DATETIME"]


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def written(path, tables, seed, typed=True):
    """Writes the SQLite file, its columns of random types or of none, and returns the connection of its writer, which keeps what is in the write-ahead log there."""
    rng = random.Random(seed)
    writer = sqlite3.connect(path, isolation_level=None)
    if rng.random() < 0.7:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA wal_autocheckpoint = 0")
    for name, (columns, rows) in tables.items():
        types = [rng.choice(_TYPES) if typed else "" for _ in columns]
        definitions = ", ".join(f"{_quoted(column)} {kind}" for column, kind in zip(columns, types))
        writer.execute(f"CREATE TABLE {_quoted(name)} ({definitions})")
        for number, row in enumerate(rows):
            if number == len(rows) // 2:
                writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
            slots = ", ".join("CAST(? AS TEXT)" if isinstance(value, Text) else "?" for value in row)
            cells = [bytes(value) if isinstance(value, Text) else value for value in row]
            writer.execute(f"INSERT INTO {_quoted(name)} VALUES ({slots})", cells)
    return writer


def read_back(path):
    """What SQLite holds, with its own types, in its own order."""
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    reader.text_factory = Text
    names = [bytes(name).decode() for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {}
    for name in names:
        cursor = reader.execute(f"SELECT * FROM {_quoted(name)}")
        tables[name] = ([column[0] for column in cursor.description], cursor.fetchall())
    reader.close()
    return tables
