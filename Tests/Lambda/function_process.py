"""The process of a function, with a Runtime API of its own."""

import os
import signal
import subprocess
from contextlib import contextmanager

from support.runtime_api import Invocation, RuntimeAPI


class Function:
    """A process that asks a Runtime API of its own for events, as Lambda runs it."""

    def __init__(self, command, environment, folder, log):
        self.command, self.environment, self.folder, self.log = command, environment, folder, log
        self.runtime, self.process = RuntimeAPI(), None

    def start(self):
        """Starts it, and returns when it asks for its first event."""
        environment = self.environment | {"AWS_LAMBDA_RUNTIME_API": self.runtime.address}
        self.runtime.started.clear()
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        while not self.runtime.started.wait(0.02):
            assert self.process.poll() is None, f"the function ended with {self.process.poll()}"
        assert self.runtime.init_error is None, self.runtime.init_error
        return self

    def fails(self, seconds=60):
        """Starts it, and returns what it says instead of asking for an event."""
        environment = self.environment | {"AWS_LAMBDA_RUNTIME_API": self.runtime.address}
        with open(self.log, "a") as log:
            process = subprocess.Popen(self.command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        assert process.wait(seconds) != 0
        return self.runtime.init_error

    def invoke(self, event, seconds=30):
        """Sends an event, and returns what has begun to come back."""
        return self.queue(event, seconds).wait(seconds + 30)

    def queue(self, event, seconds=30):
        """Sends an event that has to be answered within so many seconds."""
        return self.runtime.put(Invocation(event, seconds))

    def freeze(self):
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.process.pid, signal.SIGCONT)

    @contextmanager
    def frozen(self):
        """Stops it as Lambda does between two events, and lets it go on."""
        self.freeze()
        try:
            yield
        finally:
            self.thaw()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.thaw()
            self.process.kill()
            self.process.wait()
        self.runtime.stop()
