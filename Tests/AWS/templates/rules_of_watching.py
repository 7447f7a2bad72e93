"""Alarms and the budget."""

from rulebook import rule

WATCHED = {
    ("AWS/ApiGateway", "5xx"), ("AWS/ApiGateway", "Latency"),
    ("AWS/Lambda", "Throttles", "xmonitor-api"), ("AWS/Lambda", "Errors", "xmonitor-api"),
    ("AWS/Lambda", "Errors", "xmonitor-auth"), ("AWS/Lambda", "Errors", "xmonitor-admin"),
    ("AWS/RDS", "FreeStorageSpace"), ("AWS/RDS", "CPUUtilization"), ("AWS/RDS", "DatabaseConnections"), ("AWS/RDS", "FreeableMemory"),
}  # fmt: skip
DIMENSIONS = {"AWS/ApiGateway": "ApiId", "AWS/Lambda": "FunctionName", "AWS/RDS": "DBInstanceIdentifier"}


@rule
def ten_alarms_tell_somebody(sources):
    made = sources.app.made()
    alarms = made.of_type("AWS::CloudWatch::Alarm")
    assert len(alarms) <= 10, "more than ten cost money"
    watched = set()
    for name, alarm in alarms.items():
        [dimension] = alarm["Dimensions"]
        assert dimension["Name"] == DIMENSIONS[alarm["Namespace"]], name
        watched.add((alarm["Namespace"], alarm["MetricName"], *([dimension["Value"]] if alarm["Namespace"] == "AWS/Lambda" else [])))
        assert alarm["AlarmActions"] == ["<AlarmTopic>"], f"{name} tells nobody"
        assert alarm["AlarmName"].startswith("xmonitor-") and alarm["TreatMissingData"] == "notBreaching"
        falling = alarm["MetricName"] in ("FreeStorageSpace", "FreeableMemory")
        assert alarm["ComparisonOperator"].startswith("LessThan" if falling else "GreaterThan"), name
    assert watched == WATCHED, watched ^ WATCHED
    without = sources.app.made(DatabaseInstanceId="").of_type("AWS::CloudWatch::Alarm")
    assert {alarm["Namespace"] for alarm in without.values()} == {"AWS/ApiGateway", "AWS/Lambda"}


@rule
def mail_goes_to_whoever_asked(sources):
    assert not set(sources.app.made().resources) & {"AlarmSubscription", "Budget"}
    made = sources.app.made(AlarmEmail="ops@example.com")
    assert made["AlarmSubscription"] == {"TopicArn": "<AlarmTopic>", "Protocol": "email", "Endpoint": "ops@example.com"}
    budget = made["Budget"]
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 40, "Unit": "USD"} and budget["Budget"]["TimeUnit"] == "MONTHLY"
    [notice] = budget["NotificationsWithSubscribers"]
    assert notice["Subscribers"] == [{"SubscriptionType": "EMAIL", "Address": "ops@example.com"}] and notice["Notification"]["Threshold"] == 80
