"""The private Postgres works for anybody, is open to nobody else, and leaves nothing of a start that failed."""

import os
import shutil
import signal
import stat
from pathlib import Path

import pytest

from support.output import line_with

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")


def up(program, *arguments):
    program.environment["XMONITOR_PORT"] = "0"
    process = program.start("up", "--posts", "50", *arguments)
    address = line_with("DATABASE_URL=", process).split("'")[1]
    line_with("http://", process)
    return process, address


def down(process):
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


def posts(program, address):
    out, errors = program.run(["psql", "-qXAt", address, "-c", "SELECT count(*) FROM posts"]).communicate(timeout=60)
    assert errors == ""
    return int(out)


def give(program, *paths):
    """Makes them the ordinary user's."""
    for path in paths:
        os.chown(path, program.identity.get("user", os.geteuid()), -1, follow_symlinks=False)


def socket_folder(address):
    return Path(address.split("host=")[1].split("&")[0])


def short_hash(path):
    number = 14695981039346656037
    for byte in str(path).encode():
        number = (number ^ byte) * 1099511628211 % 2**64
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


@pytest.fixture
def far(ordinary):
    """The ordinary user's program with a state folder whose path is too long for a socket, and where the socket goes instead."""
    state = ordinary.folder / ("deep " * 20)
    ordinary.environment["XMONITOR_STATE"] = str(state)
    user = ordinary.identity.get("user", os.geteuid())
    folder = Path(f"/tmp/xmonitor-{user}-{short_hash(state)}")
    yield folder
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def test_up_works_for_an_ordinary_user_and_again_after_a_start_that_failed(ordinary):
    """The first creation was killed; a socket that has a folder in the place of its lock cannot be made."""
    unfinished = ordinary.folder / ".xmonitor/postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("15\n")
    give(ordinary, unfinished.parent, unfinished, unfinished / "PG_VERSION")
    process, address = up(ordinary)
    assert socket_folder(address) == ordinary.folder / ".xmonitor/postgres" and not unfinished.exists()
    assert stat.S_IMODE(socket_folder(address).stat().st_mode) == 0o700
    assert posts(ordinary, address) > 40
    down(process)
    lock = socket_folder(address) / ".s.PGSQL.5432.lock"
    lock.mkdir()
    message = ordinary_fails(ordinary)
    assert "FATAL:" in message and lock.name in message
    lock.rmdir()
    process, address = up(ordinary)
    assert posts(ordinary, address) > 40
    down(process)


def test_a_socket_whose_path_is_too_long_stands_in_a_folder_of_its_own_that_goes_with_it(ordinary, far):
    process, address = up(ordinary)
    assert socket_folder(address) == far
    assert stat.S_IMODE(far.stat().st_mode) == 0o700
    down(process)
    assert not far.exists()


@pytest.mark.parametrize("trap", ["open to all", "a link", "a file", pytest.param("of another user", marks=as_root)])
def test_a_folder_that_somebody_else_may_have_made_is_refused(ordinary, far, trap):
    if trap == "a link":
        far.symlink_to(ordinary.folder)
    elif trap == "a file":
        far.touch()
    else:
        far.mkdir(mode=0o700)
        far.chmod(0o777 if trap == "open to all" else 0o700)
    if trap != "of another user":
        give(ordinary, far)
    message = ordinary_fails(ordinary)
    assert str(far) in message and "XMONITOR_STATE" in message
    assert not (ordinary.folder / "deep ").exists() and not list(far.glob("*PGSQL*"))


def ordinary_fails(program):
    process = program.start("up", "--posts", "50")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 2, errors
    return errors


@as_root
def test_a_state_folder_of_another_user_is_named_with_the_remedy(ordinary):
    (ordinary.folder / ".xmonitor").mkdir(mode=0o755)
    message = ordinary_fails(ordinary)
    assert "/.xmonitor belongs to root" in message and "XMONITOR_STATE" in message


def test_a_first_start_that_fails_leaves_nothing(ordinary, far):
    """Postgres cannot make its socket in a folder in which nothing may be made."""
    far.mkdir(mode=0o700)
    (far / ".s.PGSQL.5432.lock").mkdir()
    give(ordinary, far)
    message = ordinary_fails(ordinary)
    assert "FATAL:" in message
    assert os.listdir(ordinary.environment["XMONITOR_STATE"]) == []


def test_a_rehearsal_works_for_an_ordinary_user_and_leaves_only_evidence(ordinary):
    ordinary("sample", "sample.db", "--posts", "60")
    ordinary.environment["XMONITOR_WEB_ROOT"] = str(shutil.copytree(Path(__file__).parents[2] / "web", ordinary.folder / "web"))
    ordinary("snapshot", "rehearse", "sample.db", "--evidence", "evidence")
    left = os.listdir(ordinary.folder / "evidence")
    assert "feed.png" in left and not [name for name in left if "postgres" in name or name.endswith(".db")]
    assert stat.S_IMODE((ordinary.folder / "evidence").stat().st_mode) == 0o700
