"""How a function starts, and what keeps it from starting."""

import subprocess

import pytest

from function_settings import KEY
from gateway_events import HTTPAnswer, http_event
from support.private_postgres import PrivatePostgres
from support.waiting import until


@pytest.mark.parametrize("handler, more, sentence", [
    ("api", {"XMONITOR_POOL_SIZE": "many"}, "XMONITOR_POOL_SIZE"), ("api", {"XMONITOR_READ_ACCESS": ""}, "XMONITOR_READ_ACCESS"),
    ("api", {"XMONITOR_READ_ACCESS": "oidc"}, "XMONITOR_OIDC_ISSUER"), ("auth", {"XMONITOR_READ_ACCESS": "oidc"}, "XMONITOR_OIDC_ISSUER"),
    ("nothing", {}, "\"nothing\""), ("", {}, "one of"), ("api", {"XMONITOR_WEB_ROOT": "/nowhere"}, "XMONITOR_WEB_ROOT")])
def test_a_senseless_setting_is_an_error_of_the_start(function, archive, handler, more, sentence):
    failed = function(handler, archive, **more).fails()
    assert failed["errorType"] == "Init.Failed" and sentence in failed["errorMessage"], failed
    for inner in ("Swift", "Optional(", "Fatal", "Error(", "0x"):
        assert inner not in failed["errorMessage"]


def test_a_function_without_a_database_is_an_error_of_the_start(function):
    assert "DATABASE_URL" in function("api").fails()["errorMessage"]


def test_outside_of_lambda_it_says_so(xmonitor):
    assert "xmonitor serve" in xmonitor.fails("lambda", "api")


def test_arguments_come_before_the_handler(xmonitor):
    """In a container of ours the same program is whatever its arguments say, even where Lambda's variables are set."""
    xmonitor.environment |= {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1", "_HANDLER": "api"}
    assert xmonitor("version").startswith("xmonitor")
    assert "DATABASE_URL" in xmonitor.fails()


def test_until_there_is_a_database_requests_are_503(function, xmonitor):
    postgres = PrivatePostgres()
    try:
        postgres.sql("CREATE DATABASE archive")
        address = postgres.address("archive")
        postgres.halt("immediate")
        api = function("api", address).start()
        for _ in range(3):
            answer = HTTPAnswer(api.invoke(http_event("GET", "/v1/feed")))
            assert (answer.status, answer.json["code"]) == (503, "unavailable")
        assert HTTPAnswer(api.invoke(http_event("GET", "/health/live"))).status == 200
        postgres.start()
        answer = until(lambda: (found := HTTPAnswer(api.invoke(http_event("GET", "/v1/feed")))).status == 503 and found.json["code"] != "unavailable" and found)
        assert answer.json["code"] == "outdated_schema"
        xmonitor.environment["DATABASE_URL"] = address
        xmonitor("schema", "apply")
        until(lambda: HTTPAnswer(api.invoke(http_event("GET", "/v1/feed", [("x-api-key", KEY)]))).status == 200)
        assert HTTPAnswer(api.invoke(http_event("GET", "/health/ready"))).status == 200
    finally:
        postgres.stop()


def test_a_function_whose_runtime_is_gone_ends(function, sample):
    api = function(database=sample).start()
    api.runtime.stop()
    assert api.process.wait(60) == 2
    assert "Runtime API" in api.log.read_text()


def test_a_signal_ends_it_at_once(function, sample):
    api = function(database=sample).start()
    api.process.terminate()
    api.process.wait(60)


def test_help_tells_what_it_is_for(xmonitor):
    done = subprocess.run([xmonitor.path, "lambda", "--help"], text=True, capture_output=True, check=True)
    assert "AWS Lambda" in done.stdout
