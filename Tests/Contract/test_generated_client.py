"""A Python client that is made from the description has types for everything that matters, and calls every operation of a running server."""

import importlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from support.ingest_server import IngestServer

ROOT = Path(__file__).parents[2]
PACKAGE = "x_monitor_api_client"
MOMENT = "2026-02-22T09:30:00Z"
POST = {"status_id": "1", "url": "https://x.com/ada/status/1", "author_handle": "ada", "discovered_at": MOMENT, "last_seen_at": MOMENT}
# Answers that are text: the client hands out their bytes.
TEXTS = {"get_open_api", "get_feed_atom", "get_feed_rss", "get_feed_ndjson"}
# It never ends, which such a client cannot tell.
ENDLESS = {"get_stream"}
# What an operation is called with, where it needs something, and the status that it answers with, where that is not 200.
CALLS = {
    "ingest_posts_batch": {"body": {"items": [POST]}},
    "ingest_metrics_batch": {"body": {"items": [{
        "status_id": "1", "snapshot_type": "latest_observed", "snapshot_at": MOMENT, "likes": 1, "reposts": 2, "replies": 3, "views": 4}]}},
    "ingest_reports_batch": {"body": {"items": [{"status_id": "1", "reported_at": MOMENT}]}},
    "ingest_watch_accounts_batch": {"body": {"items": [{"handle": "ada", "tier": "teammate"}]}},
    "ingest_embeddings_batch": {"body": {"items": [{
        "status_id": "1", "backend": "local", "model": "small", "vector": [0.5, 1.5], "text_hash": "a"}]}},
    "ingest_run": {"body": {"run_at": MOMENT, "mode": "priority"}},
    "get_ingest_batch": {"batch_id": "1"}, "get_post": {"status_id": "1"}, "get_post_provenance": {"status_id": "1"},
    "get_feed": {"sort": "velocity", "tier": ["none"], "since": date(2026, 2, 22)},
    "purge_handle": {"body": {"handle": "nobody"}},
}
# Nobody signs in at this server.
REFUSED = {
    "begin_sign_in": {}, "end_sign_in": {}, "sign_out": {}, "get_feed_tokens": {}, "create_feed_token": {"body": {"name": "mine", "view": ""}},
    "revoke_feed_token": {"token_id": 1}}


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The client, and what its generator said."""
    folder = tmp_path_factory.mktemp("client")
    done = subprocess.run(
        [Path(sys.executable).with_name("openapi-python-client"), "generate", "--path", ROOT / "docs/openapi.v1.yaml", "--meta", "none",
         "--output-path", folder / PACKAGE], text=True, capture_output=True, timeout=300, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE), done.stdout + done.stderr
    sys.path.remove(str(folder))


@pytest.fixture
def client(generated, xmonitor, archive):
    """Of a server, with a key that may do everything."""
    key = xmonitor("keys", "create", "--name", "client", "--scopes", "read,ingest,ops").strip()
    server = IngestServer(xmonitor, archive, XMONITOR_READ_ACCESS="keys")
    yield generated[0].AuthenticatedClient(base_url=server.address, token=key, timeout=60)
    server.stop()


def operations(package):
    """The module of each operation, by its name: those of `CALLS` first, which write before anything is read."""
    files = (Path(package.__file__).parent / "api").glob("*/*.py")
    files = sorted(files, key=lambda file: ([*CALLS, file.stem].index(file.stem), file.stem))
    return {file.stem: importlib.import_module(f"{PACKAGE}.api.{file.parent.name}.{file.stem}") for file in files if file.stem != "__init__"}


def arguments(package, function, given):
    """The same with the types of the client."""
    made = dict(given)
    if "body" in made:
        made["body"] = function.__annotations__["body"].from_dict(made["body"])
    if "sort" in made:
        made |= {"sort": package.models.Sort(made["sort"]), "tier": [package.models.TierFilter(each) for each in made["tier"]]}
    return made


def test_only_texts_are_left_out(generated):
    assert generated[1].count("WARNING") == len(TEXTS), generated[1]


def test_a_change_and_an_item_of_a_batch_have_types(generated):
    models = importlib.import_module(f"{PACKAGE}.models")
    source = {name: Path(sys.modules[getattr(models, name).__module__].__file__).read_text() for name in ("ChangesResponse", "IngestEmbeddingsBatchBody")}
    assert "items: list[MetricsChange | PostChange | ReportChange]\n" in source["ChangesResponse"]
    assert "items: list[EmbeddingUpsert]\n" in source["IngestEmbeddingsBatchBody"]
    for name in ("Sort", "TierFilter", "SnapshotType", "RunMode", "Bucket", "Outcome", "BatchKind", "Scope", "BatchCounts"):
        assert hasattr(models, name), name


def test_every_operation_can_be_called(generated, client):
    package, _ = generated
    every = operations(package)
    assert {*CALLS, *REFUSED, *TEXTS, *ENDLESS} <= {*every}
    for name, module in every.items():
        if name in ENDLESS:
            continue
        function = module.sync_detailed
        answer = function(client=client, **arguments(package, function, CALLS.get(name) or REFUSED.get(name) or {}))
        if name in REFUSED:
            assert isinstance(answer.parsed, package.models.Problem), (name, answer)
            continue
        assert answer.status_code == 200, (name, answer)
        if name.startswith("ingest_"):
            assert (answer.parsed.received, answer.parsed.outcomes.rejected) == (1, 0), answer
        if name in TEXTS:
            assert answer.content and answer.parsed is None, name
        else:
            assert answer.parsed is not None and not isinstance(answer.parsed, package.models.Problem), (name, answer)
    changes = every["get_changes"].sync(client=client)
    assert {type(change).__name__ for change in changes.items} == {"PostChange", "MetricsChange", "ReportChange"}
    assert every["get_feed"].sync(client=client).items[0].status_id == "1"
