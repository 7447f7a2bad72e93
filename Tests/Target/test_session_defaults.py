"""What roles and databases have as defaults for people who type: it is harmless, or refused with the statement that mends it."""

import re
import uuid

import pytest

from front_door import applied, whole_run
from support.full_run import FULL
from support.psql import sql

HARMLESS = {
    "statement_timeout": "1", "lock_timeout": "1", "idle_in_transaction_session_timeout": "1", "idle_session_timeout": "1",
    "default_transaction_isolation": "serializable", "default_transaction_deferrable": "on", "DateStyle": "SQL, DMY",
    "IntervalStyle": "sql_standard", "TimeZone": "Pacific/Apia", "bytea_output": "escape", "extra_float_digits": "-15",
    "standard_conforming_strings": "off", "array_nulls": "off", "transform_null_equals": "on", "gin_fuzzy_search_limit": "1",
    "exit_on_error": "on", "client_encoding": "LATIN1", "client_min_messages": "log", "quote_all_identifiers": "on",
    "row_security": "off", "enable_indexscan": "off", "enable_seqscan": "off", "plan_cache_mode": "force_generic_plan", "work_mem": "64",
    "escape_string_warning": "on", "check_function_bodies": "off", "xmlbinary": "hex", "backslash_quote": "off",
}


@pytest.fixture
def odd(postgres):
    """A database, the role that owns it, and what takes a default: SQL, before which ALTER ROLE or DATABASE goes."""
    name = f"odd_{uuid.uuid4().hex[:12]}"
    postgres.sql(f"CREATE ROLE {name} LOGIN")
    postgres.sql(f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    yield name, postgres.address(name).replace("user=xmonitor", f"user={name}")
    postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")
    postgres.sql(f"DROP ROLE {name}")


@pytest.fixture(scope="module")
def plain():
    """What a role without defaults gets; found out once."""
    return {}


def usual(plain, postgres, xmonitor, serve):
    if not plain:
        postgres.sql("CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        plain.update(whole_run(xmonitor, serve, postgres.address("plain")))
    return plain


@pytest.mark.parametrize("names", [list(HARMLESS)] + ([[name] for name in HARMLESS] if FULL else []), ids=lambda names: "+".join(names)[:40])
def test_harmless_defaults_change_nothing(postgres, odd, plain, xmonitor, serve, names):
    name, address = odd
    expected = usual(plain, postgres, xmonitor, serve)
    for setting in names:
        postgres.sql(f"ALTER ROLE {name} SET {setting} = '{HARMLESS[setting]}'")
    found = whole_run(xmonitor, serve, address)
    for path, answer in expected.items():
        assert found[path] == answer, path


SEARCH_PATHS = {"nowhere": "", "elsewhere": "CREATE SCHEMA elsewhere", "shadow, public": "CREATE SCHEMA shadow; CREATE TABLE shadow.posts ()",
                "public, pg_catalog": ""}
REFUSED = [("default_transaction_read_only", "on"), ("session_replication_role", "replica")] + [("search_path", path) for path in SEARCH_PATHS]


# In an empty database a schema of its own is a place like any other.
CASES = [(setting, value, before) for setting, value in REFUSED for before in (True, False)
         if not (before and value in ("elsewhere", "shadow, public"))]


@pytest.mark.parametrize("setting, value, before", CASES)
def test_others_are_refused_with_what_mends_them(postgres, odd, xmonitor, serve, setting, value, before):
    name, address = odd
    if setting == "session_replication_role":
        postgres.sql(f"ALTER ROLE {name} SUPERUSER")
    sql(address, SEARCH_PATHS.get(value) or "SELECT")
    xmonitor.environment["DATABASE_URL"] = address
    if not before:
        xmonitor("schema", "apply")
    postgres.sql(f"ALTER ROLE {name} SET {setting} = {value}")
    told = xmonitor.fails(*(("schema", "apply") if before else ("snapshot", "undo", "--label", "first")))
    assert applied(address) == (not before)
    remedies = re.findall(r"ALTER ROLE .*", told)
    assert remedies and setting in remedies[0], told
    if setting != "default_transaction_read_only" and not before:
        assert remedies[0] in xmonitor.fails("serve")
    for remedy in remedies:
        postgres.sql(remedy)
    if FULL:
        whole_run(xmonitor, serve, address)
    else:
        xmonitor("schema", "apply")
        assert serve(address).client.get("/health/ready").status == 200


def test_the_options_of_the_connection_string_go_before_ours(odd, xmonitor):
    _, address = odd
    xmonitor.environment["DATABASE_URL"] = address + "&options=-csearch_path%3Down"
    sql(address, "CREATE SCHEMA own")
    xmonitor("schema", "apply")
    assert sql(address, "SELECT schemaname FROM pg_tables WHERE tablename = 'posts'") == "own"


def test_pg_trgm_out_of_sight_is_told(postgres, odd, xmonitor):
    name, address = odd
    postgres.sql(f"ALTER ROLE {name} SUPERUSER")
    sql(address, "CREATE SCHEMA extensions; CREATE EXTENSION pg_trgm SCHEMA extensions")
    xmonitor.environment["DATABASE_URL"] = address
    told = xmonitor.fails("schema", "apply")
    assert not applied(address)
    postgres.sql(re.search(r"ALTER ROLE .*", told)[0])
    xmonitor("schema", "apply")
