"""What programs that read feeds and tables make of nasty texts."""

import csv
import html
import io
import json
import random
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import pytest

from formats import ATOM, entries, fetch, is_formula, plain, read_csv, status_id
from random_views import TEXTS, fill
from spreadsheet import opened
from support.full_run import FULL
from support.psql import sql


def every_text(address):
    fill(address, random.Random(2), 400)


@pytest.fixture
def server(filled, serve):
    return serve(filled(every_text))


@pytest.fixture
def stored(server):
    rows = json.loads(sql(server.database, """
        SELECT json_agg(to_jsonb(p) || jsonb_build_object('reported', r.status_id IS NOT NULL))
        FROM posts AS p LEFT JOIN reports AS r USING (status_id)"""))
    assert {row["body_text"] for row in rows} == set(TEXTS)
    return {row["status_id"]: row for row in rows}


def in_xml(text):
    """What of `text` XML 1.0 can hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text or "")


def meant(text):
    """What X escaped, as it was meant."""
    return re.sub("&(amp|lt|gt);", lambda found: {"amp": "&", "lt": "<", "gt": ">"}[found[1]], text or "")


def by_csv_module(data, _folder):
    cells = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    return [[(cell, is_formula(cell) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)) for cell in row] for row in cells]


def by_libreoffice(data, folder):
    assert any(cell.formula for row in opened(b"=1+1\r\n", folder) for cell in row), "it would not show a formula"
    return [[(cell.text, cell.formula) for cell in row] for row in opened(data, folder)]


@pytest.mark.parametrize("shown", [by_csv_module, by_libreoffice] if FULL else [by_csv_module])
def test_no_cell_is_a_formula_whoever_opens_the_table(server, stored, tmp_path, shown):
    columns, *rows = shown(fetch(f"{server.address}/v1/feed.csv"), tmp_path)
    assert len(rows) == len(stored)
    assert not [cell for row in rows for cell in row if cell[1]]
    by_url = {post["url"]: post for post in stored.values()}
    for row in rows:
        # What is empty at the end of a row is not shown.
        cells = dict(zip((name for name, _ in columns), (text for text, _ in row), strict=False))
        post = by_url[cells["url"]]
        for name in ("body_text", "author_display", "significance_reason", "source_query", "author_handle"):
            text = post[name] or ""
            # No spreadsheet has a way to show most control characters, and lines end in one way in it.
            if shown is by_csv_module or in_xml(text) == text:
                assert lines(plain(cells.get(name, ""))) == lines(text), name


def shown(text):
    """What a reader shows of HTML without elements, but for line breaks."""
    assert not re.search("<(?!br>)|&(?!amp;|lt;|gt;)", text)
    return html.unescape(text.replace("<br>\n", "\n"))


def lines(text):
    return re.sub("\r\n?", "\n", text)


def test_every_text_and_number_comes_back(server, stored):
    rows = read_csv(fetch(f"{server.address}/v1/feed.csv"))
    assert len(rows) == len(stored)
    for row in rows:
        post = stored[row["status_id"]]
        for name in ("body_text", "author_display", "significance_reason", "source_query", "watch_tier", "url", "author_handle"):
            assert row[name] == (post[name] or ""), name
        assert [row[name] for name in ("likes", "views")] == [str(post[name]) for name in ("likes", "views")]
        velocity = post["views_velocity"]
        assert row["views_per_hour"] == ("" if velocity is None else f"{velocity / 1000:g}")


def test_feeds_are_read_without_a_complaint_and_as_text(server, stored):
    seen = set()
    for form in ("atom", "rss"):
        data = fetch(f"{server.address}/v1/feed.{form}?limit=200")
        for entry in entries(data):
            post = stored[status_id(entry.id)]
            seen.add(post["body_text"])
            # At X, and in the archive, where it stays.
            for link in entry.links:
                if link.rel == "related":
                    assert urllib.parse.unquote(link.href) == f"{server.address}/posts/{status_id(entry.id)}"
                else:
                    assert link.href.startswith("https://x.com/")
            assert "related" in [link.rel for link in entry.links]
            tags = [post["watch_tier"], post["is_significant"] and "significant", post["reported"] and "reported"]
            assert [tag.term for tag in entry.get("tags", [])] == [tag for tag in tags if tag]
            assert entry.published_parsed and entry.title
        assert not re.search(rb"<(script|b)\\b", data)
    assert len(seen) > len(TEXTS) / 2
    atom = ElementTree.fromstring(fetch(f"{server.address}/v1/feed.atom?limit=200"))
    for entry in atom.findall(f"{ATOM}entry"):
        post = stored[status_id(entry.findtext(f"{ATOM}id"))]
        # A text with nothing to see in it is left out.
        text = post["body_text"] if re.search("[^\\s\x00-\x1f\u200b\ufeff]", post["body_text"] or "") else ""
        assert shown(entry.findtext(f"{ATOM}content", "")) == lines(in_xml(meant(text)))
        assert shown(entry.findtext(f"{ATOM}summary", "")) == in_xml(post["significance_reason"])
    for item in json.loads(fetch(f"{server.address}/v1/feed.json?limit=200"))["items"]:
        assert item["content_text"] == meant(stored[status_id(item["id"])]["body_text"])
