"""The program as a function of Lambda, beside `serve` on the same archive."""

import pytest

from function_process import Function
from function_settings import CURSOR_KEY, KEY, PUBLIC_URL
from support.roles import as_api


@pytest.fixture
def settings():
    """What a function and a server beside it have in common."""
    return {
        "XMONITOR_READ_ACCESS": "public", "XMONITOR_API_KEY": KEY, "XMONITOR_CURSOR_KEY": CURSOR_KEY, "XMONITOR_PUBLIC_URL": PUBLIC_URL,
        "XMONITOR_WEB_ROOT": "", "XMONITOR_STREAM_MAXIMUM": "0", "XMONITOR_WAIT_MAXIMUM": "20", "XMONITOR_POOL_SIZE": "2"}


@pytest.fixture
def function(xmonitor, settings):
    """Makes functions, and stops them at the end."""
    functions = []

    def make(handler="api", database=None, **more):
        named = {"DATABASE_URL": as_api(database)} if database else {}
        kept = {name: value for name, value in xmonitor.environment.items() if not name.startswith("XMONITOR_") and name != "DATABASE_URL"}
        environment = kept | settings | named | {"_HANDLER": handler} | more
        log = xmonitor.folder / f"function-{len(functions)}.log"
        functions.append(Function([xmonitor.path], environment, xmonitor.folder, log))
        return functions[-1]

    yield make
    for one in functions:
        one.stop()


@pytest.fixture
def sample(xmonitor, archive):
    """An archive with 60 posts."""
    xmonitor("sample", "sample.db", "--posts", "60")
    xmonitor("snapshot", "import", "sample.db", code=1)
    return archive
