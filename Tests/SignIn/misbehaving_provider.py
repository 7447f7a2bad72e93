"""An OpenID Connect provider that does what a test tells it to: right by itself, and wrong in any one way.

It signs by itself, because a library would refuse to make most of what it has to make.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

SECRET = "the-secret-of-the-client-for-tests"


def base64url(data):
    return base64.urlsafe_b64encode(data if isinstance(data, bytes) else json.dumps(data).encode()).rstrip(b"=").decode()


def number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class RSAKey:
    algorithm = "RS256"

    def __init__(self, kid):
        self.kid, self.private = kid, rsa.generate_private_key(65537, 2048)

    @property
    def public(self):
        numbers = self.private.public_key().public_numbers()
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": number(numbers.n), "e": number(numbers.e)}

    @property
    def pem(self):
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data):
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


class ECKey:
    algorithm = "ES256"

    def __init__(self, kid):
        self.kid, self.private = kid, ec.generate_private_key(ec.SECP256R1())

    @property
    def public(self):
        numbers = self.private.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "kid": self.kid, "x": base64url(numbers.x.to_bytes(32, "big")), "y": base64url(numbers.y.to_bytes(32, "big"))}

    def sign(self, data):
        r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def token(header, claims, signature):
    """`signature` makes the bytes of one out of what is signed."""
    signed = f"{base64url(header)}.{base64url(claims)}"
    return f"{signed}.{base64url(signature(signed.encode()))}"


class MisbehavingProvider:
    def __init__(self):
        self.first, self.elliptic = RSAKey("first"), ECKey("elliptic")
        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.httpd.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.httpd.server_port}"
        self.codes, self.requests = {}, []
        self.released = threading.Event()
        self.behave()
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.httpd.shutdown()
        self.httpd.server_close()

    def behave(self):
        """As a provider should."""
        self.key, self.published = self.first, [self.first.public, self.elliptic.public]
        self.header, self.claims, self.metadata, self.answer, self.user_info = {}, {}, {}, {}, {"sub": "1"}
        self.encode = lambda header, claims: token(header, claims, self.key.sign)
        # By path: what is answered in place of what is right, as a status and a body.
        self.faults, self.held = {}, set()
        self.released.clear()

    def asked(self, path):
        return sum(request == path for request in self.requests)

    def handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                self.answer_to(None)

            def do_POST(self):
                self.answer_to(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def answer_to(self, body):
                address = urlsplit(self.path)
                provider.requests.append(address.path)
                if address.path in provider.held:
                    provider.released.wait(60)
                status, headers, content = provider.respond(address, body, self.headers)
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    pass  # who asked did not wait

        return Handler

    def respond(self, address, body, headers):
        if address.path in self.faults:
            status, content = self.faults[address.path]
            return status, {"Content-Type": "application/json"}, content
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        match address.path:
            case "/.well-known/openid-configuration":
                document = self.discovery()
            case "/jwks":
                document = {"keys": self.published}
            case "/authorize":
                return 302, {"Location": self.authorise(query)}, b""
            case "/token":
                return self.redeem({name: values[0] for name, values in parse_qs(body).items()}, headers)
            case "/userinfo":
                document = self.user_info if headers["Authorization"] == "Bearer access" else {}
            case _:
                return 404, {}, b""
        return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()

    def discovery(self):
        here = self.issuer
        return {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token", "jwks_uri": f"{here}/jwks",
            "userinfo_endpoint": f"{here}/userinfo", "end_session_endpoint": f"{here}/end", "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        } | self.metadata

    def authorise(self, query):
        """Everybody who comes is Ann, and agrees. Returns where she goes back to."""
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256" and "openid" in query["scope"].split()
        code = self.issue_code(query["client_id"], query)
        answer = {"code": code, "state": query["state"], "session_state": "of no interest"} | self.answer
        return query["redirect_uri"] + "?" + urlencode({name: value for name, value in answer.items() if value is not None})

    def issue_code(self, client, query):
        code = secrets.token_urlsafe(16)
        self.codes[code] = {"client": client, "redirect": query["redirect_uri"], "nonce": query["nonce"], "challenge": query["code_challenge"]}
        return code

    def redeem(self, form, headers):
        code = self.codes.pop(form.get("code"), None)
        client, secret = self.client(form, headers)
        if not hmac.compare_digest(secret or "", SECRET):
            return 401, {}, json.dumps({"error": "invalid_client"}).encode()
        challenge = base64url(hashlib.sha256(form["code_verifier"].encode()).digest())
        if not code or (code["client"], code["redirect"], code["challenge"]) != (client, form["redirect_uri"], challenge):
            return 400, {}, json.dumps({"error": "invalid_grant"}).encode()
        return 200, {"Content-Type": "application/json"}, json.dumps(
            {"id_token": self.encode(*self.contents(code)), "access_token": "access", "token_type": "Bearer"}).encode()

    @staticmethod
    def client(form, headers):
        if "client_secret" in form:
            return form["client_id"], form["client_secret"]
        basic = headers.get("Authorization", "").removeprefix("Basic ")
        return [unquote(part) for part in base64.b64decode(basic).decode().partition(":")[::2]] if basic else (form.get("client_id"), None)

    def contents(self, code):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "1", "aud": code["client"], "exp": now + 300, "iat": now, "nonce": code["nonce"], "email": "Ann@example.com",
            "email_verified": True, "name": "Ann Example", "hd": "example.com",
        } | self.claims
        header = {"alg": self.key.algorithm, "kid": self.key.kid, "typ": "JWT"} | self.header
        return tuple({name: value for name, value in part.items() if value is not None} for part in (header, claims))
