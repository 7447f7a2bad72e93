"""One wrong cell or row at a time, made past the program, and mended again."""

from contextlib import contextmanager

from archive_contents import COUNTERS, MOMENTS, TABLES, columns, key_text, records
from support.psql import sql

# Foreign keys are not looked at, so that one damage is one damage; checks, unique keys and NOT NULL are.
_PAST_FOREIGN_KEYS = "SET session_replication_role = replica; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';"

# A valid other value. A column that is not named here goes by its type, in `other`.
_OTHERS = {
    "url": "url || '/changed'",
    "watch_tier": "CASE watch_tier WHEN 'teammate' THEN 'ecosystem' ELSE 'teammate' END",
    "tier": "CASE tier WHEN 'teammate' THEN 'ecosystem' ELSE 'teammate' END",
    "mode": "CASE mode WHEN 'manual' THEN 'both' ELSE 'manual' END",
    "snapshot_type": "CASE snapshot_type WHEN 'refresh_24h' THEN 'initial_capture' ELSE 'refresh_24h' END",
    "is_significant": "NOT is_significant",
    "observed_at": """coalesce(observed_at, '{}') || '{"views": "2001-01-01T00:00:00.000000Z"}'""",
    # A vector and its length cannot be changed apart: a constraint has them agree.
    "vector_json": "jsonb_set(vector_json || '0.5', '{0}', '0.25')",
}
# What is changed together with the column.
TOGETHER = {"vector_json": {"dims": "dims + 1"}, "dims": {"vector_json": "vector_json || '0.5'"}}


def other(table, name, rng):
    """SQL for a valid value of the column that is not the present one."""
    if name in _OTHERS:
        return _OTHERS[name]
    if name in MOMENTS:
        return f"coalesce({name}, '2026-01-01T00:00:00Z') + INTERVAL '{rng.choice(['', '-'])}1 microsecond'"
    if name.startswith("refresh_24h_delta_"):
        return f"coalesce({name} # 1, 0)"
    if name == "dims":
        return "dims + 1"
    if name in COUNTERS or name.endswith(("_24h", "_count")) or name.startswith("initial_"):
        return f"coalesce({name} # 1, 0)"
    if name in ("author_handle", "handle") or name in TABLES[table][0]:
        return f"{name} || 'x'"
    return f"""coalesce({name} || {rng.choice(["'x'", "' '"])}, '')"""


def some_row(address, table, rng):
    """The place of a row in the table."""
    count = int(sql(address, f"SELECT count(*) FROM {table}"))
    order = ", ".join(TABLES[table][0])
    return sql(address, f"SELECT ctid FROM {table} ORDER BY {order} OFFSET {rng.randrange(count)} LIMIT 1")


def _shown(address, table, place):
    """The key of the row and its cells, as text."""
    cells = ", ".join(f"{name}::TEXT AS {name}" for name in columns(table))
    return records(address, f"SELECT {key_text(table)} AS shown_key, {cells} FROM {table} WHERE ctid = '{place}'")[0]


def _run(address, *statements):
    return sql(address, " ".join([_PAST_FOREIGN_KEYS, *statements]))


@contextmanager
def changed(address, table, changes, place):
    """The row before and after `changes`, column → SQL."""
    address_utc = _with_utc(address)
    before = _shown(address_utc, table, place)
    assignments = ", ".join(f"{name} = {value}" for name, value in changes.items())
    _run(address, f"CREATE TABLE mended AS SELECT * FROM {table} WHERE ctid = '{place}';")
    damaged = _run(address, f"UPDATE {table} SET {assignments} WHERE ctid = '{place}' RETURNING ctid")
    yield before, _shown(address_utc, table, damaged)
    _run(address, f"DELETE FROM {table} WHERE ctid = '{damaged}'; INSERT INTO {table} SELECT * FROM mended; DROP TABLE mended;")


@contextmanager
def removed(address, table, place):
    """The row that is not there."""
    before = _shown(_with_utc(address), table, place)
    _run(address, f"CREATE TABLE mended AS SELECT * FROM {table} WHERE ctid = '{place}'; DELETE FROM {table} WHERE ctid = '{place}';")
    yield before
    _run(address, f"INSERT INTO {table} SELECT * FROM mended; DROP TABLE mended;")


@contextmanager
def added(address, table, place, batch):
    """A row like the one at `place` under a key of its own, as if the batch had brought it."""
    names = [name for name in sql(
        address, f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::REGCLASS AND attnum > 0").split() if name != "id"]
    key = TABLES[table][0]
    changed_key = {"pipeline_runs": "run_at", "post_metrics_snapshots": "snapshot_at"}.get(table, key[0])
    new = {"inserted_by": batch, "updated_by": "NULL", changed_key: f"{changed_key} + INTERVAL '1 hour'" if changed_key in MOMENTS else
           f"{changed_key} || 'added'"}
    values = ", ".join(new.get(name, name) for name in names)
    place = _run(address, f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE ctid = '{place}' RETURNING ctid")
    yield _shown(_with_utc(address), table, place)
    _run(address, f"DELETE FROM {table} WHERE ctid = '{place}'")


def _with_utc(address):
    return address + "&options=-c%20TimeZone%3DUTC%20-c%20DateStyle%3DISO"
