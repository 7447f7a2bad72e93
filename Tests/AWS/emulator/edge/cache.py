"""A shared cache by RFC 9111, which knows nothing of cookies: what it may store, another reader can get."""

import time


def directives(text):
    found = {}
    for one in (text or "").split(","):
        name, _, value = one.strip().lower().partition("=")
        if name:
            found[name] = value.strip('"')
    return found


class SharedCache:
    """`stored` are the addresses of all that it was ever allowed to store."""

    def __init__(self):
        self.entries, self.stored = {}, set()

    def get(self, request):
        entry = self.entries.get((request.path, request.query)) if request.method in ("GET", "HEAD") else None
        if entry is None or entry[0] < time.monotonic() or any(request.header(name) != value for name, value in entry[1].items()):
            return None
        return entry[2]

    def offer(self, request, answer):
        """Stores the answer where its headers allow it."""
        told = directives(answer.header("cache-control"))
        may_store = request.method == "GET" and answer.status in (200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501)
        if not may_store or "private" in told or "no-store" in told or answer.header("vary") == "*":
            return
        if request.header("authorization") and not {"public", "s-maxage", "must-revalidate"} & set(told):
            return
        self.stored.add(request.path + (f"?{request.query}" if request.query else ""))
        fresh = 0 if "no-cache" in told else int(told.get("s-maxage") or told.get("max-age") or 86400)
        if fresh and isinstance(answer.body, bytes):
            names = [name.strip().lower() for name in (answer.header("vary") or "").split(",") if name.strip()]
            self.entries[request.path, request.query] = (time.monotonic() + fresh, {name: request.header(name) for name in names}, answer)
