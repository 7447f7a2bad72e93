"""Values that other programs have spoilt are rejected by name; those that only look unusual are taken."""

import json
import sqlite3
from contextlib import closing

import pytest

import small_snapshot as small
from archive_contents import contents

SPOILT_IDS = [
    "2.025E+18", "2.025e18", "2,025E+18", "2025000000000000000.0", "1,234", "1.234.567", "1 234", "2\u00a0025", "2\u202f025", "+2025", "2'025", "'2025",
    '="2025"', "#REF!", "#N/A", "########", "NaN", "nan", " 2.025E+18 ", "-1.5", ".5"]
GOOD_IDS = ["2025000000000000000", "0007", " 7 ", "-7", "p1", "E18", "post-1/é", "a.5", "nancy", "12ab", "x'1", "1e", "1-2"]


@pytest.mark.parametrize("form", ["sqlite", "json"])
def test_an_id_that_a_spreadsheet_spoilt_is_rejected(xmonitor, archive, snapshots, form):
    posts = [small.post(name) for name in SPOILT_IDS + GOOD_IDS]
    tables = {"tweets": posts, "reports": [small.report("2.025E+18"), small.report("p1")]}
    path = small.sqlite(xmonitor.folder / "x.db", **tables) if form == "sqlite" else small.json_lines(xmonitor.folder / "x", **tables)
    summary = snapshots.imports(path)
    assert {key[0] for key in contents(archive, "posts")} == set(GOOD_IDS)
    rejects = [json.loads(line) for line in open(summary["reject_file"], encoding="utf-8")]
    assert [(r["rule"], r["field"], r["value"]) for r in rejects if r["table"] == "tweets"] == [("id", "status_id", name) for name in SPOILT_IDS]
    assert [(r["rule"], r["value"]) for r in rejects if r["table"] == "reports"] == [("id", "2.025E+18")]
    assert snapshots.validates(path)["agrees"]


def test_three_posts_that_a_spreadsheet_made_one_are_rejected_and_not_merged(xmonitor, archive, snapshots):
    path = xmonitor.folder / "x"
    path.mkdir()
    lines = [json.dumps(small.post("ID", body_text=f"text {number}")).replace('"ID"', form)
             for number, form in enumerate(["2.025E+18", "2025000000000000000.0", "2.025e18", "2025000000000000001"])]
    (path / "tweets.jsonl").write_text("\n".join(lines))
    table = snapshots.imports(path)["tables"][0]
    assert (table["inserted"], table["rejected"], table["duplicate"]) == (1, 3, 0)
    assert [(strike["rule"], strike["column"], strike["count"]) for strike in table["rejects"]] == [("id", "status_id", 3)]


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_a_lone_surrogate_of_a_utf16_database_is_rejected_and_not_replaced(xmonitor, archive, snapshots, encoding):
    units = encoding.replace("UTF-16", "utf-16-")
    texts = {
        "lead": "a\ud83d", "trail": "\ude00b", "twice": "\ud83d\ud83d\ude00", "turned": "\ude00\ud83d", "middle": "a\ud83db", "zero": "a\0b",
        "whole": "😀é\u0800\uffff", "replaced": "\ufffd", "mark": "\ufeffbom"}
    path = xmonitor.folder / "x.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA encoding = '{encoding}'")
        names = list(small.post("x"))
        database.execute(f"CREATE TABLE tweets ({', '.join(names)})")
        for name, text in texts.items():
            row = small.post(name, body_text=text.encode(units, "surrogatepass"))
            database.execute(f"INSERT INTO tweets VALUES ({', '.join('?' * len(names))})", list(row.values()))
        # The bytes are stored by now, so they become a text as they are.
        database.execute("UPDATE tweets SET body_text = CAST(body_text AS TEXT)")
        database.commit()
    summary = snapshots.imports(path)
    arrived = {key[0]: row["body_text"] for key, row in contents(archive, "posts").items()}
    assert arrived == {name: texts[name] for name in ("whole", "replaced", "mark")}
    assert {json.loads(line)["rule"] for line in open(summary["reject_file"])} == {"text"}
    xmonitor("snapshot", "export", "x.db", "folder")
    assert [table["rejected"] for table in snapshots.inspects(xmonitor.folder / "folder")["tables"]] == [6]
    xmonitor("snapshot", "take", "x.db", "copy.db")
    assert snapshots.validates(xmonitor.folder / "copy.db")["agrees"]


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it(xmonitor, archive, snapshots):
    path = small.json_lines(xmonitor.folder / "x", tweets=[small.post("p1"), small.post("p2")], runs=[small.run()])
    for name in ("tweets", "runs"):
        file = path / f"{name}.jsonl"
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert [table["rejected"] for table in snapshots.imports(path)["tables"]] == [0, 0]
    assert len(contents(archive, "posts")) == 2
    file.write_bytes(b'{}\n\xef\xbb\xbf{"mode": "both"}\n')
    assert snapshots.inspects(path)["tables"][1]["rejects"][0]["rule"] == "json"


def test_a_fraction_is_taken_whose_digits_behind_the_sixth_are_zeros(xmonitor, archive, snapshots):
    fractions = ["1234560", "12345600", "123456000", "0000000", "000000000"]
    falsified = ["1234561", "12345601", "123456001", "1234560000", "0000000000"]
    path = small.sqlite(
        xmonitor.folder / "x.db", tweets=[small.post(digits, discovered_at=f"2026-02-22T09:30:00.{digits}Z") for digits in fractions + falsified])
    (table,) = snapshots.imports(path)["tables"]
    assert [(strike["rule"], strike["first_keys"]) for strike in table["rejects"]] == [("timestamp", falsified)]
    assert {key[0]: row["discovered_at"] for key, row in contents(archive, "posts").items()} == {
        digits: 1_771_752_600_000_000 + int(digits[:6]) for digits in fractions}
