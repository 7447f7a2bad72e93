"""Headers, cookies and parameters of the callback at random: nobody gets in, and nothing breaks."""

import http.client
import random
from urllib.parse import quote, quote_from_bytes

from reader import ATTEMPT, SESSION
from support.full_run import FULL

COUNT = 100_000 if FULL else 1_000
WORDS = ["", "null", "true", "0", "-1", "..", "%00", "=", ";", ",", "\\", "//evil.example", "xmk_" + "A" * 43, "xmf_" + "A" * 43, "Bearer", "Basic", "A" * 3_000]


class Noise:
    """Reproducible by its seed."""

    def __init__(self, seed, good):
        self.random, self.good = random.Random(seed), good

    def text(self):
        kind = self.random.randrange(4)
        if kind == 0:
            return self.random.choice(WORDS)
        if kind == 1:
            return "".join(chr(self.random.randrange(0x21, 0x7F)) for _ in range(self.random.randrange(40)))
        # A good value, damaged.
        value = list(self.random.choice(self.good))
        for _ in range(self.random.randrange(1, 4)):
            place = self.random.randrange(len(value))
            value[place:place + self.random.randrange(2)] = self.random.choice(["", "A", "_", "-", "=", "a" * 50])
            value = value or ["x"]
        return "".join(value)

    def headers(self):
        names = ["Cookie", "Cookie", "Authorization", "x-api-key", "Origin", "Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "x-request-id", "Accept"]
        return [(name, self.value(name)) for name in self.random.sample(names, self.random.randrange(1, 5))]

    def value(self, name):
        if name == "Cookie":
            cookies = [f"{self.random.choice([SESSION, ATTEMPT, 'other', ''])}={self.text()}" for _ in range(self.random.randrange(1, 4))]
            return self.random.choice(["; ", ";", ", "]).join(cookies)
        return self.random.choice(["Bearer ", "bearer  ", "Basic ", ""]) + self.text() if name == "Authorization" else self.text()

    def query(self):
        names = ["code", "state", "iss", "error", "scope", "state", "hd", "return", "token", ""]
        pairs = []
        for _ in range(self.random.randrange(5)):
            text = self.text()
            value = quote_from_bytes(self.random.randbytes(5)) if self.random.random() < 0.1 else quote(text) if self.random.random() < 0.8 else text
            pairs.append(f"{self.random.choice(names)}={''.join(letter for letter in value if 0x20 < ord(letter) < 0x7F and letter != '#')}")
        return "&".join(pairs)


def good_values(reader):
    """A session and an attempt that are good until they are damaged."""
    reader.begin()
    attempt = reader.cookies[ATTEMPT]
    location = reader.at_provider(reader.begin())
    reader.sign_in()
    return [reader.cookies[SESSION], attempt, location.partition("state=")[2].partition("&")[0], location.partition("code=")[2].partition("&")[0]]


def test_nobody_gets_in_and_nothing_breaks(feed, provider, reader):
    seed = random.randrange(1 << 32)
    noise = Noise(seed, good := good_values(reader))
    paths = ["/v1/auth/callback", "/api/v1/auth/callback", "/v1/auth/sign-in", "/v1/me", "/v1/feed", "/v1/auth/sign-out", "/v1/ingest/runs", "/v1/feed.atom"]
    connection = http.client.HTTPConnection(feed.address.removeprefix("http://"), timeout=60)
    for number in range(COUNT):
        path, headers, query = noise.random.choice(paths), noise.headers(), noise.query()
        if any(value in (part.partition("=")[2] for part in header.replace(",", ";").replace(" ", "").split(";")) for _, header in headers for value in good[:1]):
            continue  # damaged into what it was
        method = "POST" if "sign-out" in path or "ingest" in path else "GET"
        connection.putrequest(method, f"{path}?{query}" if query else path)
        for name, value in headers:
            connection.putheader(name, value.encode("latin-1", "replace"))
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        said = f"seed {seed}, number {number}: {method} {path}?{query} {headers}\n{answer.status} {body[:500]}"
        # 503: what a provider is asked for may be refused by it for a while.
        assert answer.status < 500, said
        if path in ("/v1/feed", "/v1/ingest/runs", "/v1/feed.atom"):
            assert answer.status in (400, 401, 403), said
        if path == "/v1/me" and answer.status == 200:
            assert b'"signed_in":false,"may_read":false' in body, said
        if answer.status == 303:
            location = answer.headers["Location"]
            assert location.startswith((feed.address + "/", provider.issuer + "/authorize?")), said
            assert not any(header.startswith(SESSION + "=") for header in answer.headers.get_all("Set-Cookie", [])), said
