"""Databases of every kind: one that cannot hold posts is refused before anything is made in it, and the others are all alike."""

import json
import random
import urllib.parse

import pytest

from front_door import applied, whole_run
from support.full_run import FULL
from support.psql import sql

KINDS = {
    "C": "LOCALE 'C'", "C.UTF-8": "LOCALE 'C.UTF-8'", "a language by ICU": "LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'",
    "Turkish by ICU": "LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'",
}


def made(postgres, name, kind):
    postgres.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    postgres.sql(f"CREATE DATABASE {name} TEMPLATE template0 {kind}")
    return postgres.address(name)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII", "EUC_JP"])
def test_another_encoding_is_refused_and_the_remedy_helps(postgres, xmonitor, encoding):
    address = made(postgres, "odd", f"ENCODING '{encoding}' LOCALE 'C'")
    xmonitor.environment["DATABASE_URL"] = address
    told = xmonitor.fails("schema", "apply")
    assert encoding in told and not applied(address)
    assert sql(address, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == "0"
    postgres.sql("DROP DATABASE IF EXISTS odd_utf8")
    postgres.sql(next(line for line in told.splitlines() if "CREATE DATABASE" in line).partition(": ")[2])
    xmonitor.environment["DATABASE_URL"] = postgres.address("odd_utf8")
    xmonitor("schema", "apply")


def test_all_others_give_the_same_answers(postgres, xmonitor, serve):
    answers = {kind: whole_run(xmonitor, serve, made(postgres, "kind", f"ENCODING 'UTF8' {options}")) for kind, options in KINDS.items()}
    for kind, found in answers.items():
        for path, answer in found.items():
            assert answer == answers["C"][path], (kind, path)


ALPHABET = "aAbBüÜßẞΣσςοΟжЖіІéÉİiIıǄǆ東 -_%"


def folded(text):
    """Lower case letter by letter, and one sigma."""
    return "".join(letter.lower() for letter in text).replace("ς", "σ")


@pytest.mark.parametrize("kind", list(KINDS))
def test_search_folds_case_as_unicode_does(postgres, xmonitor, serve, kind):
    address = made(postgres, "fold", f"ENCODING 'UTF8' {KINDS[kind]}")
    xmonitor.environment["DATABASE_URL"] = address
    xmonitor("schema", "apply")
    draw, server = random.Random(kind), serve(address)
    words = ["ΟΔΟΣ", "οδος", "ΟΔΟΣΑ", "Zürich", "ZÜRICH", "İSTANBUL", "istanbul", "STRASSE straße", "Привіт", "ПРИВІТ"]
    texts = words + ["".join(draw.choices(ALPHABET, k=draw.randrange(3, 25))).strip() or "x" for _ in range(300)]
    server.client.send("posts", [
        {"status_id": str(number), "url": "https://x.example/1", "author_handle": "ada", "body_text": text,
         "discovered_at": "2026-02-01T00:00:00Z", "last_seen_at": "2026-02-01T00:00:00Z"} for number, text in enumerate(texts)])
    parts = words + [text[(start := draw.randrange(len(text))):start + draw.randrange(1, 5)] for text in draw.choices(texts, k=400 if FULL else 40)]
    for part in parts:
        asked = draw.choice([str.lower, str.upper, str])(part).strip()
        if not asked:
            continue
        expected = {str(number) for number, text in enumerate(texts) if folded(asked) in folded(text) or folded(asked) in "ada"}
        found, cursor = set(), ""
        while cursor is not None:
            page = server.client.get(f"/v1/feed?limit=200&q={urllib.parse.quote(asked)}{cursor}").json
            found |= {item["status_id"] for item in page["items"]}
            cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
        assert found == expected, (asked, [texts[int(number)] for number in found ^ expected])
    assert json.loads(sql(address, """SELECT to_json(indexdef LIKE '%und-x-icu%') FROM pg_indexes WHERE indexname = 'posts_search'"""))
