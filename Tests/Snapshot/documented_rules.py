"""The rules of docs/data-model.md, written a second time and apart from the program: what an import makes of a snapshot.

A snapshot is `{table: (column names, rows)}` as SQLite holds it: None, int, float, bytes for a blob, and `Text` for a text.
"""

import json
import math
import re
from datetime import datetime, timedelta
from decimal import Decimal

from archive_contents import COUNTERS, TABLES

ALIASES = {
    "tweets": {
        "status_id": ["id"], "url": ["status_url", "tweet_url"], "author_handle": ["handle", "author", "username"],
        "author_display": ["display_name", "author_name"], "body_text": ["text", "tweet_text", "content"],
        "source_query": ["query_type", "source"], "watch_tier": ["tier"], "is_significant": ["significant"],
        "significance_reason": ["reason"], "reposts": ["retweets"], "initial_reposts": ["initial_retweets"],
        "reposts_24h": ["retweets_24h"], "refresh_24h_delta_reposts": ["refresh_24h_delta_retweets"],
        "discovered_at": ["captured_at", "created_at"], "last_seen_at": ["updated_at", "seen_at"]},
    "watch_accounts": {"handle": ["author_handle"], "tier": ["watch_tier"], "added_at": ["created_at", "updated_at"]},
    "reports": {"status_id": ["id"], "reported_at": ["created_at"]},
    "runs": {"run_at": ["created_at", "timestamp"]},
    "tweet_embeddings": {"status_id": ["id"], "vector_json": ["vector"], "updated_at": ["created_at"], "created_at": ["updated_at"]},
}
TARGETS = {
    "watch_accounts": "watch_accounts", "tweets": "posts", "reports": "reports", "runs": "pipeline_runs",
    "tweet_embeddings": "embeddings"}
REQUIRED = {
    "watch_accounts": ["handle", "tier", "added_at"], "posts": ["status_id", "url", "author_handle", "discovered_at", "last_seen_at"],
    "reports": ["status_id", "reported_at"], "pipeline_runs": ["run_at", "mode"],
    "embeddings": ["status_id", "backend", "model", "vector_json", "text_hash", "updated_at", "created_at"]}
DEFAULTS = {
    "posts": {"is_significant": False, **dict.fromkeys(COUNTERS, 0)},
    "pipeline_runs": {"fetched_count": 0, "significant_count": 0, "reported_count": 0, "source": "local-dispatcher"}}
TIERS = ("teammate", "influencer", "ecosystem")
MODES = ("priority", "discovery", "both", "refresh24h", "manual")
# Unicode's White_Space, which is not what Python strips.
SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


class Text(bytes):
    """A text of SQLite as its bytes, which need not be UTF-8."""


class Broken(Exception):
    """A value breaks the rule of this name."""


def text(value, rule="text"):
    if isinstance(value, bytes):
        try:
            decoded = value.decode("utf-8")
        except UnicodeDecodeError:
            raise Broken("text") from None
        if "\0" in decoded:
            raise Broken("text")
        return decoded
    if isinstance(value, int):
        return str(value)
    raise Broken(rule)


def word(value, rule):
    try:
        return text(value, rule)
    except Broken:
        raise Broken(rule) from None


def integer(value, rule):
    if isinstance(value, bytes) and re.fullmatch(rb"-?[0-9]+", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53:
        value = int(value)
    if not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise Broken(rule)
    return value


def counter(value, rule="counter"):
    number = integer(value, rule)
    if number < 0:
        raise Broken(rule)
    return number


def identity(value):
    result = text(value, "id")
    if not result or spreadsheet(result.strip(" \t")):
        raise Broken("id")
    return result


def spreadsheet(word):
    """Whether a spreadsheet took an id for a number: what it then writes is not in digits alone."""
    if re.fullmatch(r"-?[0-9]+", word):
        return False
    number = re.fullmatch(r"[+-]?([0-9.][0-9.,' \u00a0\u202f]*)(e[+-]?[0-9]+)?", word, re.I)
    return bool(number and re.search("[0-9]", number[1])) or bool(re.fullmatch(r"(?i:nan)|'[0-9]*", word)) or word[:1] in ("#", "=") and bool(word)


def handle(value):
    result = text(value, "handle").lstrip(SPACE + "@\uff20").rstrip(SPACE)
    # Letter by letter: Python's lower() looks at the neighbours of a sigma.
    result = "".join(letter.lower() for letter in result)
    if not result:
        raise Broken("handle")
    return result


def url(value):
    result = text(value, "url")
    if not re.match(r"(?i:https?)://.", result, re.DOTALL | re.ASCII):
        raise Broken("url")
    return result


def tier(value):
    result = text(value, "tier").lower()
    if result not in (*TIERS, ""):
        raise Broken("tier")
    return result or None


def mode(value):
    result = text(value, "run_mode")
    result = "refresh24h" if result in ("refresh-24h", "refresh_24h") else result
    if result not in MODES:
        raise Broken("run_mode")
    return result


def boolean(value):
    known = {"1": True, "true": True, "t": True, "yes": True, "y": True, "0": False, "false": False, "f": False, "no": False, "n": False}
    if isinstance(value, float):
        raise Broken("boolean")
    result = known.get(word(value, "boolean").lower())
    if result is None:
        raise Broken("boolean")
    return result


MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6})0{0,3})?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))?")


def timestamp(value):
    """Microseconds since 1970."""
    found = MOMENT.fullmatch(word(value, "timestamp")) if isinstance(value, bytes) else None
    if not found:
        raise Broken("timestamp")
    *parts, fraction, sign, hours, minutes = found.groups()
    try:
        moment = datetime(*map(int, parts))
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            moment += offset if sign == "-" else -offset
    except (ValueError, OverflowError):
        raise Broken("timestamp") from None
    return (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1) + int((fraction or "").ljust(6, "0"))


