"""A server behind a real nginx with the settings of packaging/nginx."""

import pytest

from support.nginx import Nginx


@pytest.fixture
def behind(archive, serve, tmp_path):
    """`behind(example, path)` starts both; what stands in front is at `address`, the server at `server.address`."""
    fronts = []

    def behind(example, path="", **settings):
        front = Nginx(tmp_path, example)
        fronts.append(front)
        front.server = serve(archive, XMONITOR_PUBLIC_URL=front.address + path, XMONITOR_READ_ACCESS="public", XMONITOR_TRUSTED_PROXIES="127.0.0.1", **settings)
        front.start(front.server.address)
        front.address += path
        return front

    yield behind
    for front in fronts:
        front.stop()
