"""Errors that CloudFront keeps, whatever the cache policy: ten seconds by their path, unless the distribution says otherwise."""

import time

from emulator.edge.cache import directives

_KEPT = {404, 405, 410, 414, 500, 501, 502, 503, 504}
_UNLESS_TOLD = {404, 410, 414, 501}  # the only ones for which no-store and the like count
_SECONDS = 10


class KeptErrors:
    """Neither query, key nor cookie makes a difference: no policy of the templates has them in the key of the cache."""

    def __init__(self):
        self.entries = {}

    def get(self, request):
        until, answer = self.entries.get(request.path, (0, None)) if request.method in ("GET", "HEAD") else (0, None)
        return answer if until > time.monotonic() else None

    def offer(self, config, request, answer):
        if request.method not in ("GET", "HEAD") or answer.status not in _KEPT or not isinstance(answer.body, bytes):
            return
        if answer.status in _UNLESS_TOLD and {"no-store", "no-cache", "private"} & set(directives(answer.header("cache-control"))):
            return
        said = {one["ErrorCode"]: one.get("ErrorCachingMinTTL", _SECONDS) for one in config.get("CustomErrorResponses", {}).get("Items", [])}
        if seconds := said.get(answer.status, _SECONDS):
            self.entries[request.path] = (time.monotonic() + seconds, answer)
