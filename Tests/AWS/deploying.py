"""Runs `bin/deploy`, as it is, against the emulator, with the packaged program."""

import os
import shlex
import signal
import subprocess
import zipfile
from pathlib import Path

from made_package import ROOT, package
from support.waiting import until

SECONDS = 600


class Deployment:
    """An account's deployment. All that was ever printed stays in `printed`."""

    def __init__(self, emulator, folder, packaged, name="xmonitor", settings=()):
        self.emulator, self.folder, self.package, self.name, self.printed = emulator, Path(folder), packaged, name, []
        self.settings, self.key, self.environment, self.program = list(settings), "testing", {}, os.environ["XMONITOR_TEST_PROGRAM"]

    def start(self, command, *words, package=None, options=()):
        arguments = [ROOT / "bin/deploy", "--name", self.name, "--state", self.folder / "state", "--package", package or self.package,
                     "--program", self.program, *(part for one in self.settings for part in ("--set", one)), *options,
                     command, *words]
        # Programs trust what this file has, and it cannot be named otherwise: the edge's authority stands in its place, for these processes alone.
        trust = f"mount --bind {self.emulator.web_certificates} /etc/ssl/certs/ca-certificates.crt"
        line = f"{trust} && exec {shlex.join(map(str, arguments))}"
        privileges = [] if os.geteuid() == 0 else ["--map-root-user"]
        path = f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": str(self.folder), "TMPDIR": str(self.folder), "LANG": "C.UTF-8"} | self.emulator.environment(self.key)
        return subprocess.Popen(
            ["unshare", *privileges, "--mount", "--propagation", "private", "sh", "-c", line], cwd=ROOT, env=environment | self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)

    def __call__(self, command, *words, code=0, package=None, options=()):
        """What the command printed. `options` come before the command."""
        process = self.start(command, *words, package=package, options=options)
        try:
            out, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, _ = process.communicate()
            raise AssertionError(f"bin/deploy {command} did not end:\n{out}\n{self.emulated_logs()}") from None
        self.printed.append(out)
        assert process.returncode == code, f"exit code {process.returncode}, expected {code}\n{out}\n{self.emulated_logs()}"
        return out

    def interrupted(self, at, command, *words):
        """Ctrl-C as soon as a line with `at` has been printed; returns what was printed until it ended."""
        process, lines = self.start(command, *words), []
        for line in process.stdout:
            lines.append(line)
            if at in line:
                os.killpg(process.pid, signal.SIGINT)
                break
        lines.append(process.communicate(timeout=SECONDS)[0])
        self.printed.append("".join(lines))
        assert at in self.printed[-1] and process.returncode == 130, (process.returncode, self.printed[-1])
        return self.printed[-1]

    @property
    def outputs(self):
        return self.emulator.outputs(f"{self.name}-data") | self.emulator.outputs(f"{self.name}-app")

    @property
    def database(self):
        return self.emulator.databases.all[self.outputs["DatabaseInstanceId"]]

    def archive(self):
        """The address of the archive, for its superuser."""
        return self.database.url(self.outputs["DatabaseName"])

    def emulated_logs(self):
        return "\n".join(f"{path.name}:\n{path.read_text()[-3000:]}" for path in sorted((self.emulator.folder / "logs").glob("*.log")))

    def until_idle(self):
        """Returns when no function is at work: what Ctrl-C left goes on by itself."""
        until(lambda: not any(self.emulator.functions.busy.values()))


def packaged_program(emulator, folder):
    """The debug build, packaged with the emulator's certificates."""
    package("--debug", "--program", os.environ["XMONITOR_TEST_PROGRAM"], "--certificates", emulator.certificates, "--output", folder)
    return folder


def another_program(made, folder, old, new):
    """A package whose program has `new` in the place of the text `old`, of the same length; the site stays."""
    assert len(old) == len(new)
    folder.mkdir()
    with zipfile.ZipFile(made / "xmonitor.zip") as source, zipfile.ZipFile(folder / "xmonitor.zip", "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "bootstrap":
                assert data.count(old) == 1, data.count(old)
                data = data.replace(old, new)
            target.writestr(entry, data)
    (folder / "site.zip").write_bytes((made / "site.zip").read_bytes())
    return folder


def sample_snapshot(folder):
    """The sample of 707 posts, as `xmonitor snapshot take` takes it from a collector."""
    program = os.environ["XMONITOR_TEST_PROGRAM"]
    for arguments in (("sample", folder / "collector.db", "--posts", "707"), ("snapshot", "take", folder / "collector.db", folder / "taken.db")):
        subprocess.run([program, *arguments], check=True, capture_output=True, timeout=120)
    return folder / "taken.db"
