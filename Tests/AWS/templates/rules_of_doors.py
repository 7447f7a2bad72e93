"""The ways in from the internet, and where each path leads."""

import re

import yaml
from policy_matcher import matches
from rulebook import ROOT, rewrites, rule

CACHING_DISABLED, CACHING_OPTIMIZED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
STREAMED = {"ExportDomain": "u.lambda-url.us-east-1.on.aws"}
SERVICE = {"ServiceVpcOriginId": "vo_1", "ServiceDomain": "internal.example"}
DOORS = {
    "AWS::ApiGatewayV2::Api": {"HttpApi"},
    "AWS::Lambda::Url": {"ExportFunctionUrl"},
    "AWS::CloudFront::Distribution": {"Distribution"},
    "AWS::Amplify::App": {"SiteApp"},
}


@rule
def nothing_is_public_but_the_doors(sources):
    made = sources.app.made()
    for kind, names in DOORS.items():
        assert set(made.of_type(kind)) == names
    for name, template in sources.templates.items():
        kinds = {resource["Type"] for resource in template.declared.values()}
        allowed = {"app": set(DOORS), "github": {"AWS::Amplify::App"}}.get(name, set())
        assert kinds & (set(DOORS) | {"AWS::EC2::EIP", "AWS::EC2::NatGateway", "AWS::ApiGateway::RestApi", "AWS::EC2::Instance"}) <= allowed, name
        for function, permission in template.of_type("AWS::Lambda::Permission").items():
            narrow = {"FunctionUrlAuthType", "InvokedViaFunctionUrl", "SourceArn"} & set(permission["Properties"])
            assert narrow, f"{function} lets anybody call the function"
    assert sources.service.made()["Balancer"]["Scheme"] == "internal", "the load balancer is public"
    for template in (sources.data, sources.service):
        for database in template.of_type("AWS::RDS::DBInstance").values():
            assert database["Properties"]["PubliclyAccessible"] is False


@rule
def the_network_of_the_database_has_no_way_to_the_internet(sources):
    made = sources.data.made()
    kinds = {resource["Type"] for resource in made.resources.values()}
    assert not kinds & {"AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", "AWS::EC2::Route", "AWS::EC2::EgressOnlyInternetGateway"}
    subnets = made.of_type("AWS::EC2::Subnet")
    assert len({subnet["AvailabilityZone"] for subnet in subnets.values()}) == 2
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in subnets.values())
    service = sources.service.made()
    assert {association["SubnetId"] for association in service.of_type("AWS::EC2::SubnetRouteTableAssociation").values()} == {"<PublicSubnetA>", "<PublicSubnetB>"}


@rule
def sign_in_goes_to_auth_and_the_rest_to_api(sources):
    made = sources.app.made()
    targets = {route["RouteKey"]: route["Target"] for route in made.of_type("AWS::ApiGatewayV2::Route").values()}
    assert targets == {
        "$default": "integrations/<ApiIntegration>",
        "ANY /v1/auth/{proxy+}": "integrations/<AuthIntegration>",
        "ANY /api/v1/auth/{proxy+}": "integrations/<AuthIntegration>",
    }
    for path, handler in paths_of_the_api():
        is_sign_in = handler in ("beginSignIn", "endSignIn", "signOut")
        assert is_sign_in == bool(re.match(r"(/api)?/v1/auth/", path)), path
    for name in ("api", "auth"):
        integration = made[f"{name.title()}Integration"]
        assert integration["IntegrationUri"] == f"<{name.title()}Function.Arn>"
        assert (integration["PayloadFormatVersion"], integration["IntegrationType"], integration["TimeoutInMillis"]) == ("2.0", "AWS_PROXY", 30000)
        permission = made[f"{name.title()}Permission"]
        assert permission == {
            "FunctionName": f"xmonitor-{name}", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
            "SourceArn": "arn:aws:execute-api:us-east-1:111122223333:<HttpApi>/*",
        }  # fmt: skip


def paths_of_the_api():
    """Every operation's path with its prefixes, and what handles it, as the program's table has them."""
    table = (ROOT / "Sources/API/Server/Routes.swift").read_text(encoding="utf-8")
    routes = re.findall(r'Route\(\s*\.\w+, "([^"]+)".*?(?:prefixes: (\[[^\]]*\]),.*?)?(\w+)\),\n', table)
    assert len(routes) > 30
    return [(prefix + path, handler) for path, prefixes, handler in routes for prefix in ([""] if prefixes else ["", "/api"])]


@rule
def the_api_is_throttled_and_its_log_holds_no_token(sources):
    stage = sources.app.made()["ApiStage"]
    assert (stage["StageName"], stage["AutoDeploy"]) == ("$default", True)
    assert stage["DefaultRouteSettings"] == {"ThrottlingRateLimit": 25, "ThrottlingBurstLimit": 50}
    variables = set(re.findall(r"\$context\.[A-Za-z.]+", stage["AccessLogSettings"]["Format"]))
    assert "$context.path" in variables and not variables & {"$context.identity.sourceIp", "$context.queryString"}
    yaml.safe_load(stage["AccessLogSettings"]["Format"])  # JSON is YAML
    assert sources.app.made()["AccessLog"]["LogGroupName"] == "/aws/vendedlogs/xmonitor-access"


