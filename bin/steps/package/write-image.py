#!/usr/bin/env python3
"""write-image.py FILE LEVEL SOURCE=PLACE…: an OCI image of one layer, from scratch, that runs /var/task/bootstrap as nobody.

A PLACE is a path inside the image for the file or the folder SOURCE. The same sources give the same bytes: one order, one time, one owner.
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path, PurePosixPath

NOBODY = "65534:65534"
MEDIA = "application/vnd.oci.image."


def main(file, level, *sources):
    layer = _layer(sources)
    packed = gzip.compress(layer, compresslevel=int(level), mtime=0)
    config = _json({
        "architecture": "amd64", "os": "linux", "created": "1970-01-01T00:00:00Z",
        "config": {
            "User": NOBODY, "WorkingDir": "/var/task", "Entrypoint": ["/var/task/bootstrap"], "Cmd": ["serve"],
            # Inside a container nobody reaches the loopback address; the server starts there only when it is told who may read.
            "Env": ["XMONITOR_HOST=0.0.0.0"], "ExposedPorts": {"8080/tcp": {}},
        },
        "rootfs": {"type": "layers", "diff_ids": [_digest(layer)]},
        "history": [{"created": "1970-01-01T00:00:00Z", "created_by": "bin/package"}],
    })
    manifest = _json({
        "schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json",
        "config": _descriptor("config.v1+json", config), "layers": [_descriptor("layer.v1.tar+gzip", packed)],
    })
    index = _json({
        "schemaVersion": 2, "mediaType": MEDIA + "index.v1+json",
        "manifests": [_descriptor("manifest.v1+json", manifest) | {"annotations": {"org.opencontainers.image.ref.name": "xmonitor"}}],
    })
    blobs = {f"blobs/sha256/{_digest(blob).removeprefix('sha256:')}": blob for blob in (packed, config, manifest)}
    files = {"oci-layout": _json({"imageLayoutVersion": "1.0.0"}), "index.json": index, **blobs}
    with tarfile.open(file, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            _add(archive, name, files[name])


def _layer(sources):
    """The files of the image as one tar; `tmp` is there for a root that is read-only elsewhere."""
    files = {}
    for source, place in (argument.split("=", 1) for argument in sources):
        root = Path(source)
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.is_file():
                files[(PurePosixPath(place) / path.relative_to(root).as_posix()).as_posix()] = path
    folders = {parent.as_posix() for name in files for parent in PurePosixPath(name).parents} - {"."}
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(folders | {"tmp"}):
            _add(archive, name, None, 0o1777 if name == "tmp" else 0o755)
        for name in sorted(files):
            _add(archive, name, files[name].read_bytes(), 0o755 if files[name].stat().st_mode & 0o100 else 0o644)
    return output.getvalue()


def _add(archive, name, content, mode=0o644):
    """Adds a file, or a folder where `content` is None; TarInfo's own time and owner are 0."""
    entry = tarfile.TarInfo(name)
    entry.mode = mode
    if content is None:
        entry.type = tarfile.DIRTYPE
    else:
        entry.size = len(content)
    archive.addfile(entry, None if content is None else io.BytesIO(content))


def _json(value):
    return json.dumps(value, separators=(",", ":")).encode()


def _digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _descriptor(kind, content):
    return {"mediaType": MEDIA + kind, "digest": _digest(content), "size": len(content)}


main(*sys.argv[1:])
