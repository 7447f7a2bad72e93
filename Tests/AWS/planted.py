"""Secrets that can be recognised, and a look into every place where one must not stand."""

import json
import threading
import zipfile
from pathlib import Path

from emulator.clients import client

MARK = "5eCr3t"


def planted(name):
    return f"{MARK}-{name}-{MARK}-0123456789abcdef"


class Watch:
    """Looks at the environment and the command line of every process on the machine, again and again."""

    def __init__(self, emulator):
        self.emulator, self.seen, self.is_over = emulator, set(), threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join(30)

    def _look(self):
        while not self.is_over.wait(0.05):
            for process in Path("/proc").iterdir():
                if not process.name.isdigit():
                    continue
                for name in ("environ", "cmdline"):
                    try:
                        self.seen.add(((process / "cmdline").read_bytes()[:60], name, (process / name).read_bytes()))
                    except OSError:
                        pass  # it has ended

    def found(self, deployment, more):
        """The places that hold a secret, and which: those that were planted, that were made, and `more`, by their numbers."""
        outputs, s3 = deployment.outputs, client("s3")
        bucket = outputs["BucketName"]
        made = json.loads(s3.get_object(Bucket=bucket, Key=f"secrets/{deployment.name}.json")["Body"].read())
        administrator = json.loads(client("secretsmanager").get_secret_value(SecretId=outputs["DatabaseSecretArn"])["SecretString"])["password"]
        secrets = [MARK, administrator, *more, *(part for value in made.values() for part in value.split(","))]
        assert len(secrets) >= 5 and all(len(secret) >= 6 for secret in secrets)
        found = []
        for place, data in self._places(deployment, bucket):
            found += [(place, number) for number, secret in enumerate(secrets) if secret.encode() in data]
        return found

    def _places(self, deployment, bucket):
        for command, name, data in self.seen:
            yield f"{name} of {command}", data
        for file in deployment.package.iterdir():
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as packed:
                    yield from ((f"{file.name}: {name}", packed.read(name)) for name in packed.namelist())
            else:
                yield file.name, file.read_bytes()
        for file in (deployment.emulator.folder / "logs").iterdir():
            yield file.name, file.read_bytes()
        for file in [*(deployment.folder / "state").rglob("*")]:
            if file.is_file():
                yield str(file), file.read_bytes()
        yield from (("output", printed.encode()) for printed in deployment.printed)
        yield from self._account(deployment, bucket)

    def _account(self, deployment, bucket):
        s3, formation, functions = client("s3"), client("cloudformation"), client("lambda")
        for one in s3.list_objects_v2(Bucket=bucket)["Contents"]:
            if not one["Key"].startswith(("secrets/", "import/")):
                yield one["Key"], s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        for stack in formation.describe_stacks()["Stacks"]:
            yield stack["StackName"], json.dumps(stack, default=str).encode()
            yield "template", formation.get_template(StackName=stack["StackName"])["TemplateBody"].encode()
            yield "events", json.dumps(formation.describe_stack_events(StackName=stack["StackName"])["StackEvents"], default=str).encode()
        for function in functions.list_functions()["Functions"]:
            yield function["FunctionName"], json.dumps(function, default=str).encode()
