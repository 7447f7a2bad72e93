"""An identity provider of others (oidc-provider-mock), which runs as a process of its own and asks in a browser who comes."""

import json
import socket
import subprocess
import sys
from contextlib import contextmanager

import requests

from support.waiting import until

PEOPLE = (
    {"sub": "ann", "email": "ann@example.com", "email_verified": True, "name": "Ann Example", "hd": "example.com"},
    {"sub": "eve", "email": "eve@other.example", "email_verified": True, "name": "Eve", "hd": "other.example"},
    {"sub": "new", "email": "new@example.com", "email_verified": False, "hd": "example.com"},
)


@contextmanager
def provider(log_file):
    """Its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [argument for one in PEOPLE for argument in ("--user-claims", json.dumps(one))]
    with open(log_file, "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", *arguments], stdin=subprocess.DEVNULL, stdout=log,
            stderr=log)
        address = f"http://127.0.0.1:{port}"

        def answers():
            assert process.poll() is None, log_file.read_text()
            try:
                return requests.get(address + "/.well-known/openid-configuration", timeout=5).ok
            except requests.ConnectionError:
                return False

        try:
            until(answers)
            yield address
        finally:
            process.terminate()
            process.wait(60)
