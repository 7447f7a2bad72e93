"""Rows that go into the archive past the API."""

import json

from support.psql import sql


def insert(database, table, rows):
    """Members of the rows are columns, the same in each."""
    columns = ", ".join(rows[0]) if rows else ""
    # The length of a command line is limited.
    for start in range(0, len(rows), 100):
        literal = json.dumps(rows[start:start + 100]).replace("'", "''")
        sql(database, f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, '{literal}')")
