"""A process of the packaged program in a root of its own, as Lambda gives it: the code to be read, /tmp to be written, and nobody's rights."""

import os
import shlex
import shutil
import signal
import subprocess
import threading
import uuid

from support.runtime_api import RuntimeAPI

INIT_SECONDS = 30
_NOBODY = "65534:65534"
_CHROOT = shutil.which("chroot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


class Sandbox:
    """It is stopped (SIGSTOP) whenever it waits for an event, as Lambda freezes it."""

    def __init__(self, folder, code, arn, environment, log):
        self.root, self.lock, self.is_stopped = folder / f"root-{uuid.uuid4().hex[:8]}", threading.Lock(), False
        self.process = None
        self.server = RuntimeAPI(arn, self._freeze, self._thaw)
        for name in ("var/task", "tmp", "proc", "dev", "etc"):
            (self.root / name).mkdir(parents=True)
        self.root.chmod(0o755)
        (self.root / "tmp").chmod(0o1777)
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n")
        (self.root / "etc/passwd").write_text("sbx_user1051:x:65534:65534::/home/sbx_user1051:/sbin/nologin\n")
        with self.lock:
            self.process = subprocess.Popen(
                self._command(code), cwd="/", env=environment | {"AWS_LAMBDA_RUNTIME_API": self.server.address}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)

    def _command(self, code):
        task, root = shlex.quote(f"{self.root}/var/task"), shlex.quote(str(self.root))
        user = f"--userspec={_NOBODY} " if os.geteuid() == 0 else ""
        steps = (f"mount --bind {shlex.quote(str(code))} {task} && mount -o remount,bind,ro {task} && mount --rbind /proc {root}/proc"
                 f" && mount --rbind /dev {root}/dev && exec {_CHROOT} {user}{root} /var/task/bootstrap")
        return ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--mount", "--propagation", "private", "/bin/sh", "-c", steps]

    def started(self):
        """Waits for the end of the start; returns the error of it, or None."""
        for _ in range(INIT_SECONDS * 20):
            if self.server.started.wait(0.05):
                return self.server.init_error
            if self.process.poll() is not None:
                return {"errorType": "Runtime.ExitError", "errorMessage": f"Runtime exited with error: exit status {self.process.returncode}"}
        return {"errorType": "Sandbox.Timedout", "errorMessage": "the start took too long"}

    @property
    def is_alive(self):
        return self.process.poll() is None

    def _freeze(self):
        self._signal(signal.SIGSTOP)

    def _thaw(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                os.killpg(self.process.pid, number)

    def stop(self):
        self._signal(signal.SIGKILL)
        self.process.wait(30)
        for invocation in list(self.server.running.values()):
            invocation.fail("Runtime.ExitError", "the process was stopped")
        self.server.stop()
        # Its mounts went with the process.
        shutil.rmtree(self.root, ignore_errors=True)
