"""`logs filter-log-events` of a function: what its processes wrote, where moto has nothing."""

import json
import time

from moto.logs.responses import LogsResponse

PREFIX = "/aws/lambda/"


def install(functions):
    def filter_log_events(self):
        """Lines of processes that were started since the given moment; the pattern is not looked at, so whoever asks gets more than he wants."""
        name = self._get_param("logGroupName").removeprefix(PREFIX)
        since = int(self._get_param("startTime") or 0) / 1000
        text = functions.written_since(name, since)
        events = [{"logStreamName": "all", "timestamp": int(time.time() * 1000), "message": line, "eventId": str(number)}
                  for number, line in enumerate(text.splitlines())]
        return json.dumps({"events": events, "searchedLogStreams": []})

    LogsResponse.filter_log_events = filter_log_events
