"""Keys are made, listed, rotated and revoked on the command line; their secrets are shown once and kept nowhere."""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from support.psql import sql

SECRET = re.compile(r"xmk_[A-Za-z0-9_-]{43}\n")


def keys(xmonitor):
    return json.loads(xmonitor("keys", "list", "--json"))["keys"]


def create(xmonitor, *arguments, name="collector", scopes="ingest"):
    return xmonitor("keys", "create", "--name", name, "--scopes", scopes, *arguments).strip()


def in_days(moment, days):
    lies = datetime.fromisoformat(moment) - datetime.now(UTC)
    return timedelta(days=days, hours=-1) < lies <= timedelta(days=days)


def test_the_secret_stands_alone_on_standard_output_and_only_its_hash_is_kept(xmonitor, archive):
    secret = xmonitor("keys", "create", "--name", "collector", "--scopes", "read,ingest")
    assert SECRET.fullmatch(secret)
    assert "collector (1)" in xmonitor.stderr and secret.strip() not in xmonitor.stderr
    assert sql(archive, "SELECT encode(digest, 'hex'), prefix FROM access_keys") == f"{sha256(secret.strip().encode()).hexdigest()}|{secret[:8]}"
    key, = keys(xmonitor)
    assert (key["prefix"], key["name"], key["scopes"], key["state"], key["last_used_at"]) == (secret[:8], "collector", ["read", "ingest"], "good", None)
    assert re.fullmatch(r".+@.+ \(command line\)", key["created_by"])
    assert in_days(key["expires_at"], 365)
    for output in (xmonitor.stdout, xmonitor("keys", "list"), sql(archive, "SELECT * FROM access_keys, audit_events")):
        assert secret[8:].strip() not in output


def test_json_holds_the_secret_and_everything_else(xmonitor, archive):
    made = json.loads(xmonitor("keys", "create", "--name", "a", "--scopes", "ops", "--expires", "never", "--json"))
    assert SECRET.fullmatch(made["key"] + "\n") and made["expires_at"] is None and made["scopes"] == ["ops"]
    assert keys(xmonitor) == [{name: value for name, value in made.items() if name != "key"}]


@pytest.mark.parametrize("expires, days", [("90d", 90), ("48h", 2)])
def test_a_key_lives_as_long_as_is_said(xmonitor, archive, expires, days):
    create(xmonitor, "--expires", expires)
    assert in_days(keys(xmonitor)[0]["expires_at"], days)


def test_a_day_is_meant_in_utc(xmonitor, archive):
    create(xmonitor, "--expires", "2999-01-31")
    assert keys(xmonitor)[0]["expires_at"] == "2999-01-31T00:00:00.000000Z"


def test_a_rotated_key_has_a_successor_of_its_kind_and_lives_on_for_the_time_that_is_said(xmonitor, archive):
    create(xmonitor, "--expires", "90d", scopes="read,ingest")
    made = json.loads(xmonitor("keys", "rotate", "1", "--overlap", "12h", "--json"))
    old, new = keys(xmonitor)
    assert (new["id"], new["name"], new["scopes"], new["prefix"]) == (2, old["name"], old["scopes"], made["prefix"])
    assert in_days(new["expires_at"], 90) and old["state"] == "rotated" and new["state"] == "good"
    assert made["old_good_until"] == old["revoked_at"]
    lives = datetime.fromisoformat(old["revoked_at"]) - datetime.now(UTC)
    assert timedelta(hours=11) < lives <= timedelta(hours=12)
    assert "successor" in xmonitor.fails("keys", "rotate", "1")
    # It can be ended before its time.
    xmonitor("keys", "revoke", "1")
    assert keys(xmonitor)[0]["state"] == "revoked"


def test_a_feed_token_is_rotated_with_its_view(xmonitor, archive):
    create(xmonitor, "--view", "tier=teammate", scopes="feed", name="Ada")
    assert re.fullmatch(r"xmf_[A-Za-z0-9_-]{43}\n", xmonitor("keys", "rotate", "1", "--overlap", "0d"))
    old, new = keys(xmonitor)
    assert old["state"] == "revoked" and (new["view"], new["scopes"]) == ("tier=teammate", ["feed"])


