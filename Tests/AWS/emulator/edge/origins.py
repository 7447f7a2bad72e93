"""What stands behind the edge, by the domain of an origin: an HTTP API, a function URL, a site of Amplify."""

from moto.awslambda.models import lambda_backends

from emulator.clients import ACCOUNT
from emulator.cloudformation.calls import stacks
from emulator.edge import events, site
from emulator.edge.exchange import message

MAX_GATEWAY_BYTES = 10 * 1024 * 1024


def resources(kind):
    return [one for stack in stacks() for one in stack.resources.values() if one.kind == kind]


class Origins:
    def __init__(self, functions, region):
        self.functions, self.region = functions, region
        self.to_site = []  # requests that reached a site, with their headers

    def ask(self, domain, request):
        if domain.endswith(".amplifyapp.com"):
            self.to_site.append(request)
            return site.answer(domain, request)
        if ".lambda-url." in domain:
            return self._function_url(domain, request)
        if ".execute-api." in domain:
            return self._gateway(domain, request)
        return message(502, f"There is no origin {domain}")

    def _function(self, arn):
        return lambda_backends[ACCOUNT][self.region].get_function(arn.split(":function:")[1].split("/")[0] if ":function:" in arn else arn)

    def _gateway(self, domain, request):
        if len(request.body) > MAX_GATEWAY_BYTES:
            return message(413, "Request Entity Too Large")
        api = domain.split(".")[0]
        routes = [one for one in resources("AWS::ApiGatewayV2::Route") if one.properties["ApiId"] == api]
        route = next(iter(sorted((one for one in routes if _fits(one.properties["RouteKey"], request)), key=_rank)), None)
        if route is None:
            return message(404, "Not Found")
        target = route.properties["Target"].removeprefix("integrations/")
        [integration] = [one for one in resources("AWS::ApiGatewayV2::Integration") if one.ref == target]
        arn = integration.properties["IntegrationUri"]
        arn = arn.split("/functions/")[-1].removesuffix("/invocations")
        function = self._function(arn)
        if not permits(function, "lambda:InvokeFunction", "apigateway.amazonaws.com"):
            return message(500, "Internal Server Error")
        seconds = int(integration.properties.get("TimeoutInMillis", 30000)) / 1000
        key = route.properties["RouteKey"]
        return events.answered(self.functions, function, events.event(request, domain, key), seconds)

    def _function_url(self, domain, request):
        for function in lambda_backends[ACCOUNT][self.region].list_functions():
            if function.url_config and function.url_config.url.split("/")[2] == domain:
                break
        else:
            return message(404, "Not Found")
        if not (permits(function, "lambda:InvokeFunctionUrl", "*") and permits(function, "lambda:InvokeFunction", "*")):
            return message(403, "Forbidden")
        made = events.event(request, domain, "$default")
        if function.url_config.config.get("InvokeMode") == "RESPONSE_STREAM":
            return events.streamed(self.functions, function, made)
        return events.answered(self.functions, function, made, int(function.timeout))


def permits(function, action, principal):
    """Whether the function's own policy lets `principal` in."""
    for one in function.policy.statements:
        who = one["Principal"] if isinstance(one["Principal"], str) else next(iter(one["Principal"].values()))
        if one["Action"] == action and who in (principal, "*"):
            return True
    return False


def _fits(key, request):
    if key == "$default":
        return True
    method, pattern = key.split(" ", 1)
    if method not in ("ANY", request.method):
        return False
    parts, asked = pattern.strip("/").split("/"), request.path.strip("/").split("/")
    for place, part in enumerate(parts):
        if part.endswith("+}"):
            return len(asked) > place
        if place >= len(asked) or not (part.startswith("{") or part == asked[place]):
            return False
    return len(parts) == len(asked)


def _rank(route):
    """The most specific first."""
    key = route.properties["RouteKey"]
    return (key == "$default", "+}" in key, key.count("{"), key.startswith("ANY "), -len(key))
