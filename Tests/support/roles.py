"""The role that servers run as: it has what `schema grant` gave it, and owns nothing."""

from support.psql import sql

API = "xmonitor_api"
_granted = set()


def make_role(address, name=API):
    """Two tests may make it at the same time."""
    sql(address, f"DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$")


def grant(program, address):
    """What a server needs of the archive at `address`, which `program` is told of."""
    make_role(address)
    program("schema", "grant", "--api", API)
    _granted.add(_name(address))


def as_api(address):
    """The same archive as servers reach it; archives that a test prepares by itself stay as they are."""
    return address.replace("user=xmonitor", f"user={API}") if _name(address) in _granted else address


def _name(address):
    return address.partition("///")[2].partition("?")[0]
