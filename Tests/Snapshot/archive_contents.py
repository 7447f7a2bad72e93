"""What the tables of the archive hold, asked past the program."""

import json
from decimal import Decimal

from support.psql import sql

# The contract: the key of each table, then its other columns. Batch numbers, ids that are made up, and the times of writing
# are the bookkeeping of one run and not part of it.
COUNTERS = ["likes", "reposts", "replies", "views"]
POST_VALUES = (
    ["url", "author_handle", "author_display", "body_text", "posted_relative", "source_query", "watch_tier", "is_significant",
     "significance_reason", "significance_version"]
    + COUNTERS + [f"initial_{name}" for name in COUNTERS] + [f"{name}_24h" for name in COUNTERS]
    + ["refresh_24h_at", "refresh_24h_status"] + [f"refresh_24h_delta_{name}" for name in COUNTERS]
    + ["discovered_at", "last_seen_at", "observed_at"])

TABLES = {
    "watch_accounts": (["handle"], ["tier", "note", "added_at"]),
    "posts": (["status_id"], POST_VALUES),
    "reports": (["status_id"], ["reported_at", "channel", "summary", "destination", "observed_at"]),
    "pipeline_runs": (
        ["run_at", "mode", "source"], ["fetched_count", "significant_count", "reported_count", "note"]),
    "embeddings": (["status_id"], ["backend", "model", "vector_json", "dims", "text_hash", "updated_at", "created_at"]),
    "post_metrics_snapshots": (["status_id", "snapshot_type", "snapshot_at"], COUNTERS + ["source"]),
}
MOMENTS = {
    "added_at", "reported_at", "run_at", "updated_at", "created_at", "snapshot_at", "refresh_24h_at", "discovered_at", "last_seen_at"}


def columns(table):
    key, values = TABLES[table]
    return key + values


def records(address, query):
    """The rows of `query` as dictionaries; numbers with a fraction as Decimal."""
    # In hexadecimal, because psql does not print every character.
    lines = sql(address, f"SELECT encode(convert_to(row_to_json(r)::TEXT, 'UTF8'), 'hex') FROM ({query}) AS r").split()
    return [json.loads(bytes.fromhex(line), parse_float=Decimal) for line in lines]


def contents(address, table):
    """Key → row of a table; moments as microseconds since 1970."""
    shown = ", ".join(
        f"(extract(epoch FROM {name}) * 1000000)::BIGINT AS {name}" if name in MOMENTS else name for name in columns(table))
    key, _ = TABLES[table]
    return {tuple(row[name] for name in key): row for row in records(address, f"SELECT {shown} FROM {table}")}


def _fingerprints(address, shown):
    parts = [
        f"SELECT '{table.split()[0]}', count(*), md5(string_agg(r::TEXT, E'\\n' ORDER BY r::TEXT COLLATE \"C\")) FROM (SELECT {what} FROM {table}) AS r"
        for table, what in shown.items()]
    return "\n".join(sorted(sql(address, " UNION ALL ".join(parts)).split("\n")))


def contract(address):
    """A digest of each table's contract columns: the same for the same contents, whoever wrote them when."""
    return _fingerprints(address, {table: ", ".join(columns(table)) for table in TABLES})


def everything(address):
    """A digest of each table with the bookkeeping and of the tables beside the archive. That an import was taken back is remembered."""
    return _fingerprints(address, dict.fromkeys([*TABLES, "batches WHERE undone_at IS NULL", "import_stages"], "*"))


def row_versions(address):
    """A digest of which physical version of each row is the present one: any write changes it."""
    return _fingerprints(address, dict.fromkeys([*TABLES, "batches"], "xmin, ctid"))


def schema(address):
    """Every index, constraint and trigger of the archive's tables, as Postgres describes it."""
    tables = ", ".join(f"'{table}'::REGCLASS" for table in TABLES)
    return sql(address, f"""
        SELECT concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid) FROM pg_index WHERE indrelid IN ({tables})
        UNION ALL
        SELECT concat_ws(' ', conrelid::REGCLASS, conname, pg_get_constraintdef(oid), convalidated) FROM pg_constraint
        WHERE conrelid IN ({tables})
        UNION ALL
        SELECT concat_ws(' ', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE tgrelid IN ({tables}) AND NOT tgisinternal
        ORDER BY 1""")


def staging_tables(address):
    return sql(address, "SELECT relname FROM pg_class WHERE relname LIKE 'incoming\\_%' AND relkind = 'r' ORDER BY 1").split()


def key_text(table, row=""):
    """SQL for the key of a row as the validation shows it."""
    return "concat_ws(' | ', " + ", ".join(f"{row}{name}::TEXT" for name in TABLES[table][0]) + ")"


def analyzed(address):
    """When each table's statistics were last taken by command; empty where they never were."""
    return sql(address, "SELECT relname, last_analyze FROM pg_stat_user_tables WHERE relname IN ('posts', 'post_metrics_snapshots') ORDER BY relname")
