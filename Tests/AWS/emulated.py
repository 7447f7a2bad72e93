"""The emulator in a process of tests: it is started once, because moto lives in the process."""

import pytest

from emulator.loopback import Emulator


@pytest.fixture(scope="session")
def emulator():
    running = Emulator()
    yield running
    running.stop()
