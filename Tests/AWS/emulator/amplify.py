"""The API of Amplify: apps, branches and manual deployments, of which moto has nothing."""

import io
import json
import re
import secrets
import threading
import time
import zipfile

from werkzeug.wrappers import Request, Response

from emulator.clients import ACCOUNT

APPS = {}  # app id → App
_lock = threading.Lock()


class App:
    def __init__(self, region, asked):
        self.id = "d" + secrets.token_hex(7)
        self.arn, self.domain = f"arn:aws:amplify:{region}:{ACCOUNT}:apps/{self.id}", f"{self.id}.amplifyapp.com"
        self.settings = asked
        self.branches, self.jobs = {}, {}  # name → settings; name → jobs in order

    def described(self):
        dated = {"createTime": 0, "updateTime": 0}
        usual = {"description": "", "repository": "", "platform": "WEB", "environmentVariables": {}, "enableBranchAutoBuild": False,
                 "enableBasicAuth": False, "customRules": []}
        return usual | dated | self.settings | {"appId": self.id, "appArn": self.arn, "defaultDomain": self.domain}

    def branch(self, name):
        usual = {"description": "", "stage": "NONE", "displayName": name, "enableNotification": False, "environmentVariables": {},
                 "enableAutoBuild": True, "customDomains": [], "framework": "", "activeJobId": "", "totalNumberOfJobs": str(len(self.jobs[name])),
                 "enableBasicAuth": False, "ttl": "5", "enablePullRequestPreview": False, "createTime": 0, "updateTime": 0}
        return usual | self.branches[name] | {"branchName": name, "branchArn": f"{self.arn}/branches/{name}"}

    def site(self, branch):
        """The files of the last deployment that went well: name → bytes."""
        good = [job for job in self.jobs.get(branch, []) if job.status == "SUCCEED"]
        return good[-1].files if good else {}


class Job:
    def __init__(self, number):
        self.id, self.status, self.files, self.token, self.started = str(number), "CREATED", None, secrets.token_hex(16), time.time()
        self.looks = 0  # since it is being stopped

    def summary(self, arn):
        return {"jobArn": f"{arn}/jobs/{self.id}", "jobId": self.id, "commitId": "", "commitMessage": "", "commitTime": 0, "startTime": self.started,
                "status": "PENDING" if self.status == "CREATED" else self.status, "jobType": "MANUAL"}


class Refused(Exception):
    def __init__(self, status, kind, message):
        self.status, self.kind, self.message = status, kind, message


def application(environ, start_response):
    request = Request(environ)
    try:
        with _lock:
            answer = Response(json.dumps(_answer(request)), content_type="application/json")
    except Refused as refused:
        answer = Response(json.dumps({"message": refused.message}), refused.status, {"x-amzn-ErrorType": refused.kind}, content_type="application/json")
    return answer(environ, start_response)


def _answer(request):
    body = json.loads(request.get_data() or b"{}")
    region = re.search(r"/(\w+-\w+-\d)/amplify/", request.headers["Authorization"])[1]
    if request.path == "/apps":
        if request.method == "GET":
            return {"apps": [app.described() for app in APPS.values()]}
        app = App(region, body)
        APPS[app.id] = app
        return {"app": app.described()}
    parts = request.path.strip("/").split("/")
    app = APPS.get(parts[1])
    if app is None:
        raise Refused(404, "NotFoundException", f"App {parts[1]} not found.")
    match [request.method, *parts[2:]]:
        case ["GET"]:
            return {"app": app.described()}
        case ["POST"]:
            app.settings |= {name: value for name, value in body.items() if name != "appId"}
            return {"app": app.described()}
        case ["DELETE"]:
            del APPS[app.id]
            return {"app": app.described()}
        case ["GET", "branches"]:
            return {"branches": [app.branch(name) for name in app.branches]}
        case ["POST", "branches"]:
            if body["branchName"] in app.branches:
                raise Refused(400, "BadRequestException", "A branch with this name exists.")
            app.branches[body["branchName"]], app.jobs[body["branchName"]] = body, []
            return {"branch": app.branch(body["branchName"])}
        case [_, "branches", name, *_] if name not in app.branches:
            raise Refused(404, "NotFoundException", f"Branch {name} not found.")
        case ["GET", "branches", name]:
            return {"branch": app.branch(name)}
        case ["POST", "branches", name]:
            app.branches[name] |= body
            return {"branch": app.branch(name)}
        case ["DELETE", "branches", name]:
            described = app.branch(name)
            del app.branches[name], app.jobs[name]
            return {"branch": described}
        case [_, "branches", name, *rest]:
            return _jobs(request, app, name, rest, body)
    raise Refused(404, "NotFoundException", f"The emulator has no {request.method} {request.path}.")


def _jobs(request, app, branch, path, body):
    jobs, arn = app.jobs[branch], f"{app.arn}/branches/{branch}"
    match [request.method, *path]:
        case ["POST", "deployments"]:
            if any(job.status in ("CREATED", "RUNNING", "CANCELLING") for job in jobs):
                raise Refused(400, "BadRequestException", "The last job was not finished or cancelled before starting a new one.")
            jobs.append(Job(len(jobs) + 1))
            address = f"{request.host_url}upload/{app.id}/{branch}/{jobs[-1].id}?X-Amz-Signature={jobs[-1].token}"
            return {"jobId": jobs[-1].id, "fileUploadUrls": {}, "zipUploadUrl": address}
        case ["POST", "deployments", "start"]:
            job = _job(jobs, body.get("jobId"))
            job.status = "SUCCEED" if job.files and "index.html" in job.files else "FAILED"
            return {"jobSummary": job.summary(arn) | {"status": "PENDING"}}
        case ["GET", "jobs"]:
            return {"jobSummaries": [_looked_at(job).summary(arn) for job in reversed(jobs)]}
        case ["GET", "jobs", number]:
            return {"job": {"summary": _looked_at(_job(jobs, number)).summary(arn), "steps": []}}
        case ["DELETE", "jobs", number, "stop"]:
            job = _job(jobs, number)
            if job.status not in ("CREATED", "RUNNING"):
                raise Refused(400, "BadRequestException", f"Job {number} cannot be stopped in its state.")
            job.status = "CANCELLING"
            return {"jobSummary": job.summary(arn)}
    raise Refused(404, "NotFoundException", f"The emulator has no {request.method} {request.path}.")


def _looked_at(job):
    """A job that is being stopped has stopped at the second look."""
    if job.status == "CANCELLING":
        job.looks += 1
        job.status = "CANCELLED" if job.looks == 2 else job.status
    return job


def _job(jobs, number):
    for job in jobs:
        if job.id == number:
            return job
    raise Refused(404, "NotFoundException", f"Job {number} not found.")


def upload(environ, start_response):
    """The signed address that takes the zip."""
    request = Request(environ)
    _, _, app, branch, number = request.path.split("/")
    with _lock:
        job = _job(APPS[app].jobs[branch], number)
        if "Authorization" in request.headers or request.args.get("X-Amz-Signature") != job.token:
            return Response("a signed address takes no other authorization", 403)(environ, start_response)
        try:
            with zipfile.ZipFile(io.BytesIO(request.get_data())) as packed:
                job.files = {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}
        except zipfile.BadZipFile:
            job.files = {}
    return Response("")(environ, start_response)
