"""How the emulator calls itself: as the account's administrator, over loopback."""

import functools

import boto3
from botocore.config import Config

ACCOUNT = "123456789012"
_endpoint = None


def set_endpoint(address):
    global _endpoint
    _endpoint = address
    client.cache_clear()


@functools.cache
def client(service, region="us-east-1"):
    # "testing" is the key that moto takes for the administrator of the default account.
    return boto3.client(
        service, region_name=region, endpoint_url=_endpoint, aws_access_key_id="testing", aws_secret_access_key="testing",
        config=Config(retries={"max_attempts": 1}, connect_timeout=5, read_timeout=60, s3={"addressing_style": "path"}))
