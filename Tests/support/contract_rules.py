"""What is asked of a server by its own description, and what may be answered: the rules for schemathesis."""

# The key is given as authentication and not as a header, so that requests without it are tried too. No random text is a cursor or a
# time zone, and a random range may have too many buckets, so what is asked for with one may be refused; so may a batch whose
# Idempotency-Key was used before. An item that breaks the schema is answered in its place, by 200: the others go in. A stream has no end
# that could be waited for, and nobody waits long for a change. Feed tokens are for readers who signed in.
RULES = """
[auth.openapi.apiKey]
api_key = "KEY"

[[operations]]
include-path-regex = "/v1/(feed(|[.](csv|ndjson|atom|rss|json))|facets|stats/timeline|runs)$"
checks.positive_data_acceptance.enabled = false

[[operations]]
include-name = "GET /v1/changes"
checks.positive_data_acceptance.enabled = false
parameters = { wait = 1 }

[[operations]]
include-name = "GET /v1/stream"
enabled = false

[[operations]]
include-path-regex = "/v1/auth/(sign-in|callback)"
checks.negative_data_rejection.expected-statuses = ["400", "404"]

[[operations]]
include-path-regex = "/v1/me/feed-tokens"
checks.positive_data_acceptance.expected-statuses = ["403"]
checks.negative_data_rejection.expected-statuses = ["400", "403"]

[[operations]]
include-path-regex = "/v1/ingest/.+"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "422"]
checks.negative_data_rejection.expected-statuses = ["200", "400", "401", "404", "413", "415", "422"]
"""


def contract_rules(key):
    """The rules for a server that takes `key`."""
    return RULES.replace('"KEY"', f'"{key}"')
