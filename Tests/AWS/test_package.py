"""What `bin/package` makes runs with nothing of the machine that it lands on, and is the same bytes every time."""

import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import urllib.request
import zipfile

import pytest

from empty_root import EmptyRoot
from made_package import ROOT, package
from support.full_run import FULL
from support.message_proxy import MessageProxy
from support.output import line_with
from support.roles import as_api
from support.runtime_api import RuntimeAPI
from support.waiting import until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the root directory")
PROGRAM = "/var/task/bootstrap"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-out", file, "-subj", "/CN=Authority"],
        check=True, capture_output=True)
    return file


@pytest.fixture(scope="module")
def packaged(authority, tmp_path_factory):
    """The folder of the files."""
    folder = tmp_path_factory.mktemp("package")
    program = os.environ["XMONITOR_TEST_PROGRAM"]
    (folder / "said").write_text(package("--debug", "--program", program, "--certificates", authority, "--output", folder))
    return folder


@pytest.fixture
def root(packaged, tmp_path):
    open_to_everybody(tmp_path)
    return EmptyRoot(tmp_path / "root").unzip(packaged / "xmonitor.zip").plant_decoys()


def open_to_everybody(folder):
    """The folders of tests belong to whoever runs them alone, and nobody runs what is in the root."""
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == os.geteuid() and parent.name:
            parent.chmod(parent.stat().st_mode | 0o055)


@pytest.fixture
def sockets(archive):
    """The folder of a socket that leads to the Postgres of the tests and is open to nobody too."""
    proxy = MessageProxy(re.search(r"host=([^&]+)", archive)[1])
    proxy.folder.chmod(0o755)
    (proxy.folder / ".s.PGSQL.5432").chmod(0o777)
    yield proxy.folder
    proxy.close()


def image_parts(file):
    """The configuration of the image and its one layer."""
    with tarfile.open(file) as archive:
        blob = lambda digest: archive.extractfile("blobs/sha256/" + digest.removeprefix("sha256:")).read()
        index = json.load(archive.extractfile("index.json"))
        manifest = json.loads(blob(index["manifests"][0]["digest"]))
        return json.loads(blob(manifest["config"]["digest"])), blob(manifest["layers"][0]["digest"])


def test_two_runs_make_the_same_bytes_and_state_their_size(packaged, authority, tmp_path):
    package("--debug", "--program", os.environ["XMONITOR_TEST_PROGRAM"], "--certificates", authority, "--output", tmp_path)
    for name in ("xmonitor.zip", "xmonitor-image.tar", "site.zip"):
        content = (packaged / name).read_bytes()
        assert content == (tmp_path / name).read_bytes(), name
        assert f"{name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}" in (packaged / "said").read_text()


def test_the_zip_holds_the_program_its_libraries_and_the_certificates_and_no_trace_of_the_machine(packaged, authority):
    with zipfile.ZipFile(packaged / "xmonitor.zip") as archive:
        entries = archive.infolist()
        assert archive.read("certs/rds.pem") == authority.read_bytes()
    names = [entry.filename for entry in entries]
    assert names == sorted(names) and {"bootstrap", "certs/rds.pem", "lib/libpq.so.5", "lib/libc.so.6"} <= set(names)
    assert all(re.fullmatch(r"bootstrap|certs/rds\.pem|lib/[\w.+-]+", name) for name in names), names
    for entry in entries:
        executable = entry.filename == "bootstrap" or entry.filename.startswith("lib/ld-linux-")
        assert entry.external_attr >> 16 == 0o100000 | (0o755 if executable else 0o644), entry.filename
        assert (entry.date_time, entry.extra) == ((1980, 1, 1, 0, 0, 0), b""), entry.filename


def runs_alone(process):
    """As nobody, and with no file of the machine but those of the bundle."""
    with open(f"/proc/{process.pid}/maps") as maps:
        files = {line.split(maxsplit=5)[5].strip() for line in maps if line.count(" /")}
    assert any(file.endswith(PROGRAM) for file in files) and any("/libpq" in file for file in files)
    assert all("/var/task/" in file for file in files), files
    with open(f"/proc/{process.pid}/status") as status:
        assert "Uid:\t65534\t65534\t65534\t65534" in status.read()