def vector(value):
    def number(digits):
        if not math.isfinite(float(digits)):
            raise ValueError
        return Decimal(digits)

    def constant(_):
        raise ValueError

    try:
        result = json.loads(text(value, "vector"), parse_int=number, parse_float=number, parse_constant=constant)
    except (ValueError, OverflowError):
        raise Broken("vector") from None
    if not isinstance(result, list) or not all(isinstance(element, Decimal) for element in result):
        raise Broken("vector")
    return result


RULES = {
    "status_id": identity, "url": url, "author_handle": handle, "handle": handle, "tier": tier, "watch_tier": tier, "mode": mode,
    "is_significant": boolean, "vector_json": vector, "dims": lambda value: integer(value, "dims"),
    **dict.fromkeys(
        ["refresh_24h_at", "discovered_at", "last_seen_at", "added_at", "reported_at", "run_at", "updated_at", "created_at"], timestamp),
    **dict.fromkeys([f"refresh_24h_delta_{name}" for name in COUNTERS], lambda value: integer(value, "delta")),
    **dict.fromkeys(
        COUNTERS + [f"initial_{name}" for name in COUNTERS] + [f"{name}_24h" for name in COUNTERS]
        + ["fetched_count", "significant_count", "reported_count"], counter)}


def plain(name):
    """The name as a person takes it: without white space and marks around it, and without case in ASCII."""
    kept = name.strip(SPACE + "\ufeff\u200b\u200c\u200d\u2060")
    return "".join(letter.lower() if letter.isascii() else letter for letter in kept)


class Outcome:
    """What becomes of one table of a snapshot."""

    def __init__(self):
        self.rows = {}
        self.read = 0
        self.duplicate = 0
        # row number → the rules it breaks, as (column, rule)
        self.rejects = {}

    @property
    def rejected(self):
        return len(self.rejects)


def _columns(table):
    key, values = TABLES[TARGETS[table]]
    return [name for name in key + values if name != "observed_at"]


def _normalised(table, sources, row):
    """The row as the archive has to hold it, and the rules that it breaks."""
    target = TARGETS[table]
    result, broken = {}, []
    for column in _columns(table):
        source = sources[column]
        value = next((row[place] for place in source if row[place] is not None), None)
        result[column] = None
        if value is None:
            if column in REQUIRED[target]:
                broken.append((column, "required"))
            result[column] = DEFAULTS.get(target, {}).get(column)
            if column == "significance_version" and not source:
                result[column] = "v1"
            continue
        try:
            result[column] = RULES.get(column, text)(value)
        except Broken as rule:
            broken.append((column, str(rule)))
    if target == "watch_accounts" and result["tier"] is None and not broken:
        broken.append(("tier", "tier"))
    if target == "embeddings" and result["vector_json"] is not None:
        length = len(result["vector_json"])
        if result["dims"] not in (None, 0, length):
            broken.append(("dims", "vector"))
        result["dims"] = length
    if "observed_at" in TABLES[target][1]:
        never = {name: None for name in sources if not sources[name] and name not in REQUIRED[target]}
        result["observed_at"] = never or None
    return result, broken


def sources(table, names):
    """Column → the places that it is read from, best first: of one row the first that has a value."""
    result = {}
    for column in _columns(table):
        # A name to the letter comes before the same one written otherwise.
        result[column] = [
            place for known in [column, *ALIASES[table].get(column, [])]
            for place in sorted((place for place, name in enumerate(names) if plain(name) == known), key=lambda place: names[place] != known)]
    return result


def _table(table, names, rows, posts):
    outcome = Outcome()
    outcome.read = len(rows)
    columns = sources(table, names)
    key = TABLES[TARGETS[table]][0]
    last = {}
    for number, row in enumerate(rows, 1):
        result, broken = _normalised(table, columns, row)
        if broken:
            outcome.rejects[number] = broken
            continue
        identity = tuple(result[name] for name in key)
        rank = (result["last_seen_at"], number) if table == "tweets" else number
        outcome.duplicate += identity in last
        if identity not in last or rank > last[identity][0]:
            last[identity] = (rank, number, result)
    for identity, (_, number, result) in last.items():
        if table in ("reports", "tweet_embeddings") and identity not in posts:
            outcome.rejects[number] = [("status_id", "orphan")]
        else:
            outcome.rows[identity] = result
    return outcome


def _history(posts):
    rows = {}

    def add(post, kind, at, counters):
        row = {"status_id": post["status_id"], "snapshot_type": kind, "snapshot_at": at, "source": "sqlite_migration"}
        rows[post["status_id"], kind, at] = row | dict(zip(COUNTERS, counters))

    for post in posts.values():
        def counters(form, post=post):
            return [post[form.format(name)] if post[form.format(name)] is not None else post[name] for name in COUNTERS]

        add(post, "initial_capture", post["discovered_at"], counters("initial_{}"))
        add(post, "latest_observed", post["last_seen_at"], counters("{}"))
        if post["refresh_24h_at"] is not None:
            add(post, "refresh_24h", post["refresh_24h_at"], counters("{}_24h"))
    return rows


def applied(snapshot):
    """Table of the snapshot → `Outcome`, and the derived history, for an import into an empty archive."""
    outcomes = {}
    for table in TARGETS:
        if table in snapshot:
            posts = outcomes["tweets"].rows if "tweets" in outcomes else {}
            outcomes[table] = _table(table, *snapshot[table], posts)
    return outcomes, _history(outcomes["tweets"].rows) if "tweets" in outcomes else {}
