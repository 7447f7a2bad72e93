"""A Postgres of the test's own, on a socket only, that may be killed and started again."""

import getpass
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from support.psql import sql
from support.waiting import until

_AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(shutil.which("initdb")).parent


class PrivatePostgres:
    """Its socket and its data lie in a temporary folder."""

    def __init__(self):
        self.socket = Path(tempfile.mkdtemp(prefix="xmonitor-test.", dir="/tmp"))
        self.data = self.socket / "data"
        shutil.chown(self.socket, "postgres" if _AS_POSTGRES else getpass.getuser())
        self.create()
        self.start()

    def create(self):
        self._run("initdb", "-D", str(self.data), "-U", "xmonitor", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync",
                  "--wal-segsize=1")

    def _run(self, program, *arguments, check=True):
        return subprocess.run(
            [*_AS_POSTGRES, str(_programs() / program), *arguments], cwd="/", check=check, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def start(self, patience=120):
        """Starts it. After a crash the memory of the server before is there until its last process has gone."""
        settings = f"-c listen_addresses='' -c unix_socket_directories='{self.socket}' -c fsync=off -c wal_recycle=off"
        arguments = ("-D", str(self.data), "-l", str(self.socket / "log"), "-w", "-t", str(patience), "-o", settings, "start")
        until(lambda: self._run("pg_ctl", *arguments, check=False), patience, self.end_of_log)

    def end_of_log(self):
        return (self.socket / "log").read_text()[-4000:]

    @property
    def pid(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def recover(self, patience=120):
        """Waits until it answers again after a crash, of which it gets up by itself or not."""
        def answers():
            if self._run("pg_isready", "-h", str(self.socket), check=False):
                return True
            if not self.runs():
                self.start()
            return False

        until(answers, patience, self.end_of_log)

    def runs(self):
        return self._run("pg_ctl", "-D", str(self.data), "status", check=False)

    def _signal(self, number, with_backends):
        pid = self.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        # The postmaster first, so that it makes no more of them.
        for process in itertools.chain([pid], map(int, children.read_text().split()) if with_backends else []):
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def kill(self, with_backends):
        """As if the machine had lost its power. Without the backends they end by themselves, when they notice."""
        self._signal(signal.SIGKILL, with_backends)

    @contextmanager
    def frozen(self):
        """It takes connections, because the kernel does, and says nothing."""
        self._signal(signal.SIGSTOP, with_backends=True)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT, with_backends=True)

    def limit_files(self, size):
        """The processes that it starts from here on write no file past `size` bytes."""
        subprocess.run([*_AS_POSTGRES, "prlimit", "--pid", str(self.pid), f"--fsize={size}:"], check=True)

    def halt(self, mode):
        """Returns when it has ended, `immediate` as after a crash or `fast` in order."""
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop", check=False)

    def stop(self):
        self.halt("immediate")
        shutil.rmtree(self.socket, ignore_errors=True)

    def address(self, database="postgres"):
        return f"postgresql:///{database}?host={self.socket}&user=xmonitor"

    def sql(self, query):
        return sql(self.address(), query)
