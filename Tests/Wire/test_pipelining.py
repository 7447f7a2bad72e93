"""Requests that do not wait for the answers before them: each gets its own, in order, and whole."""

import threading

from raw import Raw

PATHS = ("/v1/feed?limit=3", "/v1/nothing", "/health/live", "/v1/facets", "/", "/v1/feed?limit=0")


def test_every_request_gets_its_own_answer(address):
    asked = [("HEAD" if number % 3 == 1 else "GET", PATHS[number % len(PATHS)]) for number in range(500)]
    alone = {}
    for method, path in dict.fromkeys(asked):
        with Raw(address) as raw:
            raw.send_bytes(f"{method} {path} HTTP/1.1\r\nHost: a\r\nX-Request-ID: the-same-for-all\r\n\r\n".encode())
            answer = raw.answer(to_head=method == "HEAD")
            alone[method, path] = answer.code, answer.body
    with Raw(address) as raw:
        lines = "".join(f"{method} {path} HTTP/1.1\r\nHost: a\r\nX-Request-ID: the-same-for-all\r\n\r\n" for method, path in asked)
        sender = threading.Thread(target=raw.send_bytes, args=(lines.encode(),))
        sender.start()
        for method, path in asked:
            answer = raw.answer(to_head=method == "HEAD")
            assert (answer.code, answer.body) == alone[method, path], (method, path)
        sender.join()
