"""The one address of all services: hands each request to moto or to what stands in for it, and refuses callers without rights."""

import json
import re
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Response

from emulator import amplify

NO_RIGHTS = "AKIANORIGHTS00000000"  # a caller who may only ask who he is
NO_IAM = "AKIANOIAM00000000000"  # one who may everything but ask IAM
_SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")


class Front:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.calls = []  # (service, method, path) of every call, for tests that count them
        # Every so many calls of the command line are throttled, none where it is 0; and how often that was.
        self.throttle_every, self.throttled, self.asked = 0, 0, 0
        # Functions whose answers get lost on the way, without a word, until `heard` is set.
        self.silent, self.heard = set(), threading.Event()

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/upload/"):
            return amplify.upload(environ, start_response)
        scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        key, region, service = scope.groups() if scope else (None, None, None)
        self.calls.append((service, method, path))
        if self._is_throttled(environ):
            return _failed(service, "Throttling", "Rate exceeded", 400)(environ, start_response)
        if key == NO_RIGHTS and service != "sts" or key == NO_IAM and service == "iam":
            return _denied(service)(environ, start_response)
        if service == "amplify":
            return amplify.application(environ, start_response)
        if service == "lambda" and path.startswith("/2016-08-19/account-settings"):
            return _json({"AccountLimit": {
                "TotalCodeSize": 80530636800, "CodeSizeUnzipped": 262144000, "CodeSizeZipped": 52428800, "ConcurrentExecutions": 10,
                "UnreservedConcurrentExecutions": 10}, "AccountUsage": {"TotalCodeSize": 0, "FunctionCount": 0}})(environ, start_response)
        if service == "lambda" and path.endswith("/invocations") and path.split("/")[-2] in self.silent:
            answer = list(self.moto(environ, start_response))
            self.heard.wait(1200)
            return answer
        return self.moto(environ, start_response)


    def _is_throttled(self, environ):
        if not self.throttle_every or "aws-cli" not in environ.get("HTTP_USER_AGENT", ""):
            return False
        self.asked += 1
        is_throttled = self.asked % self.throttle_every == 0
        self.throttled += is_throttled
        return is_throttled


def _json(answer, status=200, **headers):
    return Response(json.dumps(answer), status, {"x-amzn-RequestId": "emulator"} | headers, content_type="application/json")


def _denied(service):
    message = f"User: arn:aws:iam::123456789012:user/nobody is not authorized to perform this call of {service}"
    return _failed(service, "AccessDenied", message, 403)


def _failed(service, code, message, status):
    """In the form that the service's protocol has."""
    if service in ("cloudformation", "iam", "rds", "sns", "sts", "ec2", "elasticloadbalancing", "cloudwatch", "monitoring"):
        body = f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
        return Response(body, status, content_type="text/xml")
    if service == "s3":
        return Response(f"<Error><Code>{code}</Code><Message>{message}</Message></Error>", status, content_type="application/xml")
    return _json({"message": message, "__type": f"{code}Exception"}, status, **{"x-amzn-ErrorType": f"{code}Exception"})
