"""What the proofs of odd and of faulty databases share."""

import pytest

from support.private_postgres import PrivatePostgres


@pytest.fixture(scope="module")
def postgres():
    server = PrivatePostgres()
    yield server
    server.stop()
