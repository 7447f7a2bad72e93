"""Whatever is asked for, and however often, the server's memory has a bound."""

import threading

from support.full_run import FULL
from support.ingest_server import Client
from support.load import batch

MIB = 1 << 20


def memory(server, what="VmRSS"):
    with open(f"/proc/{server.process.pid}/status") as status:
        return int(next(line for line in status if line.startswith(what)).split()[1]) << 10


def test_no_number_of_questions_fills_it(archive, serve):
    """Pages of 200 KB that are asked for twice, so that they are worth remembering, and questions that have no answer."""
    server = serve(archive)
    for number in range(2):
        server.client.send("posts", [item | {"body_text": "long text " * 450} for item in batch(f"page-{number}")])

    def ask(numbers):
        for number in numbers:
            for _ in range(2):
                page = server.client.get(f"/v1/feed?exclude=nowhere-{number}")
                assert page.status == 200 and len(page.bytes) > 180_000
            for path in (f"/v1/posts/nobody-{number}", f"/v1/nothing/{number}", f"/v1/feed?cursor={number}", f"/{'x' * 900}{number}"):
                assert server.client.get(path).status in (400, 404)

    ask(range(20))
    before = memory(server)
    ask(range(20, 20_000 if FULL else 140))
    # What is remembered may come to 8 MiB; what was answered here comes to 22 MiB and more. The rest is left to the allocator.
    assert memory(server) - before < 16 * MIB


def test_large_bodies_at_once_do_not_fill_it(archive, serve):
    """Each has 3.8 MB and 1.9 million numbers; as values they are many times that."""
    server = serve(archive)
    body, statuses = b'{"items": [' + b"1," * 1_900_000 + b"1]}", []
    before = memory(server)

    def send():
        statuses.append(Client(server.address).post("posts", body).status)

    senders = [threading.Thread(target=send) for _ in range(10 if FULL else 2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(statuses) == len(senders) and set(statuses) <= {413, 503}, statuses
    assert server.client.get("/v1/feed").status == 200
    # A number is 32 bytes as a value, the text of all is held once, and what is freed need not be given back at once.
    assert memory(server, "VmHWM") - before < len(senders) * 80 * MIB
