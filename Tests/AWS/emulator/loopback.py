"""All of it, started and stopped together. moto lives in this process, so there is one emulator in a process at a time."""

import contextlib
import json
import shutil
import tempfile
import threading
from pathlib import Path

from moto.moto_api import state_manager
from moto.moto_api._internal import moto_api_backend
from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from emulator import amplify, clients, iam_calls, log_calls, rds_calls
from emulator.certificates import Authority
from emulator.cloudformation import calls, distribution
from emulator.database import Instances
from emulator.edge.listener import Edge
from emulator.front import Front
from emulator.functions import invoke_call
from emulator.functions.pool import Functions
from emulator.objects import ObjectDoor
from emulator.registry import Registry

REGION = "us-east-1"


class _Quiet(MotoRequestHandler):
    def log_request(self, *_):
        pass


class Emulator:
    def __init__(self):
        self.at_end = contextlib.ExitStack()
        try:
            self._start()
        except BaseException:
            self.at_end.close()
            raise

    def _start(self):
        self.folder = Path(tempfile.mkdtemp(prefix="xmonitor-aws.", dir="/tmp"))
        self.folder.chmod(0o755)
        self.at_end.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.authority, self.web_authority = Authority(), Authority("Emulated web CA")
        # What the package takes as RDS's certificates.
        self.certificates = self._write("rds.pem", self.authority.pem())
        self.web_certificates = self._write("web-ca.pem", self.web_authority.pem())
        self.databases = Instances(self.folder / "databases", self.authority)
        self.at_end.callback(self.databases.stop)
        self.objects = self._owned(ObjectDoor(REGION))
        self.functions = Functions(self.folder, {"AWS_ENDPOINT_URL_S3": self.objects.address}, self.databases.address_of)
        self.at_end.callback(self.functions.stop)
        # moto keeps everything in this process, also what an emulator before this one had.
        moto_api_backend.reset()
        amplify.APPS.clear()
        rds_calls.install(self.databases)
        invoke_call.install(self.functions)
        calls.install()
        iam_calls.install()
        log_calls.install(self.functions)
        names = ("localhost", "127.0.0.1", "*.execute-api.us-east-1.amazonaws.com", "*.lambda-url.us-east-1.on.aws", "*.amplifyapp.com")
        certificate, key = self.web_authority.issue(*names)
        files = self._write("edge.pem", certificate), self._write("edge.key", key)
        self.edge = self._owned(Edge(self.functions, REGION, *files))
        self.registry = self._owned(Registry(*files))
        distribution.edge_address = self.edge.host
        state_manager.set_transition("cloudfront::distribution", {"progression": "immediate"})
        self.front = Front()
        self.server = self._owned(make_server("127.0.0.1", 0, self.front, threaded=True, request_handler=_Quiet))
        self.endpoint = f"http://127.0.0.1:{self.server.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        clients.set_endpoint(self.endpoint)

    def _write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        path.chmod(0o644)
        return path

    def environment(self, key="testing"):
        """What makes the command line speak to the emulator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1"}

    def outputs(self, stack):
        [found] = clients.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}

    def logs(self, function):
        """What the function has written, line by line, where it is JSON."""
        path = self.functions.log(function)
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines if line.startswith("{")]

    def _owned(self, server):
        self.at_end.callback(server.server_close)
        self.at_end.callback(server.shutdown)
        return server

    def stop(self):
        """Each part, the last first, also when another cannot be stopped."""
        self.at_end.close()
