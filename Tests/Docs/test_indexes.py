"""Every index of the schema is justified in the data model, and none that is not there."""

import re
from pathlib import Path

from support.psql import sql

ROOT = Path(__file__).parents[2]


def test_every_index_has_a_query(archive):
    there = set(sql(archive, """
        SELECT string_agg(indexrelid::regclass::TEXT, ' ') FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = 'public'::regnamespace AND NOT indisprimary""").split())
    section = (ROOT / "docs/data-model.md").read_text().split("## Indexes")[1]
    documented = set(re.findall(r"^\| `(\w+)` \|", section, re.M))
    assert documented == there
