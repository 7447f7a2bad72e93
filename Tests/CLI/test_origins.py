"""Origins that no browser would send are refused before anything is started."""

import pytest


@pytest.mark.parametrize("origin", [
    "*", "feed.example.com", "https://feed.example.com/", "https://feed.example.com/feed", "ftp://feed.example.com", "https://", "null",
    "https://*.example.com", "https://user@feed.example.com", "https://feed.example.com:443", "http://feed.example.com:80",
    "https://feed.example.com:0", "https://feed.example.com:65536", "https://feed.example.com?a", "https://feed .example.com",
])
def test_what_is_no_origin_is_refused(xmonitor, database, origin):
    xmonitor.environment["XMONITOR_CORS_ORIGINS"] = f"https://good.example.com,{origin}"
    sentence = xmonitor.fails("serve")
    assert "XMONITOR_CORS_ORIGINS" in sentence and f'"{origin}"' in sentence


@pytest.mark.parametrize("origins", [
    "https://feed.example.com", " https://feed.example.com , http://localhost:3000,", "http://127.0.0.1:8080", "http://[::1]:8080", "HTTPS://Feed.Example.com:8443",
])
def test_what_is_one_is_not(xmonitor, database, origins):
    xmonitor.environment["XMONITOR_CORS_ORIGINS"] = origins
    assert "XMONITOR_CORS_ORIGINS" not in xmonitor.fails("serve")  # the schema is not there
