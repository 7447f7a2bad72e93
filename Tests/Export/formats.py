"""Reads each form of a view the way that programs do."""

import csv
import io
import json
import subprocess
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
FORMULA = tuple("=+-@＝＋－＠﹦﹢﹣﹫") + tuple(map(chr, range(32))) + ("\x7f",)
UNSEEN = " \u00a0\u200b\ufeff"


def fetch(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def read_csv(data):
    """Rows by column, without the apostrophes that keep cells from being formulas."""
    text = data.decode()
    assert text.endswith("\r\n")
    return [{name: plain(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def plain(cell):
    return cell[1:] if cell.startswith("'") and cell.lstrip("'" + UNSEEN).startswith(FORMULA) else cell


def is_formula(cell):
    return cell.lstrip(UNSEEN).startswith(FORMULA)


def ids_of_lines(data):
    """By `jq`, which is what people use."""
    done = subprocess.run(["jq", "-c", ".status_id"], input=data, check=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def status_id(tag):
    assert tag.startswith("tag:xmonitor,2026:posts/")
    return urllib.parse.unquote(tag.removeprefix("tag:xmonitor,2026:posts/"))


def pages(address, read):
    """Every page of a feed: `read` gives the next address, or None at the end."""
    while address:
        data = fetch(address)
        address = read(data)
        yield data


def atom_next(data):
    return next((link.get("href") for link in ElementTree.fromstring(data).findall(f"{ATOM}link") if link.get("rel") == "next"), None)


def rss_next(data):
    links = ElementTree.fromstring(data).findall(f"channel/{ATOM}link")
    return next((link.get("href") for link in links if link.get("rel") == "next"), None)


def json_next(data):
    return json.loads(data).get("next_url")


def entries(data):
    """By `feedparser`, which complains of whatever is not as it should be."""
    parsed = feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    assert not parsed.bozo, parsed.bozo_exception
    return parsed.entries


def ids_of_entries(data):
    return [status_id(entry.id) for entry in entries(data)]


def ids_of_items(data):
    return [status_id(item["id"]) for item in json.loads(data)["items"]]


# How to go on, and what is in it.
FEEDS = {"atom": (atom_next, ids_of_entries), "rss": (rss_next, ids_of_entries), "json": (json_next, ids_of_items)}
