"""S3 as functions reach it: signed addresses are checked, the rights of the role as well, and moto keeps the objects."""

import datetime
import http.server
import threading
from urllib.parse import unquote, urlsplit

from botocore.exceptions import ClientError

from emulator import identity, signatures
from emulator.clients import client

ACTIONS = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject"}


class ObjectDoor(http.server.ThreadingHTTPServer):
    """`clock_offset` is by how much AWS's clock is ahead of the functions'."""

    daemon_threads = True

    def __init__(self, region):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.region, self.clock_offset = region, datetime.timedelta()
        self.requests = []  # (method, path, status)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        now = datetime.datetime.now(datetime.UTC) + self.server.clock_offset
        try:
            who = signatures.holder(parts.query, "s3", self.server.region, self.command, parts.path, self.headers["Host"], now)
        except signatures.Invalid as invalid:
            return self._refuse(403, "SignatureDoesNotMatch", str(invalid))
        _, bucket, key = unquote(parts.path).split("/", 2)
        if not identity.may(who.role, ACTIONS[self.command], f"arn:aws:s3:::{bucket}/{key}"):
            return self._refuse(403, "AccessDenied", f"{who.role} is not authorized to perform: {ACTIONS[self.command]} on {key}")
        try:
            return self._serve(bucket, key, body)
        except ClientError as error:
            kind = error.response["Error"]["Code"]
            return self._refuse(error.response["ResponseMetadata"]["HTTPStatusCode"], "NoSuchKey" if kind == "404" else kind, str(error))

    do_PUT = do_HEAD = do_GET

    def _serve(self, bucket, key, body):
        s3 = client("s3", self.server.region)
        if self.command == "PUT":
            answer = s3.put_object(Bucket=bucket, Key=key, Body=body)
            return self._answer(200, b"", {"ETag": answer["ETag"]})
        answer = s3.get_object(Bucket=bucket, Key=key)
        return self._answer(200, answer["Body"].read(), {"ETag": answer["ETag"], "Content-Type": answer["ContentType"]})

    def _refuse(self, status, code, message):
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
        self._answer(status, body, {"Content-Type": "application/xml"})

    def _answer(self, status, body, headers):
        self.server.requests.append((self.command, urlsplit(self.path).path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
