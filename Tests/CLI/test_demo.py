"""`bin/demo` is the first thing that anybody runs: it works for an ordinary user, and says what to do where it cannot."""

import json
import os
import shutil
import signal
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.held import Held
from support.output import line_with
from support.psql import sql
from support.waiting import until_done_or_held_up

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(ordinary):
    """The ordinary user's own checkout, built."""
    folder = ordinary.folder / "checkout"
    for name in ("bin", "web", "Sources", "db"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "docs").mkdir()
    for name in ("Package.swift", "docs/openapi.v1.yaml"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".build/debug").mkdir(parents=True)
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (0, 0))  # older than what is built
        if os.geteuid() == 0:
            os.chown(path, ordinary.identity["user"], ordinary.identity["group"])
    os.link(ordinary.path, folder / ".build/debug/xmonitor")
    del ordinary.environment["XMONITOR_WEB_ROOT"]
    ordinary.environment["XMONITOR_PORT"] = "0"
    return folder


def test_the_demo_is_up_and_ends_with_ctrl_c(ordinary, checkout):
    demo = ordinary.run([str(checkout / "bin/demo"), "--posts", "60"])
    address = line_with("DATABASE_URL=", demo).split("'")[1]
    url = next(word for word in line_with("http://127.0.0.1:", demo).split() if "http://" in word)
    # It is of today: collection is not blind, posts took minutes to be found, and nothing has not happened yet.
    with urllib.request.urlopen(url + "v1/freshness", timeout=60) as answer:
        freshness = json.load(answer)
    assert freshness["status"] in ("live", "unknown") and freshness["blind_since"] is None
    demo.send_signal(signal.SIGINT)
    _, errors = demo.communicate(timeout=60)
    assert demo.returncode == 0, errors
    assert not list(Path(address.split("host=")[1].split("&")[0]).glob(".s.PGSQL.*"))


def test_a_sample_that_is_old_gives_way_to_one_of_today(ordinary):
    state = ordinary.folder / ".xmonitor"
    ordinary.environment["XMONITOR_PORT"] = "0"

    def up():
        process = ordinary.start("up", "--posts", "60")
        address = line_with("DATABASE_URL=", process).split("'")[1]
        line_with("http://127.0.0.1:", process)
        query = "SELECT count(*), max(discovered_at) > now() - INTERVAL '1 day', max(discovered_at) < now(), max(last_seen_at) < now() FROM posts"
        out, errors = ordinary.run(["psql", "-qXAt", address, "-c", query]).communicate(timeout=60)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        assert process.returncode == 0 and errors == ""
        return out.strip(), (state / "sample-60-1.db.imported").read_text(), address

    first, mark, _ = up()
    assert first == "54|t|t|t"
    assert up()[:2] == (first, mark)
    label, end = mark.split(" ")
    (state / "sample-60-1.db.imported").write_text(f"{label} 2026-03-01T00:00:00.000000Z")
    again, new, address = up()
    assert again == first and new != mark


def test_a_private_database_of_before_the_first_release_is_kept_and_the_remedy_named(ordinary):
    ordinary.environment["XMONITOR_PORT"] = "0"
    demo = ordinary.start("up", "--posts", "60")
    address = line_with("DATABASE_URL=", demo).split("'")[1]
    line_with("http://127.0.0.1:", demo)
    _, errors = ordinary.run(
        ["psql", "-qX", address, "-c", "UPDATE schema_migrations SET name = 'create_archive' WHERE version = 1"]).communicate(timeout=60)
    assert errors == ""
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=60)
    again = ordinary.start("up", "--posts", "60")
    _, errors = again.communicate(timeout=60)
    folder = ordinary.folder / ".xmonitor/postgres"
    assert again.returncode == 2
    assert errors.strip().endswith(f"remove it and start again: rm -r '{folder}'")
    shutil.rmtree(folder)
    third = ordinary.start("up", "--posts", "60")
    line_with("http://127.0.0.1:", third)
    third.send_signal(signal.SIGINT)
    third.communicate(timeout=60)
    assert third.returncode == 0


@pytest.mark.parametrize("imports", [0, 1])
def test_a_sample_is_there_once_whenever_the_demo_is_killed(xmonitor, archive, imports):
    """It is killed in the middle of the import, or when the sample is in and not validated yet."""
    xmonitor.environment["XMONITOR_PORT"] = "0"
    counted = "SELECT count(*) FROM batches WHERE kind = 'import'"
    arguments = ("up", "--posts", "60", "--sample")
    with ThreadPoolExecutor() as threads:
        held = Held(archive, "LOCK TABLE reports IN SHARE ROW EXCLUSIVE MODE")
        demo = xmonitor.start(*arguments)
        ended = threads.submit(demo.communicate)
        until_done_or_held_up(archive, ended)
        if imports:
            after = threads.submit(Held, archive, "LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")
            until_done_or_held_up(archive, ended, after)
            held.let_go()
            held = after.result(60)
            until_done_or_held_up(archive, ended)
        demo.kill()
        ended.result(60)
        sql(archive, """
            SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()""")
        held.let_go()
    assert int(sql(archive, counted)) == imports

    # Somebody else's post does not pass for the sample.
    sql(archive, """
        WITH batch AS (INSERT INTO batches (kind) VALUES ('posts') RETURNING id)
        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at, inserted_by)
        SELECT 'p', 'https://x.example/p', 'ada', '2026-02-22T10:00:00Z', '2026-02-22T10:00:00Z', id FROM batch""")
    demo = xmonitor.start(*arguments)
    line_with("http://127.0.0.1:", demo)
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert (sql(archive, counted), sql(archive, "SELECT count(*) FROM posts")) == ("1", "55")
    mark = xmonitor.folder / ".xmonitor/sample-60-1.db.imported"
    assert mark.read_text().split(" ")[0] == sql(archive, "SELECT label FROM batches WHERE kind = 'import'")
    assert mark.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_what_root_built_is_named_with_the_remedy(ordinary, checkout):
    os.chown(checkout / ".build/debug", 0, 0)
    os.utime(checkout / "Package.swift")
    demo = ordinary.run([str(checkout / "bin/demo")])
    _, errors = demo.communicate(timeout=60)
    assert demo.returncode == 2 and "/.build/debug belongs to somebody else" in errors and "chown" in errors


@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_a_missing_package_is_named_to_whoever_may_not_install(ordinary, checkout, sudo):
    path = ordinary.folder / "path"
    path.mkdir()
    for name in ("bash", "dirname", "id", "grep", "uname", "dpkg-query", "apt-get"):
        (path / name).symlink_to(shutil.which(name))
    if sudo:
        (path / "sudo").write_text(f"#!{path}/bash\n{sudo}\n")
        (path / "sudo").chmod(0o755)
    ordinary.environment["PATH"] = str(path)
    script = f". {checkout}/bin/steps/setup.sh; need_packages a-package-that-is-nowhere"
    done = ordinary.run([str(path / "bash"), "-c", script])
    _, errors = done.communicate(timeout=60)
    assert done.returncode == 2 and "apt-get install a-package-that-is-nowhere" in errors
