"""Which files the snapshot commands open, and what they leave: nothing but regular files, nothing that others can read, nothing through a link."""

import json
import os
import socket
import stat

import pytest


def modes(folder):
    """Path → the rights of everybody but the owner, of all files and folders that are there."""
    found = {}
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(parent, name)
            found[os.path.relpath(path, folder)] = stat.S_IMODE(os.lstat(path).st_mode) & 0o077
    return found


def pipe(path):
    os.mkfifo(path)


def unix_socket(path):
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


@pytest.mark.parametrize("make", [pipe, unix_socket])
@pytest.mark.parametrize("command", [
    ("inspect", "thing"), ("import", "thing"), ("validate", "thing"), ("take", "thing", "copy.db"), ("export", "thing", "folder"), ("rehearse", "thing"),
    ("inspect", "folder"), ("import", "folder"), ("validate", "folder")], ids=" ".join)
def test_what_is_no_file_is_refused_at_once(xmonitor, archive, command, make):
    make(xmonitor.folder / "thing")
    if command[1] == "folder":
        os.mkdir(xmonitor.folder / "folder")
        os.rename(xmonitor.folder / "thing", xmonitor.folder / "folder" / "tweets.jsonl")
    before = sorted(os.listdir(xmonitor.folder))
    message = xmonitor.fails("snapshot", *command)
    assert "neither a file nor a folder" in message and ("thing" in message or "tweets.jsonl" in message)
    assert sorted(os.listdir(xmonitor.folder)) == before


def test_a_device_is_refused_at_once(xmonitor):
    assert "/dev/zero" in xmonitor.fails("snapshot", "inspect", "/dev/zero")


def test_nobody_else_can_read_what_holds_posts(xmonitor, archive):
    xmonitor("sample", "sample.db", "--posts", "120")
    # What SQLite makes beside its file has the rights of the file.
    theirs = {"sample.db", "sample.db-wal", "sample.db-shm"}
    os.umask(0)
    try:
        xmonitor("snapshot", "take", "sample.db", "copy.db")
        xmonitor("snapshot", "export", "sample.db", "folder")
        xmonitor("snapshot", "import", "sample.db", "--rejects", "rejects.jsonl", code=1)
        xmonitor("snapshot", "validate", "sample.db", "--report", "proof", "--samples", "3")
        xmonitor.environment.pop("DATABASE_URL")
        xmonitor("snapshot", "rehearse", "copy.db", "--evidence", "evidence")
    finally:
        os.umask(0o022)
    found = {path: mode for path, mode in modes(xmonitor.folder).items() if path.split("/")[0] not in theirs}
    assert {"copy.db", "copy.db.manifest.json", "folder/tweets.jsonl", "folder/manifest.json", "rejects.jsonl", "proof/validation.md",
            "proof/validation.json", "evidence/rejects.jsonl", "evidence/rehearsal.json", "evidence/validation.md"} <= set(found)
    assert {path: mode for path, mode in found.items() if mode} == {}


PARTIALS = {
    "rejects.jsonl.tweets.partial": ("import", "sample.db", "--rejects", "rejects.jsonl"),
    "rejects.jsonl.partial": ("import", "sample.db", "--rejects", "rejects.jsonl"),
    "copy.db.partial": ("take", "sample.db", "copy.db"), "copy.db.manifest.json.partial": ("take", "sample.db", "copy.db"),
    "folder.partial": ("export", "sample.db", "folder")}


@pytest.mark.parametrize("name", PARTIALS)
def test_a_link_in_the_place_of_an_unfinished_file_is_not_followed(xmonitor, archive, name):
    xmonitor("sample", "sample.db", "--posts", "120")
    victim = xmonitor.folder / "victim"
    victim.mkdir() if name == "folder.partial" else victim.write_text("precious")
    os.symlink(victim, xmonitor.folder / name)
    command = PARTIALS[name]
    xmonitor("snapshot", *command, code=1 if command[0] == "import" else 0)
    if victim.is_dir():
        assert os.listdir(victim) == []
    else:
        assert victim.read_text() == "precious"
    assert not os.path.lexists(xmonitor.folder / name)


@pytest.mark.parametrize("name", ["file:fz.db", "file:fz.db?mode=memory", ":memory:", "a?b#c%20d.db", "file:%2e.db"])
def test_a_name_is_nothing_but_a_path(xmonitor, archive, name):
    os.mkdir(xmonitor.folder / "place")
    xmonitor("sample", f"place/../{name}", "--posts", "20")
    assert os.path.exists(xmonitor.folder / name)
    os.rename(xmonitor.folder / name, xmonitor.folder / "s.db")
    for rest in ("-wal", "-shm"):
        if os.path.exists(xmonitor.folder / (name + rest)):
            os.rename(xmonitor.folder / (name + rest), xmonitor.folder / ("s.db" + rest))
    xmonitor("snapshot", "take", "s.db", name)
    assert sorted(found for found in os.listdir(xmonitor.folder) if not found.startswith("s.db")) == sorted([name, name + ".manifest.json", "place"])
    assert json.loads(xmonitor("snapshot", "inspect", name, "--json"))["tables"]
    xmonitor("snapshot", "take", name, "again.db")
    assert (xmonitor.folder / "again.db").read_bytes()[:16] == b"SQLite format 3\0"
    xmonitor("sample", name + "2", "--posts", "20")
    assert os.path.exists(xmonitor.folder / (name + "2"))
    xmonitor("snapshot", "export", name, name + ".folder")
    assert os.path.exists(xmonitor.folder / (name + ".folder") / "tweets.jsonl")
