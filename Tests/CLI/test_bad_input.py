"""What goes wrong is said in a sentence that names the culprit and the remedy, and nothing is half done."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
from contextlib import closing

import pytest

from support.output import line_with
from support.psql import sql
from support.waiting import until


def test_no_database_is_named(xmonitor):
    assert "DATABASE_URL" in xmonitor.fails("schema", "status")


def test_the_database_is_down(xmonitor):
    xmonitor.environment["DATABASE_URL"] = "postgresql://someone:hunter2@127.0.0.1:1/x"
    message = xmonitor.fails("schema", "apply")
    assert "127.0.0.1" in message and "hunter2" not in message and "DATABASE_URL" in message


def test_the_database_has_another_name(xmonitor, database):
    xmonitor.environment["DATABASE_URL"] = database.replace("///cli_", "///nothing_")
    assert "nothing_" in xmonitor.fails("schema", "status")


def test_serve_refuses_an_outdated_schema_and_says_how_to_mend_it(xmonitor, database):
    assert "xmonitor schema apply" in xmonitor.fails("serve")


def test_serve_says_that_the_port_is_taken(xmonitor, archive):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        xmonitor.environment["XMONITOR_PORT"] = port
        message = xmonitor.fails("serve")
        assert port in message and "XMONITOR_PORT" in message


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_serve_says_that_it_cannot_listen_there(xmonitor, archive, host):
    xmonitor.environment |= {"XMONITOR_HOST": host, "XMONITOR_PORT": "0"}
    message = xmonitor.fails("serve").splitlines()[-1]
    assert message.startswith("xmonitor: ") and host in message and "XMONITOR_HOST" in message


def test_serve_says_that_there_is_no_page(xmonitor, archive):
    xmonitor.environment["XMONITOR_WEB_ROOT"] = "nowhere"
    message = xmonitor.fails("serve").splitlines()[-1]
    assert message.startswith("xmonitor: ") and "nowhere" in message and "XMONITOR_WEB_ROOT" in message


@pytest.mark.parametrize("name, value", [
    ("DATABASE_URL", "mysql://me@db/x"), ("DATABASE_URL", "me@127.0.0.1:5432/x"), ("DATABASE_URL", "postgresql://me:p%zzsecret@db/x"),
    ("XMONITOR_READ_DATABASE_URL", "postgresql+driver://me:secret@db/x"), ("XMONITOR_WEB_ROOT", "nowhere")])
@pytest.mark.parametrize("command", ["config", "serve"])
def test_an_address_or_folder_that_is_none_is_told_with_its_setting_and_line(xmonitor, name, value, command):
    xmonitor.environment.pop(name, None)
    xmonitor.environment.setdefault("DATABASE_URL", "postgresql://127.0.0.1:1/x")
    xmonitor.environment.pop(name, None)
    (xmonitor.folder / ".env").write_text(f"# mine\n{name}={value}\n")
    message = xmonitor.fails(command)
    assert message.startswith(f"xmonitor: {name} (.env:2) is ") and "secret" not in message


def test_a_database_that_is_not_there_is_created_and_not_searched_for(xmonitor, database):
    address = xmonitor.environment["DATABASE_URL"]
    xmonitor.environment["DATABASE_URL"] = address.replace(address.split("?")[0].rsplit("/", 1)[1], "not_there", 1)
    message = xmonitor.fails("schema", "status")
    assert "Create the database" in message and "whether Postgres runs there" not in message


def test_import_without_a_schema_names_the_command(xmonitor, database):
    xmonitor("sample", "sample.db", "--posts", "5")
    assert "xmonitor schema apply" in xmonitor.fails("snapshot", "import", "sample.db")


@pytest.mark.parametrize("content, expected", [(None, "no file or folder"), ("text " * 200, "not a SQLite database"), ("", "none of the tables")])
def test_a_file_that_is_no_snapshot(xmonitor, archive, content, expected):
    if content is not None:
        (xmonitor.folder / "x.db").write_text(content)
    message = xmonitor.fails("snapshot", "import", "x.db")
    assert "x.db" in message and expected in message


def test_a_file_that_cannot_be_read(xmonitor, archive):
    if os.geteuid() == 0:
        # root reads everything; a folder in place of the table file cannot be read by anybody
        (xmonitor.folder / "snapshot" / "tweets.jsonl").mkdir(parents=True)
        assert "tweets.jsonl" in xmonitor.fails("snapshot", "import", "snapshot")
    else:
        (xmonitor.folder / "x.db").write_text("secret")
        (xmonitor.folder / "x.db").chmod(0)
        assert "x.db" in xmonitor.fails("snapshot", "import", "x.db")


def test_a_folder_without_json_lines(xmonitor, archive):
    (xmonitor.folder / "empty").mkdir()
    assert "tweets.jsonl" in xmonitor.fails("snapshot", "import", "empty")


def test_a_sample_does_not_overwrite(xmonitor):
    (xmonitor.folder / "precious.db").write_text("precious")
    assert "precious.db" in xmonitor.fails("sample", "precious.db")
    assert (xmonitor.folder / "precious.db").read_text() == "precious"


def test_interrupting_an_import_leaves_the_archive_as_it_was(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "30000")
    running = xmonitor.start("snapshot", "import", "sample.db")
    copying = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xmonitor' AND datname = current_database() AND query LIKE 'COPY%'"
    until(lambda: sql(archive, copying) != "0")
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 2, (out, err)
    assert "Nothing was changed" in err
    assert sql(archive, "SELECT count(*) FROM posts") == "0"
    assert not (xmonitor.folder / "sample.db.rejects.jsonl.tweets.partial").exists()
    xmonitor("snapshot", "import", "sample.db", code=1)
    assert int(sql(archive, "SELECT count(*) FROM posts")) > 29000


def test_a_full_disk_is_named_and_the_second_try_completes(xmonitor, archive):
    """The reject file is the only file that the importer writes; a limit on the size of files stands for the full disk."""
    xmonitor("sample", "sample.db", "--posts", "100")
    with closing(sqlite3.connect(xmonitor.folder / "sample.db")) as database:
        database.execute("PRAGMA journal_mode = DELETE")  # else SQLite itself writes beside the file
    limited = xmonitor.start(
        "snapshot", "import", "sample.db", "--rejects", "rejects", restore_signals=False,
        preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))))
    out, err = limited.communicate(timeout=60)
    assert limited.returncode == 2 and "rejects" in err, (out, err)
    assert sql(archive, "SELECT count(*) FROM posts") == "0"
    xmonitor("snapshot", "import", "sample.db", code=1)


def test_a_server_that_is_asked_to_stop_ends_in_order(xmonitor, archive):
    xmonitor.environment["XMONITOR_PORT"] = "0"
    server = xmonitor.start("serve")
    line_with("http://127.0.0.1:", server)
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0


def test_up_runs_its_own_postgres_and_stops_it(xmonitor):
    xmonitor.environment |= {"XMONITOR_PORT": "0", "XMONITOR_WEB_ROOT": ""}
    up = xmonitor.start("up", "--posts", "60")
    folder = line_with("DATABASE_URL=", up).split("'")[1]
    line_with("http://127.0.0.1:", up)
    assert sql(folder, "SELECT count(*) > 40 FROM posts") == "t"
    up.send_signal(signal.SIGINT)
    assert up.wait(timeout=60) == 0
    assert subprocess.run(["psql", "-qX", folder, "-c", "SELECT 1"], capture_output=True).returncode != 0
    # Root's lies outside of the test's folder.
    shutil.rmtree(folder.split("host=")[1].split("&")[0])
