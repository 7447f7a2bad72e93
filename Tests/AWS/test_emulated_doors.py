"""The emulator itself: its database and its store refuse what AWS would refuse, so that what passes here has proved something."""

import datetime
import subprocess

import botocore.session
import pytest
import requests
from botocore.config import Config

from emulator import identity
from emulator.certificates import Authority
from emulator.clients import client


@pytest.fixture(scope="module")
def role(emulator):
    iam = client("iam")
    return iam.create_role(RoleName="doors", AssumeRolePolicyDocument="{}")["Role"]["Arn"]


@pytest.fixture(scope="module")
def instance(emulator, role):
    """A server with a user who logs in by IAM, and the role's right to be `reader`."""
    client("rds").create_db_instance(
        DBInstanceIdentifier="doors", Engine="postgres", DBInstanceClass="db.t4g.small", AllocatedStorage=20, MasterUsername="administrator",
        ManageMasterUserPassword=True)
    instance = emulator.databases.all["doors"]
    instance.sql("CREATE ROLE reader LOGIN IN ROLE rds_iam; CREATE ROLE other LOGIN IN ROLE rds_iam")
    allow(role, "rds-db:connect", f"arn:aws:rds-db:us-east-1:123456789012:dbuser:{instance.resource}/reader")
    return instance


def allow(role, action, resource, name="rights"):
    document = f'{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}]}}'
    client("iam").put_role_policy(RoleName=role.rsplit("/", 1)[1], PolicyName=name, PolicyDocument=document)


def session(credentials):
    made = botocore.session.Session()
    made.set_credentials(credentials.key, credentials.secret, credentials.session)
    return made


def token(instance, credentials, user="reader", region="us-east-1", host=None):
    return session(credentials).create_client("rds", region_name=region).generate_db_auth_token(
        DBHostname=host or instance.host, Port=instance.port, DBUsername=user, Region=region)


def login(instance, password, user="reader", **settings):
    """What the server says: the user, or why not."""
    told = {"host": instance.host, "hostaddr": instance.address, "port": instance.port, "user": user, "dbname": "postgres", "sslmode": "verify-full",
            "connect_timeout": 10} | settings
    found = subprocess.run(["psql", "-XAtqc", "SELECT current_user", " ".join(f"{name}={value}" for name, value in told.items())],
                           env={"PATH": "/usr/bin:/bin", "PGPASSWORD": password}, capture_output=True, text=True, timeout=60)
    return found.stdout.strip() or found.stderr


@pytest.fixture
def known(emulator, role, instance):
    return identity.issue(role), {"sslrootcert": emulator.certificates}


def test_a_token_opens_the_database(instance, known):
    who, tls = known
    assert login(instance, token(instance, who), **tls) == "reader"


@pytest.mark.parametrize(("fault", "reason"), [
    ("another user", "no right to connect as other"), ("another key", "SignatureDoesNotMatch"), ("another region", "signed for rds-db in eu-west-1"),
    ("another host", "another host or port"), ("of a stranger", "InvalidAccessKeyId"), ("old", "expired"), ("of tomorrow", "not yet valid")])
def test_a_wrong_token_does_not(instance, known, fault, reason):
    who, tls = known
    forged = identity.Credentials(who.key, "forged", who.session, who.role)
    stranger = identity.Credentials("ASIASTRANGER00000000", "x", "y", who.role)
    user = "other" if fault == "another user" else "reader"
    password = token(
        instance, {"another key": forged, "of a stranger": stranger}.get(fault, who), user, "eu-west-1" if fault == "another region" else "us-east-1",
        "elsewhere.example.com" if fault == "another host" else None)
    offset = {"old": datetime.timedelta(minutes=20), "of tomorrow": -datetime.timedelta(minutes=20)}.get(fault, datetime.timedelta())
    instance.login.clock_offset = offset
    try:
        assert "authentication failed" in login(instance, password, user, **tls)
    finally:
        instance.login.clock_offset = datetime.timedelta()
    assert reason in instance.login.refusals[-1][1]


