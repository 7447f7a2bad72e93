"""The processes of each function: one for each request at a time, made anew when the code or the settings change."""

import hashlib
import io
import json
import os
import threading
import time
import zipfile
from urllib.parse import urlsplit

from emulator import identity
from emulator.functions.process import Sandbox
from support.runtime_api import Invocation

MAX_AT_ONCE = 4


class Functions:
    """`extra` is the environment of every process beside what Lambda and the template give; `address_of` stands for a name server."""

    def __init__(self, folder, extra, address_of):
        self.folder, self.extra, self.address_of, self.lock = folder, extra, address_of, threading.Condition()
        self.idle, self.busy = {}, {}  # name → sandboxes
        self.versions, self.starts = {}, {}  # name → what its sandboxes were made of; name → how many were made
        self.marks = {}  # name → when each of its processes was started, and how long the log was
        (folder / "logs").mkdir()

    def log(self, name):
        return self.folder / "logs" / f"{name}.log"

    def written_since(self, name, moment):
        """What stands in the log since the first process that was started after the moment."""
        size = next((size for started, size in self.marks.get(name, []) if started >= moment), None)
        return "" if size is None else self.log(name).read_bytes()[size:].decode(errors="replace")

    def invoke(self, function, event):
        """An invocation that is under way; `function` is moto's model."""
        invocation = Invocation(event, int(function.timeout))
        threading.Thread(target=self._run, args=(function, invocation), daemon=True).start()
        return invocation

    def _run(self, function, invocation):
        try:
            sandbox = self._take(function)
        except Exception as error:
            invocation.fail("Runtime.InvalidEntrypoint", str(error))
            return None
        name, error = function.function_name, sandbox.started()
        if error is not None:
            invocation.refuse(error)
            return self._discard(name, sandbox)
        # The time that an event has does not count the start.
        invocation.deadline = time.time() + int(function.timeout)
        sandbox.server.put(invocation)
        while not invocation.answered.wait(0.02):
            if time.time() > invocation.deadline + 0.2:
                invocation.fail("Sandbox.Timedout", f"Task timed out after {function.timeout} seconds")
                return self._discard(name, sandbox)
            if not sandbox.is_alive:
                invocation.fail("Runtime.ExitError", "Runtime exited without providing a reason")
                return self._discard(name, sandbox)
        return self._give_back(name, sandbox)

    def _take(self, function):
        name, version = function.function_name, _version(function)
        with self.lock:
            if self.versions.get(name) != version:
                self._stop_idle(name)
                self.versions[name] = version
            end = time.monotonic() + 60
            while len(self.busy.setdefault(name, [])) >= MAX_AT_ONCE:
                if not self.lock.wait(max(0, end - time.monotonic())):
                    raise TimeoutError("Rate Exceeded.")
            waiting = self.idle.setdefault(name, [])
            while waiting:
                sandbox = waiting.pop()
                if sandbox.is_alive:
                    break
                sandbox.stop()
            else:
                sandbox = self._start(function)
                self.starts[name] = self.starts.get(name, 0) + 1
            self.busy[name].append(sandbox)
            sandbox.version = version
            return sandbox

    def _start(self, function):
        code = self._unpacked(function)
        region = function.region
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC", "LAMBDA_TASK_ROOT": "/var/task",
            "LD_LIBRARY_PATH": "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
            "_HANDLER": function.handler, "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_EXECUTION_ENV": "AWS_Lambda_provided.al2023",
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            **{name: str(value) for name, value in function.environment_vars.items()}, **identity.issue(function.role).environment(), **self.extra}
        # No host name of RDS can be looked up here. libpq still checks the certificate against the name.
        database = urlsplit(environment.get("DATABASE_URL", "")).hostname
        if database and (address := self.address_of(database)):
            environment["PGHOSTADDR"] = address
        with open(self.log(function.function_name), "ab") as log:
            self.marks.setdefault(function.function_name, []).append((time.time(), log.tell()))
            return Sandbox(self.folder, code, function.function_arn, environment, log)

    def _unpacked(self, function):
        """The folder with the code, unpacked once."""
        folder = self.folder / f"code-{hashlib.sha256(function.code_sha_256.encode()).hexdigest()[:16]}"
        if not folder.exists():
            partial = folder.with_suffix(".partial")
            with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as packed:
                for member in packed.infolist():
                    path = packed.extract(member, partial)
                    if mode := member.external_attr >> 16 & 0o777:
                        os.chmod(path, mode)
            partial.chmod(0o755)
            partial.rename(folder)
        return folder

    def _give_back(self, name, sandbox):
        with self.lock:
            self.busy[name].remove(sandbox)
            if sandbox.version == self.versions.get(name):
                self.idle[name].append(sandbox)
            else:
                sandbox.stop()
            self.lock.notify_all()

    def _discard(self, name, sandbox):
        with self.lock:
            self.busy[name].remove(sandbox)
            sandbox.stop()
            self.lock.notify_all()

    def _stop_idle(self, name):
        for sandbox in self.idle.pop(name, []):
            sandbox.stop()

    def restart(self, name=None):
        """From now on the function has new processes, as after some time without requests."""
        with self.lock:
            for each in [name] if name else list(self.idle):
                self._stop_idle(each)

    def sandboxes(self):
        with self.lock:
            return [one for group in (self.idle, self.busy) for some in group.values() for one in some]

    def stop(self):
        for sandbox in self.sandboxes():
            sandbox.stop()


def _version(function):
    return json.dumps([function.code_sha_256, function.handler, function.environment_vars, function.role, function.timeout, function.memory_size])
