"""`lambda invoke` runs the function's process, where moto would want Docker."""

import base64
import json

from moto.awslambda.models import LambdaFunction


def install(functions):
    def invoke(self, body, request_headers, response_headers):
        event = body if isinstance(body, bytes) else (body or "{}").encode()
        kind = request_headers.get("X-Amz-Invocation-Type", "RequestResponse")
        if kind == "DryRun":
            return b""
        invocation = functions.invoke(self, event)
        if kind == "Event":
            return b""
        # The function's own time-out ends it; this is for a mistake of the emulator.
        if not invocation.answered.wait(1200):
            raise TimeoutError(self.function_name)
        response_headers["x-amz-log-result"] = base64.b64encode(b"").decode()
        if error := invocation.error or invocation.broke_off:
            response_headers["x-amz-function-error"] = "Unhandled"
        return json.dumps(error).encode() if invocation.error else b"".join(invocation.pieces())

    LambdaFunction.invoke = invoke
