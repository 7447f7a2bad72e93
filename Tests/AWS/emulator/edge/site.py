"""A site of Amplify: the files of the last deployment, by the rules and the headers that the app was given."""

import base64
import fnmatch
import mimetypes
import re

import yaml

from emulator import amplify
from emulator.edge.exchange import Answer


def answer(domain, request):
    branch, _, rest = domain.partition(".")
    app = amplify.APPS.get(rest.split(".")[0])
    # With another Host Amplify asks itself again and again, and ends with this.
    if app is None or request.header("host") != domain:
        return Answer(403, [("content-type", "text/plain")], b"Forbidden")
    settings = app.settings | app.branches.get(branch, {})
    if settings.get("enableBasicAuth"):
        told = (request.header("authorization") or "").removeprefix("Basic ")
        if told != settings["basicAuthCredentials"] and told != base64.b64encode(settings["basicAuthCredentials"].encode()).decode():
            return Answer(401, [("www-authenticate", "Basic")])
    if request.method not in ("GET", "HEAD"):
        return Answer(405)
    files, path, status = app.site(branch), request.path, 200
    for rule in settings.get("customRules", []):
        target = _target(rule["source"], rule["target"], path)
        if target is None or rule["status"].startswith("404") and _name(path) in files:
            continue
        if rule["status"] in ("301", "302"):
            return Answer(int(rule["status"]), [("location", target)])
        if target.startswith("https://"):
            return Answer(502, [], b"a rule that leads to another host")
        path, status = target, 404 if rule["status"] == "404" else 200
        break
    headers = _headers(settings.get("customHeaders") or "", request.path)
    name = _name(path)
    if name not in files:
        return Answer(404, [("content-type", "text/plain"), *headers], b"Not Found")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Answer(status, [("content-type", kind), *headers], files[name])


def _name(path):
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def _target(source, target, path):
    if source.startswith("</"):
        return target if re.search(source[2:-2], path) else None
    found = re.fullmatch("(.*)".join(map(re.escape, source.split("<*>"))), path)
    return target.replace("<*>", found[1] if found.groups() else "") if found else None


def _headers(text, path):
    found = {}
    for group in (yaml.safe_load(text) or {}).get("customHeaders", []):
        if fnmatch.fnmatch(path.lstrip("/"), group["pattern"].lstrip("/").replace("**/*", "*")):
            found |= {one["key"].lower(): one["value"] for one in group["headers"]}
    return list(found.items())