def test_a_key_is_revoked_by_its_number_or_its_first_letters(xmonitor, archive):
    first, second = create(xmonitor), create(xmonitor)
    xmonitor("keys", "revoke", "1")
    xmonitor("keys", "revoke", second[:8])
    assert [key["state"] for key in keys(xmonitor)] == ["revoked", "revoked"]
    assert "was revoked at" in xmonitor.fails("keys", "revoke", first[:8])
    assert "was revoked at" in xmonitor.fails("keys", "rotate", "2")
    assert "no key 3" in xmonitor.fails("keys", "revoke", "3")


def test_letters_that_several_keys_begin_with_name_none(xmonitor, archive):
    for name in ("one", "two"):
        create(xmonitor, name=name)
    sql(archive, "UPDATE access_keys SET prefix = 'xmk_same'")
    message = xmonitor.fails("keys", "revoke", "xmk_same")
    assert "1 (one), 2 (two)" in message
    xmonitor("keys", "revoke", "1")
    # Of those that begin with them one is good.
    xmonitor("keys", "revoke", "xmk_same")
    assert {key["state"] for key in keys(xmonitor)} == {"revoked"}


def test_a_whole_key_on_the_command_line_is_refused_and_not_repeated(xmonitor, archive):
    secret = create(xmonitor)
    for verb in ("revoke", "rotate"):
        message = xmonitor.fails("keys", verb, secret)
        assert "first 8 letters" in message and secret[8:] not in message.replace("\n", "")


def test_the_feed_tokens_of_a_reader_who_left_end_together(xmonitor, archive):
    for _ in range(3):
        create(xmonitor, "--view", "", scopes="feed")
    sql(archive, "UPDATE access_keys SET owner = 'ada@example.com' WHERE id < 3")
    assert xmonitor("keys", "revoke", "--owner", "Ada@example.com").count("Revoked") == 2
    assert [key["state"] for key in keys(xmonitor)] == ["revoked", "revoked", "good"]
    assert "has no feed token" in xmonitor("keys", "revoke", "--owner", "ada@example.com")


def test_what_was_done_is_in_the_audit_in_the_name_of_who_did_it(xmonitor, archive):
    create(xmonitor)
    xmonitor("keys", "rotate", "1")
    xmonitor("keys", "revoke", "2")
    audit = sql(archive, "SELECT action, subject, principal = (SELECT created_by FROM access_keys LIMIT 1) FROM audit_events ORDER BY id")
    assert audit.splitlines() == ["key.created|collector (1)|t", "key.rotated|collector (1)|t", "key.revoked|collector (2)|t"]


def test_a_key_and_its_audit_are_made_together_or_not_at_all(xmonitor, archive):
    sql(archive, "ALTER TABLE audit_events ADD CONSTRAINT no_more CHECK (false) NOT VALID")
    xmonitor.fails("keys", "create", "--name", "a", "--scopes", "read")
    assert keys(xmonitor) == []


@pytest.mark.parametrize("arguments, reason", [
    (("--scopes", "reed"), "read, feed, ingest, ops"),
    (("--scopes", ""), "read, feed, ingest, ops"),
    (("--scopes", "feed"), "--view"),
    (("--scopes", "feed,read", "--view", ""), "stands alone"),
    (("--scopes", "read", "--view", "tier=teammate"), "Only a key with the scope feed"),
    (("--scopes", "feed", "--view", "tier=nobody"), "teammate, influencer, ecosystem"),
    (("--scopes", "feed", "--view", "teir=teammate"), "no such parameter"),
    (("--scopes", "feed", "--view", "cursor=x"), "no such parameter"),
    (("--scopes", "feed", "--view", "sort=best"), "discovered, posted"),
    (("--scopes", "read", "--expires", "soon"), "as 90d"),
    (("--scopes", "read", "--expires", "0d"), "as 90d"),
    (("--scopes", "read", "--expires", "2020-01-01"), "is over"),
    (("--scopes", "read", "--expires", "2026-02-30"), "as 90d"),
])
def test_what_is_wrong_is_said_before_anything_is_made(xmonitor, archive, arguments, reason):
    assert reason in xmonitor.fails("keys", "create", "--name", "a", *arguments)
    assert keys(xmonitor) == []


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "\u202eevil", "x" * 101])
def test_a_name_is_a_line_that_people_can_read(xmonitor, archive, name):
    assert "1 to 100 characters" in xmonitor.fails("keys", "create", "--name", name, "--scopes", "read")


def test_the_list_of_no_keys_says_how_to_make_one(xmonitor, archive):
    assert "keys create" in xmonitor("keys", "list")


def test_a_database_without_the_schema_is_named(xmonitor, database):
    assert "schema apply" in xmonitor.fails("keys", "list")
