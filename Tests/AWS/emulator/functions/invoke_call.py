"""`lambda invoke` runs the function's process, where moto would want Docker."""

import base64

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
        if invocation.error:
            response_headers["x-amz-function-error"] = "Unhandled"
        response_headers["x-amz-log-result"] = base64.b64encode(b"").decode()
        return b"".join(invocation.chunks()) if invocation.is_streamed else invocation.body

    LambdaFunction.invoke = invoke
