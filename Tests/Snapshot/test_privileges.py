"""A role with the needed privileges can do the migration; without any single one of them it is told so, before anything is written.

In the real cut-over a privilege that nobody had checked cost 749 rows.
"""

import random
import re
import uuid

import pytest

import small_snapshot as small
from archive_contents import everything, staging_tables
from support.full_run import FULL
from support.psql import sql

MERGED = ("watch_accounts", "posts", "reports", "pipeline_runs", "embeddings")
ARCHIVE = (*MERGED, "post_metrics_snapshots")
MERGING = ("observation_time(JSONB, TEXT, TIMESTAMPTZ)", "merged_observed_at(JSONB, TIMESTAMPTZ, JSONB, TIMESTAMPTZ)")
RANKING = ("velocity(BIGINT, BIGINT, INTERVAL)", "posting_rank(TEXT)")


def on_tables(tables, *privileges):
    return {f"{privilege} ON {table}" for table in tables for privilege in privileges}


def execute(functions):
    return {f"EXECUTE ON FUNCTION {function}" for function in functions}


ANY = {"USAGE ON SCHEMA public", "SELECT ON schema_migrations"}
NEEDED = {
    "import": ANY | execute(MERGING + RANKING) | {"CREATE ON SCHEMA public"} | on_tables(MERGED, "SELECT", "INSERT", "UPDATE")
    | on_tables(["post_metrics_snapshots"], "SELECT", "INSERT", "UPDATE") |
    on_tables(["earlier_texts", "changes"], "INSERT") | on_tables(["batches"], "SELECT", "INSERT", "UPDATE")
    | on_tables(["blocked_handles", "erased_posts"], "SELECT") | on_tables(["import_stages"], "SELECT", "INSERT", "DELETE") | on_tables(["import_confirmations"], "INSERT"),
    "validate": ANY | execute(MERGING) | {"TEMPORARY ON DATABASE {database}"} | on_tables([*ARCHIVE, "batches", "blocked_handles", "erased_posts"], "SELECT"),
    "undo": ANY | execute(RANKING) | on_tables(ARCHIVE, "SELECT", "DELETE") | on_tables(["batches"], "SELECT", "UPDATE") | on_tables(["import_stages"], "DELETE")
    | on_tables(["gone_posts", "import_confirmations"], "SELECT")
    | on_tables(["watch_accounts", "posts", "reports", "embeddings", "post_metrics_snapshots"], "UPDATE") | on_tables(["changes"], "INSERT"),
}


@pytest.fixture
def role(archive, xmonitor):
    """A role of its own with no privilege at all, as which the program connects."""
    name = f"importer_{uuid.uuid4().hex}"
    database = sql(archive, "SELECT current_database()")
    functions = ", ".join(sql(archive, f"SELECT '{function}'::REGPROCEDURE") for function in MERGING + RANKING)
    sql(archive, f"""
        CREATE ROLE {name} LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;
        REVOKE EXECUTE ON FUNCTION {functions} FROM PUBLIC""")
    xmonitor.environment["DATABASE_URL"] = archive.replace("user=xmonitor", f"user={name}")
    yield name
    sql(archive, f"DROP OWNED BY {name}; DROP ROLE {name}")


class Rights:
    def __init__(self, archive, role):
        self.archive, self.role = archive, role
        self.database = sql(archive, "SELECT current_database()")

    def give(self, *privileges):
        sql(self.archive, "; ".join(f"GRANT {privilege.format(database=self.database)} TO {self.role}" for privilege in privileges))

    def take(self, privilege):
        sql(self.archive, f"REVOKE {privilege.format(database=self.database)} FROM {self.role}")


@pytest.fixture
def rights(archive, role):
    return Rights(archive, role)


def command(verb, path):
    return ("snapshot", verb, "--label", "of-the-role") if verb == "undo" else ("snapshot", verb, str(path))


def test_a_role_with_the_needed_privileges_imports_validates_and_undoes(xmonitor, archive, rights):
    path = small.all_tables(xmonitor.folder / "x.db")
    before = everything(archive)
    rights.give(*NEEDED["import"])
    xmonitor(*command("import", path), "--label", "of-the-role")
    xmonitor(*command("import", path), "--label", "of-the-role")
    for privilege in NEEDED["import"] - NEEDED["validate"]:
        rights.take(privilege)
    rights.give(*NEEDED["validate"] - NEEDED["import"])
    xmonitor(*command("validate", path))
    for privilege in NEEDED["validate"] - NEEDED["undo"]:
        rights.take(privilege)
    rights.give(*NEEDED["undo"] - NEEDED["validate"])
    xmonitor(*command("undo", path))
    assert everything(archive) == before


@pytest.mark.parametrize("verb", NEEDED)
def test_each_missing_privilege_is_named_with_its_grant_and_nothing_is_written(xmonitor, archive, rights, verb):
    """The statement that the message names is the remedy: with it the command works."""
    path = small.all_tables(xmonitor.folder / "x.db")
    xmonitor.environment["DATABASE_URL"], as_role = archive, xmonitor.environment["DATABASE_URL"]
    if verb != "import":
        xmonitor(*command("import", path), "--label", "of-the-role")
    xmonitor.environment["DATABASE_URL"] = as_role
    rights.give(*NEEDED[verb])
    before = everything(archive)
    missing = sorted(NEEDED[verb])
    for privilege in missing if FULL else random.Random(verb).sample(missing, 6):
        rights.take(privilege)
        message = xmonitor.fails(*command(verb, path))
        grants = re.findall(r"GRANT .*", message)
        assert len(grants) == 1 and grants[0].endswith(f" TO {rights.role}"), (privilege, message)
        assert same(grants[0], privilege.format(database=rights.database)), (privilege, message)
        assert everything(archive) == before and staging_tables(archive) == []
        sql(archive, grants[0])
    xmonitor(*command(verb, path))


def same(grant, privilege):
    """Whether the GRANT is of this privilege, however Postgres spells the types of a function."""
    spelt = re.sub(r"timestamp with time zone", "timestamptz", grant.lower())
    return re.sub(r"\W+", " ", spelt).startswith(re.sub(r"\W+", " ", f"grant {privilege} to".lower()))


def test_all_that_is_missing_is_named_at_once(xmonitor, archive, rights):
    path = small.all_tables(xmonitor.folder / "x.db")
    rights.give("USAGE ON SCHEMA public", "SELECT ON schema_migrations")
    message = xmonitor.fails(*command("import", path))
    missing = NEEDED["import"] - {"USAGE ON SCHEMA public", "SELECT ON schema_migrations"}
    assert len(re.findall(r"GRANT .*", message)) == len(missing)
    for grant in re.findall(r"GRANT .*", message):
        sql(archive, grant)
    xmonitor(*command("import", path))
