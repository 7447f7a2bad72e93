"""What the proofs of the migration share."""

import json
import os

import pytest

from broken_off import Stage
from support.private_postgres import PrivatePostgres


class Snapshots:
    """`xmonitor snapshot`, with its answers as data."""

    def __init__(self, program):
        self.program = program

    def _run(self, verb, *arguments, codes):
        running = self.program.start("snapshot", verb, *arguments, "--json")
        out, err = running.communicate(timeout=600)
        assert running.returncode in codes, f"exit code {running.returncode}\n{out[:4000]}\n{err[:4000]}"
        return json.loads(out), running.returncode

    def imports(self, path, *arguments):
        """The summary. The exit code has to say whether rows were rejected, or something was left that may belong into the archive."""
        summary, code = self._run("import", str(path), *arguments, codes=(0, 1))
        assert code == (1 if any(table["rejected"] for table in summary["tables"]) or not summary["complete"] else 0)
        return summary

    def inspects(self, path):
        """The inspection. The exit code has to say the same as the import's would."""
        inspection, code = self._run("inspect", str(path), codes=(0, 1))
        assert code == (1 if inspection["rejected"] or not inspection["complete"] else 0)
        return inspection

    def validates(self, path, *arguments):
        """The report. The exit code has to say whether every cell agrees."""
        report, code = self._run("validate", str(path), *arguments, codes=(0, 1))
        assert code == (0 if report["agrees"] else 1)
        return report

    def undoes(self, label, *arguments):
        return self._run("undo", "--label", label, *arguments, codes=(0,))[0]


@pytest.fixture
def snapshots(xmonitor):
    return Snapshots(xmonitor)


@pytest.fixture
def stage(xmonitor):
    stage = Stage(xmonitor, os.environ["XMONITOR_TEST_DATABASE_URL"])
    yield stage
    stage.end()


@pytest.fixture
def private_stage(xmonitor):
    """A stage on a Postgres of its own, and that Postgres."""
    server = PrivatePostgres()
    try:
        yield Stage(xmonitor, server.address()), server
    finally:
        server.stop()
