"""Whatever a file of settings looks like, no command prints a secret that stands in it."""

import os
import random

import pytest

from support.full_run import FULL
from test_planted_secrets import MARK, planted, values

COMMANDS = [["config"], ["config", "--json"], ["serve"], ["schema", "status"], ["keys", "list"], ["smoke", "http://127.0.0.1:1"], ["ops", "future", "--json"]]
OTHERS = {"XMONITOR_PORT": "0", "XMONITOR_HOST": "127.0.0.1", "XMONITOR_SERVICE_NAME": "archive", "XMONITOR_CONTACT": "'Ada, by mail'", "XMONITOR_READ_ACCESS": "keys",
          "XMONITOR_PUBLIC_URL": "https://feed.example.com", "XMONITOR_CORS_ORIGINS": "https://feed.example.com", "XMONITOR_RATE_LIMITS": "true",
          "XMONITOR_TRUSTED_PROXIES": "10.0.0.0/8", "XMONITOR_DB_AUTH": "password", "XMONITOR_WEB_ROOT": ""}


def lines(numbers):
    """A good file, in any order."""
    every = [f"{name}={value}" for name, value in ({name: value for name, value in values("host=127.0.0.1&port=1").items() if "DATABASE_URL" not in name} | OTHERS).items()]
    every += [f"{name}=postgresql://u:{planted(name)}@127.0.0.1:1/x" for name in ("DATABASE_URL", "XMONITOR_READ_DATABASE_URL")]
    numbers.shuffle(every)
    return every


def on_a_line(change):
    def mutate(every, numbers):
        place = numbers.randrange(len(every))
        every[place] = change(every[place], numbers)
    return mutate


def join(every, numbers):
    place = numbers.randrange(len(every) - 1)
    every[place : place + 2] = [every[place] + numbers.choice(["", " ", "\t", ";", ",", "\\", "\r", " export "]) + every[place + 1]]


def cut(every, numbers):
    """A line break in the middle, at the = or in the value."""
    place = numbers.randrange(len(every))
    at = numbers.randrange(1, len(every[place]))
    every[place : place + 1] = [every[place][:at], every[place][at:]]


def repeat(every, numbers):
    every.insert(numbers.randrange(len(every)), numbers.choice(every))


def typo(line, numbers):
    name, _, value = line.partition("=")
    at = numbers.randrange(1, len(name))
    return numbers.choice([name[:at] + name[at + 1 :], name[:at] + name[at - 1] + name[at:], name.lower(), name + "_FILE", name + "S", name.replace("_", "-")]) + "=" + value


def quoted(line, numbers):
    name, _, value = line.partition("=")
    before, behind = (numbers.choice(["", "'", '"', "\\", " ", "“"]) for _ in "ab")
    return f"{name}={before}{value}{behind}"


def between(line, numbers):
    name, _, value = line.partition("=")
    return name + numbers.choice([":", ": ", " = ", " ", "", "==", "=>", "\t=", "\n=", "=\n"]) + value


def inserted(line, numbers):
    at = numbers.randrange(len(line) + 1)
    return line[:at] + numbers.choice(["#", " #", " # ", "'", '"', "\\", "\0", "\r", "\x0b", "$", "=", "\u2028", "\u00a0", "\u0301", "\udcff"]) + line[at:]


def around(line, numbers):
    return numbers.choice(["export ", "set ", "- ", "{", "'", "$env:", "\ufeff", "  "]) + line + numbers.choice(["", ";", "}", "'", "\r", " ", " # a comment", "#"])


MUTATIONS = [join, cut, repeat, on_a_line(typo), on_a_line(quoted), on_a_line(between), on_a_line(inserted), on_a_line(around)]


def malformed(numbers):
    every = lines(numbers)
    for _ in range(numbers.choice([0, 1, 1, 2, 3])):
        numbers.choice(MUTATIONS)(every, numbers)
    text = numbers.choice(["", "", "\ufeff"]) + numbers.choice(["\n", "\n", "\r\n", "\r"]).join(every)
    return text.encode("utf-16" if numbers.random() < 0.03 else "utf-8", errors="surrogateescape" if "\udcff" in text else "strict")


@pytest.mark.parametrize("seed", range(20 if FULL else 4))
def test_no_secret_comes_out_of_a_malformed_file(xmonitor, seed):
    codes = set()
    xmonitor.environment.pop("XMONITOR_WEB_ROOT")
    for number in range(30):
        numbers = random.Random(f"{seed} {number}")
        content = malformed(numbers)
        (xmonitor.folder / ".env").write_bytes(content)
        for command in (COMMANDS[0], numbers.choice(COMMANDS[1:])):
            process = xmonitor.start(*command)
            out, err = process.communicate(timeout=60)
            assert process.returncode in (0, 1, 2), (command, err)
            assert MARK not in out + err and MARK.lower() not in (out + err).lower(), (seed, number, command, out, err)
            codes.add(process.returncode)
    assert {0, 2} <= codes, os.listdir(xmonitor.folder)