@as_root
def test_the_zip_is_a_function_of_lambda_in_an_empty_root(root):
    server = RuntimeAPI()
    process = root.start(
        PROGRAM, _HANDLER="api", AWS_LAMBDA_RUNTIME_API=server.address, XMONITOR_READ_ACCESS="keys", XMONITOR_WEB_ROOT="",
        XMONITOR_PUBLIC_URL="https://feed.example.com", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    try:
        until(lambda: server.started.is_set() or process.poll() is not None)
        assert server.init_error is None and process.poll() is None
        runs_alone(process)
    finally:
        process.kill()
        process.communicate()
        server.stop()


@as_root
def test_the_zip_serves_from_an_empty_root_with_its_own_libraries_alone(root, archive, sockets):
    code, version, errors = root.run(PROGRAM, "version")
    assert (code, errors) == (0, "") and version.startswith("xmonitor"), (code, version, errors)
    address = as_api(archive).replace(re.search(r"host=([^&]+)", archive)[1], "/sockets")
    server = root.start(PROGRAM, "serve", sockets=sockets, DATABASE_URL=address, XMONITOR_PORT="0", XMONITOR_WEB_ROOT="")
    try:
        url = re.search(r"http://\S*\d", line_with("http://", server))[0]
        with urllib.request.urlopen(f"{url}/v1/stats/timeline?tz=Europe/Berlin", timeout=30) as answer:
            assert answer.status == 200
        runs_alone(server)
    finally:
        server.terminate()
        _, errors = server.communicate(timeout=60)
    assert server.returncode == 0, errors


@as_root
def test_the_other_kind_of_search_path_would_take_the_decoys(root):
    program = root.folder / "var/task/bootstrap"
    # Without --force-rpath patchelf writes DT_RUNPATH, which gives way to LD_LIBRARY_PATH.
    subprocess.run(["patchelf", "--set-rpath", "/var/task/lib", program], check=True)
    code, _, errors = root.run(PROGRAM, "version")
    assert code != 0 and "invalid ELF header" in errors, errors


@as_root
def test_a_service_file_that_names_ldap_is_an_error_and_no_crash(root, packaged):
    assert "libgnutls" in (packaged / "said").read_text()
    (root.folder / "services.conf").write_text("[feed]\nldap://127.0.0.1/dc=example?description?one?(cn=feed)\n")
    code, _, errors = root.run(PROGRAM, "schema", "status", PGSERVICEFILE="/services.conf", PGSERVICE="feed")
    assert code == 2 and "LDAP" in errors, (code, errors)


@as_root
def test_only_tmp_can_be_written(root):
    code, _, errors = root.run(PROGRAM, "sample", "/var/task/sample.db", "--posts", "5")
    assert code == 2 and "/var/task/sample.db" in errors
    assert root.run(PROGRAM, "sample", "/tmp/sample.db", "--posts", "5")[0] == 0


@as_root
def test_the_image_is_the_same_bundle_with_the_page_and_starts_as_nobody(packaged, archive, sockets, tmp_path):
    config, layer = image_parts(packaged / "xmonitor-image.tar")
    assert config["rootfs"]["diff_ids"] == ["sha256:" + hashlib.sha256(unpacked := gzip.decompress(layer)).hexdigest()]
    assert (config["config"]["User"], config["config"]["Entrypoint"], config["config"]["Cmd"]) == ("65534:65534", [PROGRAM], ["serve"])
    open_to_everybody(tmp_path)
    root = EmptyRoot(tmp_path / "root").untar(io.BytesIO(unpacked))
    with zipfile.ZipFile(packaged / "xmonitor.zip") as zipped:
        assert all((root.folder / "var/task" / name).read_bytes() == zipped.read(name) for name in zipped.namelist())
    address = as_api(archive).replace(re.search(r"host=([^&]+)", archive)[1], "/sockets")
    # It finds its page beside itself.
    server = root.start(*config["config"]["Entrypoint"], *config["config"]["Cmd"], sockets=sockets, DATABASE_URL=address, XMONITOR_PORT="0")
    try:
        url = re.search(r"http://\S*\d", line_with("http://", server))[0]
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.read() == (ROOT / "web/index.html").read_bytes()
    finally:
        server.terminate()
        server.communicate(timeout=60)


def test_the_site_is_the_content_of_the_folder_of_the_page(packaged):
    with zipfile.ZipFile(packaged / "site.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.relative_to(ROOT / "web").as_posix(): path.read_bytes() for path in (ROOT / "web").rglob("*") if path.is_file()}


@pytest.mark.parametrize(("content", "sentence"), [
    (None, "cannot be read"), (b"<html>", "holds no certificate"),
    (b"-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n", "a private key")])
def test_nothing_is_packaged_without_the_certificates(tmp_path, content, sentence):
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    output = tmp_path / "output"
    assert sentence in package("--program", os.environ["XMONITOR_TEST_PROGRAM"], "--certificates", file, "--output", output, code=2)
    assert not output.exists()


def test_what_is_no_program_is_refused_with_a_sentence(authority, tmp_path):
    assert "There is no program at" in package("--program", tmp_path / "nothing", "--certificates", authority, code=2)
    assert "There is no option --force" in package("--force", code=2)
    assert "--output needs a value" in package("--output", code=2)


@pytest.mark.skipif(not FULL, reason="a release build takes many minutes")
def test_the_release_has_at_most_45_megabytes(authority, tmp_path):
    package("--release", "--certificates", authority, "--output", tmp_path)
    assert (tmp_path / "xmonitor.zip").stat().st_size <= 45_000_000
