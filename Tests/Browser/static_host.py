"""A host for static files as its settings in this repository describe it: rewrites in their order, files, headers, and the API behind it."""

import http.server
import json
import mimetypes
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = "https://api.example.com"


def headers():
    """Those of all files, by their names in small letters."""
    [everything] = yaml.safe_load((ROOT / "customHttp.yml").read_text(encoding="utf-8"))["customHeaders"]
    assert everything["pattern"] == "**/*"
    return {header["key"].lower(): header["value"] for header in everything["headers"]}


def rule_for(path, status):
    """The target of the first rule that fits, as Amplify reads them: `<*>` is the rest of the path, `</…/>` a regular expression."""
    for rule in json.loads((ROOT / "hosting/rewrites.json").read_text(encoding="utf-8")):
        assert rule["status"] in ("200", "301", "404")
        source = rule["source"]
        if rule["status"] != status:
            continue
        if source.startswith("</"):
            if re.search(source[2:-2], path):
                return rule["target"]
        elif path.startswith(source.removesuffix("<*>")):
            return rule["target"].replace("<*>", path.removeprefix(source.removesuffix("<*>")))
    return None


def rewritten(path):
    return rule_for(path, "200") or path


def served(path):
    """The file and its status; where there is none, what stands in its place."""
    [folder] = {yaml.safe_load((ROOT / "amplify.yml").read_text(encoding="utf-8"))["frontend"]["artifacts"]["baseDirectory"]}
    target = rewritten(path)
    file = ROOT / folder / (target.lstrip("/") or "index.html")
    return (200, file) if file.is_file() else (404, ROOT / folder / rule_for(path, "404").lstrip("/"))


class StaticHost(http.server.ThreadingHTTPServer):
    def __init__(self, api):
        super().__init__(("127.0.0.1", 0), Handler)
        self.api = api
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        target = rewritten(parts.path)
        if target.startswith(PLACEHOLDER):
            return self.hand_on(target.replace(PLACEHOLDER, self.server.api) + (f"?{parts.query}" if parts.query else ""))
        if moved := rule_for(parts.path, "301"):
            return self.answer(301, {**headers(), "location": moved}, b"")
        status, file = served(parts.path)
        return self.answer(status, {**headers(), "content-type": mimetypes.guess_type(file.name)[0]}, file.read_bytes())

    def hand_on(self, url):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers={"accept": self.headers["accept"] or "*/*"}), timeout=60) as answer:
                self.answer(answer.status, {"content-type": answer.headers["content-type"]}, answer.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, {"content-type": error.headers["content-type"]}, error.read())

    def answer(self, status, fields, body):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
