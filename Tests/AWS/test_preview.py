"""`.ci/preview`, as the workflow runs it, against the emulator."""

import os
import re
import subprocess

import pytest

from emulator.amplify import APPS
from emulator.clients import client
from made_package import ROOT


@pytest.fixture
def app(emulator):
    made = client("amplify").create_app(name="preview")["app"]["appId"]
    yield APPS[made]
    client("amplify").delete_app(appId=made)


@pytest.fixture
def preview(emulator, app, tmp_path):
    """Runs it; returns what it printed and what it complained of."""
    own = {"PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}", "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PREVIEW_APP": app.id}

    def preview(*words, code=0, **environment):
        done = subprocess.run(
            [ROOT / ".ci/preview", *words], env=own | emulator.environment("testing") | environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == code, done.stdout + done.stderr
        assert list(tmp_path.glob("xmonitor-preview.*")) == [], "it leaves files"
        return done.stdout + done.stderr

    return preview


def test_a_page_is_shown_shown_again_and_removed(preview, app):
    assert preview("show", "7") == f"https://pr-7.{app.domain}/\n"
    files = {path.relative_to(ROOT / "web").as_posix(): path.read_bytes() for path in (ROOT / "web").rglob("*") if path.is_file()}
    assert {name: bytes(body) for name, body in app.site("pr-7").items() if not name.endswith("/")} == files
    assert app.branches["pr-7"]["enableAutoBuild"] is False
    preview("show", "7")
    assert [job.status for job in app.jobs["pr-7"]] == ["SUCCEED", "SUCCEED"]
    assert preview("remove", "7") == "" and "pr-7" not in app.branches
    assert preview("remove", "7") == "", "a branch that is gone is well"


def test_a_deployment_that_was_broken_off_is_not_in_the_way(preview, app):
    preview("show", "8")
    client("amplify").create_deployment(appId=app.id, branchName="pr-8")
    preview("show", "8")
    assert [job.status for job in app.jobs["pr-8"]] == ["SUCCEED", "CANCELLED", "SUCCEED"]


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [(["show"], {}, "number"), (["show", "7;id"], {}, "number"), (["hide", "7"], {}, "no action"), (["show", "7"], {"PREVIEW_APP": ""}, "PREVIEW_APP")],
)
def test_a_wrong_call_is_one_sentence(preview, app, words, environment, said):
    complaint = preview(*words, code=2, **environment)
    assert said in complaint and len(complaint.splitlines()) == 1 and not app.branches


def test_the_upload_address_is_never_printed(preview, app, tmp_path):
    """It carries its own right."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "curl").write_text("#!/bin/sh\nexit 22\n")
    (tools / "curl").chmod(0o755)
    complaint = preview("show", "9", code=2, PATH=f"{tools}:{ROOT / '.venv/bin'}:{os.environ['PATH']}")
    assert "could not be uploaded" in complaint and not re.search(r"Signature|upload/", complaint)
