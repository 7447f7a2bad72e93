"""How long a refusal takes tells nothing about the keys that are good."""

import http.client
import math
import random
import secrets
import time

from support.full_run import FULL
from support.waiting import until

TRIES = 10_000 if FULL else 600
# A check that nothing can be told apart rejects by chance, too: only three rejections in a row are a finding (one in a billion).
ALPHA, ROUNDS = 0.001, 3


def mann_whitney(one, other):
    """The chance of such ranks, or of more extreme ones in either direction, if both are of one distribution (normal approximation, with ties)."""
    pooled = sorted((value, label) for label, values in ((0, one), (1, other)) for value in values)
    ranks, ties, start = 0.0, 0, 0
    while start < len(pooled):
        end = start
        while end < len(pooled) and pooled[end][0] == pooled[start][0]:
            end += 1
        ranks += (start + end + 1) / 2 * sum(label == 0 for _, label in pooled[start:end])
        ties += (end - start) ** 3 - (end - start)
        start = end
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    deviation = math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


def test_the_statistic_tells_apart_what_is_apart():
    source = random.Random(7)
    one, other = ([source.gauss(mean, 1) for _ in range(600)] for mean in (0, 0.3))
    assert mann_whitney(one, other) < ALPHA and mann_whitney(other, one) < ALPHA
    assert mann_whitney(one[:300], one[300:]) > ALPHA


def test_a_wrong_key_that_nearly_is_a_right_one_takes_as_long_as_any_other(xmonitor, archive, serve):
    server = serve(archive, XMONITOR_READ_ACCESS="keys")
    right = xmonitor("keys", "create", "--name", "reader", "--scopes", "read").strip()
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)

    def ask(key):
        started = time.perf_counter_ns()
        connection.request("GET", "/v1/freshness", headers={"x-api-key": key})
        answer = connection.getresponse()
        answer.read()
        return time.perf_counter_ns() - started, answer.status

    until(lambda: ask(right)[1] == 200)
    chances = []
    for _ in range(ROUNDS):
        near, far = [], []
        for _ in range(TRIES):
            # Both kinds alternate, in an order that no clock can learn.
            guesses = [(near, right[:-1] + ("A" if right[-1] != "A" else "B")), (far, "xmk_" + secrets.token_urlsafe(32))]
            random.shuffle(guesses)
            for times, guess in guesses:
                duration, status = ask(guess)
                assert status == 401
                times.append(duration)
        chances.append(mann_whitney(near, far))
        if chances[-1] >= ALPHA:
            break
    connection.close()
    assert max(chances) >= ALPHA, f"a key that is nearly right can be told from others: p = {chances}"
