"""A loopback AWS for each module of tests."""

import pytest

from emulator.loopback import Emulator


@pytest.fixture(scope="module")
def emulator():
    running = Emulator()
    yield running
    running.stop()
