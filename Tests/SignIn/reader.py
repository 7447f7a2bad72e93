"""A reader's browser without a page: it keeps cookies, and sends them by hand, because HTTP clients keep `Secure` cookies from `http://127.0.0.1`."""

from urllib.parse import parse_qs, urlsplit

import requests

SESSION, ATTEMPT = "__Host-xmonitor", "__Host-xmonitor-sign-in"


class Reader:
    def __init__(self, address):
        self.address, self.cookies = address, {}

    def send(self, method, path, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = requests.request(method, self.address + path, headers=headers, allow_redirects=False, timeout=60)
        for header in answer.raw.headers.getlist("Set-Cookie"):
            pair, _, attributes = header.partition(";")
            name, _, value = pair.partition("=")
            assert len(header) <= 4_096, "browsers keep no longer cookie"
            assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in attributes.split(";")}
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def begin(self, path="/"):
        """Returns where the provider is."""
        answer = self.get("/api/v1/auth/sign-in?return=" + requests.utils.quote(path, safe=""))
        assert answer.status_code == 303, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.headers["Location"]

    def at_provider(self, address):
        """Returns where the provider sends the reader back to."""
        answer = requests.get(address, allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def end(self, address):
        parts = urlsplit(address)
        return self.get(f"{parts.path}?{parts.query}")

    def sign_in(self, path="/"):
        return self.end(self.at_provider(self.begin(path)))

    def me(self):
        return self.get("/v1/me").json()

    def reads(self):
        return self.get("/v1/feed").status_code


def outcome(answer):
    """What the page is told of a sign-in; None when it went well."""
    assert answer.status_code == 303, (answer.status_code, answer.text)
    return parse_qs(urlsplit(answer.headers["Location"]).query).get("sign_in", [None])[0]
