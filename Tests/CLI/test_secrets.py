"""A secret is a secret: none of no bytes, none that is short without a word, and none that is printed."""

import json

import pytest

SECRETS = ["DATABASE_URL", "XMONITOR_READ_DATABASE_URL", "XMONITOR_OIDC_CLIENT_SECRET", "XMONITOR_SESSION_KEYS", "XMONITOR_INGEST_SHARED_SECRET",
           "XMONITOR_API_KEY", "XMONITOR_INGEST_KEYS", "XMONITOR_SMOKE_KEY", "XMONITOR_CURSOR_KEY"]
LONG = "0123456789abcdef"


def test_these_are_all_secrets(xmonitor):
    names = json.loads(xmonitor("config", "--json"))
    for name in names:
        xmonitor.environment[name] = LONG + "=" + LONG
    xmonitor.environment |= {name: "1" for name in names if name not in SECRETS}
    xmonitor.environment |= {"XMONITOR_PREPARED_STATEMENTS": "true", "XMONITOR_PUBLIC_URL": "http://h", "XMONITOR_CORS_ORIGINS": "http://h",
                             "XMONITOR_BATCH_MAXIMUM_BYTES": "2000", "XMONITOR_READ_ACCESS": "keys", "XMONITOR_RATE_LIMITS": "true",
                             "XMONITOR_TRUSTED_PROXIES": "10.0.0.0/8", "XMONITOR_OIDC_ISSUER": "https://h",
                             "XMONITOR_DB_AUTH": "password", "XMONITOR_SECRETS": "", "XMONITOR_GONE_POSTS": "show", "XMONITOR_WEB_ROOT": "",
                             "DATABASE_URL": f"password={LONG}", "XMONITOR_READ_DATABASE_URL": f"password={LONG}"}
    shown = json.loads(xmonitor("config", "--json"))
    assert [name for name, shown in shown.items() if shown["value"] == "(set, not shown)"] == SECRETS
    assert [name for name, shown in shown.items() if shown["secret"]] == SECRETS


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("content", ["", "\n", " \t\r\n \n", "\u00a0\n"])
def test_an_empty_file_is_no_secret(xmonitor, name, content):
    (xmonitor.folder / "secret").write_text(content)
    xmonitor.environment[name + "_FILE"] = "secret"
    for command in ("serve", "config", "up"):
        message = xmonitor.fails(command)
        assert f"{name}_FILE" in message and " secret, " in message and "empty" in message


def test_a_file_that_is_no_text_is_no_secret(xmonitor):
    (xmonitor.folder / "secret").write_bytes(b"\xff\xfe\x00")
    xmonitor.environment["XMONITOR_API_KEY_FILE"] = "secret"
    message = xmonitor.fails("config")
    assert "XMONITOR_API_KEY_FILE" in message and "UTF-8" in message


def test_a_secret_in_the_place_of_its_path_is_not_shown(xmonitor):
    for secret in ("hunter2hunter2hunter2", "hunter2/hunter2", "hunter2" * 60):
        xmonitor.environment["XMONITOR_API_KEY_FILE"] = secret
        message = xmonitor.fails("config")
        assert "XMONITOR_API_KEY_FILE (environment)" in message and "path" in message and "hunter2" not in message


def test_a_file_without_an_end_is_no_secret(xmonitor):
    xmonitor.environment["XMONITOR_API_KEY_FILE"] = "/dev/zero"
    assert "/dev/zero" in xmonitor.fails("config")


def test_a_file_that_another_user_keeps_is_named(ordinary):
    (ordinary.folder / "secret").write_text(LONG)
    (ordinary.folder / "secret").chmod(0)
    ordinary.environment["XMONITOR_API_KEY_FILE"] = "secret"
    message = ordinary.fails("config")
    assert "XMONITOR_API_KEY_FILE" in message and "permissions" in message


@pytest.mark.parametrize("name", SECRETS)
def test_white_space_is_no_secret(xmonitor, name):
    xmonitor.environment[name] = "  "
    assert name in xmonitor.fails("config")


@pytest.mark.parametrize("keys", ["laptop=", "=hunter2hunter2hunter2", "laptop", "laptop=hunter2hunter2hunter2,", ",laptop=hunter2hunter2hunter2",
                                  "laptop=hunter2hunter2hunter2,,other=hunter2hunter2hunter2", " = ", ",", "laptop= ,other=hunter2hunter2hunter2"])
def test_a_list_of_keys_has_no_empty_part(xmonitor, keys):
    xmonitor.environment["XMONITOR_INGEST_KEYS"] = keys
    for command in ("serve", "config"):
        message = xmonitor.fails(command)
        assert "XMONITOR_INGEST_KEYS" in message and "hunter2" not in message


def test_a_short_key_is_warned_of_and_a_long_one_is_not(xmonitor):
    xmonitor.environment |= {"XMONITOR_API_KEY": "hunter2", "XMONITOR_INGEST_SHARED_SECRET": LONG,
                             "XMONITOR_INGEST_KEYS": f"laptop={LONG[1:]},desk={LONG}"}
    xmonitor("config")
    warnings = xmonitor.stderr.splitlines()
    assert len(warnings) == 2 and all("16 bytes" in warning for warning in warnings)
    assert "XMONITOR_API_KEY " in warnings[0] and "laptop" in warnings[1]
    assert "hunter2" not in xmonitor.stdout + xmonitor.stderr and LONG[1:] not in xmonitor.stdout + xmonitor.stderr


def test_a_short_cursor_key_is_refused(xmonitor):
    xmonitor.environment["XMONITOR_CURSOR_KEY"] = "hunter2hunter2h"
    for command in ("serve", "config"):
        message = xmonitor.fails(command)
        assert "XMONITOR_CURSOR_KEY" in message and "16 bytes" in message and "hunter2" not in message
    xmonitor.environment["XMONITOR_CURSOR_KEY"] += "h"
    xmonitor("config")


def test_the_line_ends_of_another_system_do_not_show_the_secrets_behind_them(xmonitor):
    lines = ["XMONITOR_PORT=8310", "XMONITOR_API_KEY=hunter2hunter2hunter2", "DATABASE_URL=postgresql://u:hunter2@127.0.0.1:1/x", ""]
    (xmonitor.folder / ".env").write_bytes("\r".join(lines).encode())
    for command in ("config", "serve", "up"):
        message = xmonitor.fails(command)
        assert ".env:1 " in message and "control character" in message and "hunter2" not in message
    (xmonitor.folder / ".env").write_bytes("\r\n".join(lines).encode())
    shown = json.loads(xmonitor("config", "--json"))
    assert shown["XMONITOR_PORT"] == {"value": "8310", "secret": False, "from": ".env:1"} and shown["DATABASE_URL"]["from"] == ".env:3"
    assert "hunter2" not in xmonitor.stdout


@pytest.mark.parametrize("access", ["", "oidc", "public"])
@pytest.mark.parametrize("name", ["XMONITOR_PUBLIC_URL", "XMONITOR_OIDC_ISSUER"])
def test_a_password_in_an_address_is_not_shown(xmonitor, name, access):
    xmonitor.environment |= {"XMONITOR_READ_ACCESS": access, name: "https://u:hunter2@host"}
    for command in ("serve", "config"):
        message = xmonitor.fails(command)
        assert name in message and "hunter2" not in message