@rule
def the_function_url_streams_and_is_called_as_a_url_only(sources):
    made = sources.app.made()
    assert made["ExportFunctionUrl"] == {"TargetFunctionArn": "<ApiFunction.Arn>", "AuthType": "NONE", "InvokeMode": "RESPONSE_STREAM"}
    assert made["ExportUrlPermission"] == {
        "FunctionName": "xmonitor-api", "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE",
    }  # fmt: skip
    assert made["ExportInvokePermission"] == {
        "FunctionName": "xmonitor-api", "Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": True,
    }  # fmt: skip
    buffered = sources.app.made(Downloads="buffered")
    assert not set(buffered.resources) & {"ExportFunctionUrl", "ExportUrlPermission", "ExportInvokePermission"} and buffered.outputs["ExportUrl"] == ""


def destination(made, path):
    """The behaviour that CloudFront takes: the first whose pattern fits."""
    config = made["Distribution"]["DistributionConfig"]
    return next((each for each in config["CacheBehaviors"] if matches(each["PathPattern"], path)), config["DefaultCacheBehavior"])


@rule
def each_path_leads_to_its_origin(sources):
    cases = [({}, "api", "api"), (STREAMED, "api", "export"), (STREAMED | {"Downloads": "buffered"}, "api", "api"), (STREAMED | SERVICE, "service", "service")]
    for given, api, export in cases:
        made = sources.app.made(**given)
        origins = [origin["Id"] for origin in made["Distribution"]["DistributionConfig"]["Origins"]]
        for path, handler in paths_of_the_api():
            expected = export if handler in ("csv", "ndjson") else api
            assert destination(made, path)["TargetOriginId"] == expected, (path, given)
            assert expected in origins
        for path in ("/", "/index.html", "/posts/1", "/docs", "/js/app.js", "/config.js", "/v1", "/apiary", "/healthy"):
            assert destination(made, path)["TargetOriginId"] == "site", path


@rule
def nothing_of_the_api_is_cached_and_the_page_gets_no_cookie(sources):
    made = sources.app.made(**STREAMED)
    for path, _ in paths_of_the_api():
        behaviour = destination(made, path)
        assert behaviour["CachePolicyId"] == CACHING_DISABLED and behaviour["OriginRequestPolicyId"] == ALL_BUT_HOST, path
        assert behaviour["ViewerProtocolPolicy"] == "https-only", "a key could be sent in clear"
        assert set(behaviour["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    page = destination(made, "/")
    assert page["CachePolicyId"] == CACHING_OPTIMIZED and not {"OriginRequestPolicyId", "ForwardedValues"} & set(page)
    assert page["ViewerProtocolPolicy"] == "redirect-to-https" and set(page["AllowedMethods"]) == {"GET", "HEAD"}


@rule
def no_error_is_kept_for_others(sources):
    """CloudFront keeps errors for ten seconds unless told, in spite of `no-store`."""
    kept = {each["ErrorCode"]: each for each in sources.app.made()["Distribution"]["DistributionConfig"]["CustomErrorResponses"]}
    assert set(kept) == {400, 403, 404, 405, 414, 500, 501, 502, 503, 504}
    assert all(each == {"ErrorCode": code, "ErrorCachingMinTTL": 0} for code, each in kept.items())


@rule
def origins_are_reached_over_tls(sources):
    made = sources.app.made(**STREAMED, **SERVICE)
    origins = {origin["Id"]: origin for origin in made["Distribution"]["DistributionConfig"]["Origins"]}
    assert {name: origin["DomainName"] for name, origin in origins.items()} == {
        "site": "main.<SiteApp.DefaultDomain>", "api": "<HttpApi>.execute-api.us-east-1.amazonaws.com",
        "export": "u.lambda-url.us-east-1.on.aws", "service": "internal.example",
    }  # fmt: skip
    for name in ("site", "api", "export"):
        assert origins[name]["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only" and origins[name]["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]
    assert origins["api"]["CustomOriginConfig"]["OriginReadTimeout"] > 30, "CloudFront would give up before the API does"
    assert origins["service"]["VpcOriginConfig"]["VpcOriginId"] == "vo_1"


@rule
def a_domain_has_its_certificate(sources):
    certificate = f"arn:aws:acm:us-east-1:{'1' * 12}:certificate/x"
    config = sources.app.made(DomainName="feed.example.com", CertificateArn=certificate)["Distribution"]["DistributionConfig"]
    assert config["Aliases"] == ["feed.example.com"]
    assert config["ViewerCertificate"] == {"AcmCertificateArn": certificate, "SslSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"}
    config = sources.app.made()["Distribution"]["DistributionConfig"]
    assert "Aliases" not in config and config["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}


@rule
def the_page_is_hosted_as_described(sources):
    made = sources.app.made()
    of_the_page = [rule for rule in rewrites() if "api.example.com" not in rule["target"]]
    assert lower(made["SiteApp"]["CustomRules"]) == of_the_page, "the rules differ from hosting/rewrites.json, or their order does"
    assert yaml.safe_load(made["SiteApp"]["CustomHeaders"]) == yaml.safe_load((ROOT / "customHttp.yml").read_text(encoding="utf-8"))
    assert made["SiteBranch"] == {"AppId": "<SiteApp.AppId>", "BranchName": "main", "Stage": "PRODUCTION", "EnableAutoBuild": False}
    assert "BasicAuthConfig" not in made["SiteApp"], "a password in a template"
    preview = lower(sources.github.made()["PreviewApp"]["CustomRules"])
    assert preview == [{**rule, "target": rule["target"].replace("https://api.example.com", "https://feed.example.com")} for rule in rewrites()]


def lower(rules):
    return [{name.lower(): value for name, value in rule.items()} for rule in rules]
