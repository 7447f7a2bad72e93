"""Copied to a host with its page beside it, the program needs no checkout: whatever folder it is run in, and however it is found."""

import http.client
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.output import line_with

WEB = Path(__file__).parents[2] / "web"


@pytest.fixture
def installed(ordinary):
    """The ordinary user's program and page in a folder of the search path, and another folder to stand in."""
    place = ordinary.folder / "opt/xmonitor"
    place.mkdir(parents=True)
    shutil.move(ordinary.path, place / "xmonitor")
    shutil.copytree(WEB, place / "web")
    (ordinary.folder / "bin").mkdir()
    (ordinary.folder / "bin/xmonitor").symlink_to(place / "xmonitor")
    ordinary.path = "xmonitor"
    ordinary.environment["PATH"] = f"{ordinary.folder / 'bin'}:{ordinary.environment['PATH']}"
    del ordinary.environment["XMONITOR_WEB_ROOT"]
    elsewhere = ordinary.folder / "elsewhere"
    elsewhere.mkdir()
    if "user" in ordinary.identity:
        os.chown(elsewhere, ordinary.identity["user"], ordinary.identity["group"])
    ordinary.folder = elsewhere
    yield ordinary
    ordinary.folder = elsewhere.parent


def libraries(program):
    """By name, where the loader finds them."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"(\S+) => (/\S+)", listed))


def test_a_host_needs_the_packages_that_are_named_and_the_runtime_beside_it(xmonitor, tmp_path):
    """The toolchain is hidden behind an empty folder, as on a host that has none."""
    found = libraries(xmonitor.path)
    [runtime] = {str(Path(path).parent) for name, path in found.items() if name == "libswiftCore.so"}
    needed = set(re.findall(r"\[(\S+)\]", subprocess.run(["readelf", "-d", xmonitor.path], capture_output=True, text=True, check=True).stdout))
    others = ["*/" + Path(os.path.realpath(path)).name for name, path in found.items() if name in needed and not path.startswith(runtime)]
    packages = subprocess.run(["dpkg", "-S", *others], capture_output=True, text=True, check=True).stdout
    readme = (WEB.parent / "README.md").read_text()
    named = {name for name in re.findall(r"`([a-z][\w+-]*)`", readme) if re.match(r"lib.*\d$|zlib1g$", name)}
    assert {line.split(":")[0] for line in packages.splitlines()} == named | {"libc6", "libgcc-s1"}
    shutil.copy(xmonitor.path, tmp_path / "xmonitor")
    for library in Path(runtime).glob("lib*.so"):
        shutil.copy(library, tmp_path)
    hidden = f'mount -t tmpfs none {runtime} && exec "$0" version'
    alone = ["unshare", "--mount", "--map-root-user", "sh", "-euc", hidden]
    assert subprocess.run([*alone, tmp_path / "xmonitor"], capture_output=True, text=True, check=True).stdout.startswith("xmonitor ")
    assert subprocess.run([*alone, xmonitor.path], capture_output=True, text=True).returncode == 127


def test_it_serves_its_page(installed):
    up = installed.run(["/usr/bin/env", "xmonitor", "up", "--posts", "50", "--port", "0"])
    url = next(word for word in line_with("http://", up).split() if "http://" in word)
    connection = http.client.HTTPConnection(url.removeprefix("http://").strip("/"), timeout=60)
    connection.request("GET", "/")
    assert connection.getresponse().read() == (WEB / "index.html").read_bytes()
    up.terminate()
    assert up.wait(timeout=60) == 0


def test_it_rehearses(installed):
    def run(*arguments):
        process = installed.run(["/usr/bin/env", "xmonitor", *arguments])
        out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, out + errors
        return out

    run("sample", "sample.db", "--posts", "60")
    (installed.folder / "settings").write_text("XMONITOR_SERVICE_NAME=rehearsed\n")
    assert "EVERY STEP PASSED" in run("snapshot", "rehearse", "sample.db", "--evidence", "evidence", "--env-file", "settings")
    served = json.loads(next((installed.folder / "evidence").glob("*-serve.json")).read_text())
    assert served["result"] == "passed" and served["command"] == ["xmonitor", "serve", "--env-file", "settings"]


def test_without_its_page_it_says_where_to_put_it(ordinary, archive, xmonitor):
    ordinary.environment |= {"XMONITOR_PORT": "0", "DATABASE_URL": xmonitor.environment["DATABASE_URL"]}
    ordinary.environment.pop("XMONITOR_WEB_ROOT")
    ordinary.identity = {}
    message = ordinary.fails("serve").splitlines()[-1]
    assert message.startswith("xmonitor: The folder of the web feed, web, cannot be read") and "beside the program" in message


def test_secrets_of_the_real_server_in_files_do_not_stand_in_the_way_of_a_rehearsal(xmonitor, database):
    for name, secret in {"DATABASE_URL": xmonitor.environment.pop("DATABASE_URL"), "XMONITOR_API_KEY": "hunter2hunter2hunter2"}.items():
        (xmonitor.folder / name).write_text(secret)
        xmonitor.environment[f"{name}_FILE"] = name
    xmonitor("sample", "sample.db", "--posts", "60")
    assert "EVERY STEP PASSED" in xmonitor("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
