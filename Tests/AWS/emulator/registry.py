"""The registry of images: takes what a client pushes, by the protocol that all registries speak, and tells moto of it."""

import base64
import hashlib
import http.server
import re
import secrets
import ssl
import threading
from urllib.parse import parse_qs, urlsplit

from moto.ecr.models import ECRBackend

from emulator.clients import ACCOUNT, client

# As moto has it.
create = ECRBackend.create_repository


class Registry(http.server.ThreadingHTTPServer):
    """`requests` are the methods and paths, in order."""

    daemon_threads = True

    def __init__(self, certificate, key):
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.blobs, self.uploads, self.requests = {}, {}, []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

        def create_repository(backend, *arguments, **named):
            made = create(backend, *arguments, **named)
            made.uri = f"localhost:{self.server_port}/{made.name}"
            return made

        ECRBackend.create_repository = create_repository


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def _handle(self):
        registry, parts = self.server, urlsplit(self.path)
        registry.requests.append((self.command, parts.path))
        body = self._body()
        expected = base64.b64encode(f"AWS:{ACCOUNT}-auth-token".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {expected}":
            return self._send(401, **{"WWW-Authenticate": 'Basic realm="ecr"'})
        if parts.path == "/v2/":
            return self._send(200)
        name, kind, rest = re.fullmatch(r"/v2/(.+?)/(blobs/uploads|blobs|manifests)/(.*)", parts.path).groups()
        if kind == "manifests" and self.command == "PUT":
            digest = "sha256:" + hashlib.sha256(body).hexdigest()
            client("ecr").put_image(repositoryName=name, imageManifest=body.decode(), imageDigest=digest, imageTag=rest,
                                    imageManifestMediaType=self.headers["Content-Type"])
            return self._send(201, **{"Docker-Content-Digest": digest})
        if kind == "blobs/uploads":
            return self._upload(name, rest, body, parse_qs(parts.query))
        found = registry.blobs.get(rest) if kind == "blobs" else None
        return self._send(404) if found is None else self._send(200, size=len(found), **{"Docker-Content-Digest": rest})

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = _handle

    def _upload(self, name, identifier, body, query):
        uploads = self.server.uploads
        if self.command == "POST":
            identifier = secrets.token_hex(8)
            uploads[identifier] = b""
        uploads[identifier] += body
        if self.command != "PUT":
            return self._send(202, Location=f"/v2/{name}/blobs/uploads/{identifier}", Range=f"0-{max(0, len(uploads[identifier]) - 1)}")
        data, [digest] = uploads.pop(identifier), query["digest"]
        if digest != "sha256:" + hashlib.sha256(data).hexdigest():
            return self._send(400)
        self.server.blobs[digest] = data
        return self._send(201, **{"Docker-Content-Digest": digest, "Location": f"/v2/{name}/blobs/{digest}"})

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _send(self, status, size=0, **headers):
        self.send_response(status)
        for name, value in ({"Docker-Distribution-Api-Version": "registry/2.0", "Content-Length": str(size)} | headers).items():
            self.send_header(name, value)
        self.end_headers()
