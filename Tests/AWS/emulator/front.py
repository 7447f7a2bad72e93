"""The one address of all services: hands each request to moto or to what stands in for it, and refuses callers without rights."""

import json
import re

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Response

from emulator import amplify

NO_RIGHTS = "AKIANORIGHTS00000000"  # a caller who may only ask who he is
_SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")


class Front:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.calls = []  # (service, method, path) of every call, for tests that count them

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/upload/"):
            return amplify.upload(environ, start_response)
        scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        key, region, service = scope.groups() if scope else (None, None, None)
        self.calls.append((service, method, path))
        if key == NO_RIGHTS and service != "sts":
            return _denied(service)(environ, start_response)
        if service == "amplify":
            return amplify.application(environ, start_response)
        if service == "lambda" and path.startswith("/2016-08-19/account-settings"):
            return _json({"AccountLimit": {
                "TotalCodeSize": 80530636800, "CodeSizeUnzipped": 262144000, "CodeSizeZipped": 52428800, "ConcurrentExecutions": 10,
                "UnreservedConcurrentExecutions": 10}, "AccountUsage": {"TotalCodeSize": 0, "FunctionCount": 0}})(environ, start_response)
        return self.moto(environ, start_response)


def _json(answer, status=200, **headers):
    return Response(json.dumps(answer), status, {"x-amzn-RequestId": "emulator"} | headers, content_type="application/json")


def _denied(service):
    """In the form that the service's protocol has."""
    message = f"User: arn:aws:iam::123456789012:user/nobody is not authorized to perform this call of {service}"
    if service in ("cloudformation", "iam", "rds", "sns", "ec2", "elasticloadbalancing", "cloudwatch", "monitoring"):
        body = f"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>{message}</Message></Error></ErrorResponse>"
        return Response(body, 403, content_type="text/xml")
    if service == "s3":
        return Response(f"<Error><Code>AccessDenied</Code><Message>{message}</Message></Error>", 403, content_type="application/xml")
    return _json({"message": message, "__type": "AccessDeniedException"}, 403, **{"x-amzn-ErrorType": "AccessDeniedException"})
