"""Runs the program as a second process, as its user would, on a database of the test's own, and the one browser of all tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from support.ingest_server import IngestServer
from support.psql import sql
from support.roles import grant

ROOT = Path(__file__).parents[1]


def needed(name):
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"{name} is not set: these tests run from bin/test.")
    return value


class Program:
    """`xmonitor`, in a folder and an environment of the test's own."""

    def __init__(self, folder):
        self.path = needed("XMONITOR_TEST_PROGRAM")
        self.folder = folder
        kept = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment["XMONITOR_WEB_ROOT"] = str(ROOT / "web")
        self.identity = {}

    def start(self, *arguments, **options):
        return self.run([self.path, *arguments], **options)

    def run(self, command, **options):
        """Any command, in the same place and as the same user."""
        standard = {"cwd": self.folder, "env": self.environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, text=True, **self.identity, **(standard | options))

    def __call__(self, *arguments, code=0):
        done = self.start(*arguments)
        out, err = done.communicate(timeout=120)
        assert done.returncode == code, f"exit code {done.returncode}, expected {code}\n{out}\n{err}"
        self.stdout, self.stderr = out, err
        return out

    def fails(self, *arguments):
        """The one sentence of a failure, which leaves no trace of how the program is made inside."""
        self(*arguments, code=2)
        assert self.stdout == ""
        for inner in ("Swift", "Optional(", "Fatal", "Error(", "0x"):
            assert inner not in self.stderr, self.stderr
        return self.stderr


@pytest.fixture
def xmonitor(tmp_path):
    return Program(tmp_path)


@pytest.fixture
def ordinary():
    """The program as somebody who is not root, in a folder of theirs, wherever the checkout lies."""
    folder = Path(tempfile.mkdtemp(prefix="xmonitor-ordinary.", dir="/tmp"))
    program = Program(folder)
    link_or_copy(program.path, folder / "xmonitor")
    program.path = str(folder / "xmonitor")
    program.environment |= {"HOME": str(folder), "XMONITOR_WEB_ROOT": ""}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        program.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    yield program
    shutil.rmtree(folder)


def link_or_copy(file, path):
    try:
        os.link(os.path.realpath(file), path)
    except OSError:
        shutil.copy2(file, path)


@pytest.fixture
def database(xmonitor):
    """The address of an empty database, which the program is told of."""
    admin = needed("XMONITOR_TEST_DATABASE_URL")
    name = f"cli_{uuid.uuid4().hex}"
    sql(admin, f"CREATE DATABASE {name}")
    address = admin.replace("///postgres", f"///{name}")
    xmonitor.environment["DATABASE_URL"] = address
    yield address
    sql(admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def archive(xmonitor, database):
    """A database with the schema, and with what servers need of it."""
    xmonitor("schema", "apply")
    grant(xmonitor, database)
    return database


@pytest.fixture
def serve(xmonitor):
    """Starts servers, and stops them at the end: each has to end with success."""
    servers = []

    def serve(address, **settings):
        servers.append(IngestServer(xmonitor, address, **settings))
        return servers[-1]

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def browser():
    """CHROMIUM may name the executable; otherwise `chromium` is looked up on PATH. One for all: Playwright starts once in a process."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not executable:
        pytest.fail("No browser: install chromium, or set CHROMIUM to its executable.", pytrace=False)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()
