"""Signature Version 4 of addresses, computed here once more: of tokens for the database, and of objects in S3."""

import datetime
import hashlib
import hmac
from urllib.parse import parse_qsl, quote

from emulator import identity


class Invalid(Exception):
    """Why a signature is not taken."""


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def holder(query, service, region, method, path, host, now=None):
    """Whose signed address it is. `query` is as it came, `path` as it was encoded. Raises Invalid."""
    pairs = parse_qsl(query, keep_blank_values=True)
    told = dict(pairs)
    try:
        key, day, signed_region, signed_service, _ = told["X-Amz-Credential"].split("/")
        moment = datetime.datetime.strptime(told["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
        lifetime, signature = int(told["X-Amz-Expires"]), told["X-Amz-Signature"]
    except (KeyError, ValueError) as error:
        raise Invalid(f"no signed address: {error}") from error
    who = identity.holder(key)
    if who is None:
        raise Invalid("InvalidAccessKeyId")
    if (signed_region, signed_service) != (region, service):
        raise Invalid(f"signed for {signed_service} in {signed_region}, not for {service} in {region}")
    now = now or datetime.datetime.now(datetime.UTC)
    age = (now - moment).total_seconds()
    if age > lifetime:
        raise Invalid("expired")
    # AWS allows for clocks that are wrong by up to 15 minutes.
    if age < -900:
        raise Invalid("not yet valid")
    if told.get("X-Amz-Security-Token") != who.session:
        raise Invalid("the session token is another")
    if told.get("X-Amz-SignedHeaders") != "host":
        raise Invalid("headers besides host are signed")
    canonical = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(pairs) if name != "X-Amz-Signature")
    payload = hashlib.sha256(b"").hexdigest() if service == "rds-db" else "UNSIGNED-PAYLOAD"
    request = f"{method}\n{path}\n{canonical}\nhost:{host}\n\nhost\n{payload}"
    text = f"AWS4-HMAC-SHA256\n{told['X-Amz-Date']}\n{day}/{region}/{service}/aws4_request\n{hashlib.sha256(request.encode()).hexdigest()}"
    derived = _hmac(_hmac(_hmac(_hmac(("AWS4" + who.secret).encode(), day), region), service), "aws4_request")
    if not hmac.compare_digest(_hmac(derived, text).hex(), signature):
        raise Invalid("SignatureDoesNotMatch")
    return who


def _encoded(text):
    return quote(text, safe="-_.~")
