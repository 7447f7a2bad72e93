"""The reader of docs/changes.md prints every change, though it is killed, and though the server goes away and comes back."""

from documented_reader import PROGRAM
from random_batches import moment as at
from support.tailers import archive_rows, key
from support.waiting import until


def batch(number, size=40):
    return [{"status_id": f"{number}-{place}", "url": "https://x.com/ada/status/1", "author_handle": "ada", "likes": place,
             "discovered_at": at(1), "last_seen_at": at(1)} for place in range(size)]


def await_all(reader, posts):
    until(lambda: len({key(item) for item in reader.items()}) == 3 * posts, otherwise=lambda: f"{len(reader.items())} of {3 * posts}")


def test_it_has_some_thirty_five_lines():
    assert len(PROGRAM.splitlines()) <= 36


def test_it_prints_everything_though_it_is_killed_and_the_server_comes_back(serve, another_archive, reader):
    address = another_archive()
    server = serve(address)
    port = server.address.rpartition(":")[2]
    server.client.send("posts", batch(0))
    process = reader(server.address)
    await_all(reader, 40)
    process.kill()
    server.client.send("posts", batch(1))
    reader(server.address)
    await_all(reader, 80)
    server.stop()
    server = serve(address, XMONITOR_PORT=port)
    server.client.send("posts", batch(2))
    await_all(reader, 120)
    # What it was told before it was killed it may print once more, and nothing else twice.
    printed = [key(item) for item in reader.items()]
    assert set(printed) == {key(item) for item in server.client.get("/v1/changes?limit=1000").json["items"]}
    assert len(printed) == len(set(printed))
    assert [line["kind"] for line in reader.lines()].count("restart") == 1


def test_an_empty_place_is_none(serve, another_archive, reader):
    server = serve(another_archive())
    server.client.send("posts", batch(0, 3))
    for left in ("", "\n"):
        (reader.folder / "changes.place").write_text(left)
        process = reader(server.address)
        until(lambda: (reader.folder / "changes.place").read_text().strip(), otherwise=reader.said)
        process.kill()
        process.wait()
    reader.ends_as(archive_rows(server.database))


def test_it_says_what_it_waits_for(serve, another_archive, reader):
    server = serve(another_archive())
    server.stop()
    process = reader(server.address)
    until(lambda: "refused" in reader.said() and server.address in reader.said(), otherwise=reader.said)
    assert process.poll() is None


def test_what_is_refused_for_good_ends_it_with_the_reason(serve, another_archive, reader):
    server = serve(another_archive())
    process = reader(server.address + "/nowhere")
    assert process.wait(timeout=60) == 1
    assert '"code":"not_found"' in reader.said()


def test_it_reads_where_reading_is_closed(serve, another_archive, reader, xmonitor):
    address = another_archive()
    xmonitor.environment["DATABASE_URL"] = address
    secret = xmonitor("keys", "create", "--name", "mirror", "--scopes", "read")
    server = serve(address, XMONITOR_READ_ACCESS="keys")
    server.client.send("posts", batch(0))
    process = reader(server.address)
    assert process.wait(timeout=60) == 1 and '"code":"unauthorized"' in reader.said()
    reader(server.address, XMONITOR_API_KEY=secret)
    await_all(reader, 40)
