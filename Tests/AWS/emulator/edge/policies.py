"""CloudFront's managed policies, as far as the templates use them."""

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
CACHE_POLICIES = {CACHING_DISABLED, CACHING_OPTIMIZED}
ORIGIN_REQUEST_POLICIES = {None, ALL_VIEWER, ALL_VIEWER_EXCEPT_HOST}


def forwarded(behavior, request, domain):
    """The request as the origin gets it."""
    policy = behavior.get("OriginRequestPolicyId")
    if policy not in ORIGIN_REQUEST_POLICIES or behavior["CachePolicyId"] not in CACHE_POLICIES:
        raise ValueError(f"The emulator does not know the policies of {behavior}")
    host = request.header("host") if policy == ALL_VIEWER else domain
    if policy is None:
        kept = [(name, value) for name, value in request.headers if name == "accept-encoding"]
        made = request.with_headers([("host", host), *kept, ("user-agent", "Amazon CloudFront")])
        made.query = ""
        return made
    kept = [(name, value) for name, value in request.headers if name not in ("host", "connection", "x-forwarded-for")]
    return request.with_headers([("host", host), *kept, ("x-forwarded-for", request.address), ("via", "1.1 emulated.cloudfront.net (CloudFront)")])