def test_only_the_right_server_is_believed(tmp_path, instance, known):
    who, tls = known
    other = tmp_path / "other.pem"
    other.write_bytes(Authority("Another CA").pem())
    password = token(instance, who)
    assert "certificate verify failed" in login(instance, password, sslrootcert=other)
    assert "does not match host name" in login(instance, password, **tls, host="elsewhere.example.com")
    assert "no encryption" in login(instance, password, **tls, sslmode="disable")


def test_the_administrator_has_a_password_until_a_role_takes_it_away(instance, known):
    secret = client("rds").describe_db_instances(DBInstanceIdentifier="doors")["DBInstances"][0]["MasterUserSecret"]["SecretArn"]
    password = client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"].split('"password": "')[1].split('"')[0]
    assert login(instance, password, "administrator", **known[1]) == "administrator"
    # As at RDS: membership counts also through another role.
    instance.sql("GRANT reader TO administrator")
    try:
        assert "authentication failed" in login(instance, password, "administrator", **known[1])
    finally:
        instance.sql("REVOKE reader FROM administrator")


def test_a_restored_server_has_the_data_and_another_name(emulator, instance):
    instance.sql("CREATE TABLE kept AS SELECT 7 AS number")
    rds = client("rds")
    rds.restore_db_instance_to_point_in_time(SourceDBInstanceIdentifier="doors", TargetDBInstanceIdentifier="beside", UseLatestRestorableTime=True)
    beside = emulator.databases.all["beside"]
    assert beside.sql("SELECT number FROM kept") == "7"
    assert (beside.resource, beside.address, beside.host) != (instance.resource, instance.address, instance.host)
    rds.delete_db_instance(DBInstanceIdentifier="beside", SkipFinalSnapshot=True)
    assert "beside" not in emulator.databases.all


@pytest.fixture(scope="module")
def bucket(role):
    client("s3").create_bucket(Bucket="doors-bucket")
    client("s3").put_object(Bucket="doors-bucket", Key="import/a b+ü.db", Body=b"rows")
    allow(role, "s3:*Object", "arn:aws:s3:::doors-bucket/import/*", "objects")
    return "doors-bucket"


def signed(emulator, credentials, call, bucket, key, **options):
    s3 = session(credentials).create_client(
        "s3", region_name=options.pop("region", "us-east-1"), endpoint_url=emulator.objects.address,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    return s3.generate_presigned_url(call, Params={"Bucket": bucket, "Key": key}, ExpiresIn=300)


def test_a_signed_address_fetches_and_writes(emulator, role, bucket):
    who = identity.issue(role)
    assert requests.get(signed(emulator, who, "get_object", bucket, "import/a b+ü.db"), timeout=30).content == b"rows"
    assert requests.put(signed(emulator, who, "put_object", bucket, "import/new"), b"x" * 100_000, timeout=30).ok
    assert client("s3").get_object(Bucket=bucket, Key="import/new")["Body"].read() == b"x" * 100_000


def test_what_is_not_signed_or_not_allowed_is_refused(emulator, role, bucket):
    who = identity.issue(role)
    good = signed(emulator, who, "get_object", bucket, "import/new")
    for address, code in (
            (good.replace("import/new", "import/old"), "SignatureDoesNotMatch"), (good.split("?")[0], "SignatureDoesNotMatch"),
            (signed(emulator, who, "get_object", bucket, "secrets/x"), "AccessDenied"),
            (signed(emulator, who, "get_object", bucket, "import/new", region="eu-west-1"), "SignatureDoesNotMatch"),
            (signed(emulator, who, "get_object", bucket, "import/none"), "NoSuchKey")):
        answer = requests.get(address, timeout=30)
        assert code in answer.text, address
        assert answer.status_code == (404 if code == "NoSuchKey" else 403)
    assert requests.put(good, b"", timeout=30).status_code == 403
