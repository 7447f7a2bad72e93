"""A root directory that holds a bundle, and decoys where a loader might look; programs run in it as nobody, with /tmp alone writable."""

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

# What Lambda sets: the libraries of its own system go before those of the bundle.
LIBRARY_PATH = "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
_START = """
set -e
root=$1 sockets=$2
shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
for device in null urandom; do mount --bind "/dev/$device" "$root/dev/$device"; done
mount --bind "$sockets" "$root/sockets"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
exec chroot --userspec=65534:65534 "$root" "$@"
"""


class EmptyRoot:
    def __init__(self, folder):
        self.folder = Path(folder)
        for name in ("var/task", "proc", "dev", "tmp", "sockets"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in ("null", "urandom"):
            (self.folder / "dev" / name).touch()

    def unzip(self, file):
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                os.chmod(archive.extract(entry, self.folder / "var/task"), entry.external_attr >> 16 & 0o7777)
        return self

    def untar(self, layer):
        with tarfile.open(fileobj=layer) as archive:
            archive.extractall(self.folder, filter="tar")
        return self

    def plant_decoys(self):
        """Files that are no libraries, under the names of all that the bundle has."""
        for place in ("lib64", "usr/lib64", "lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "var/runtime"):
            (self.folder / place).mkdir(parents=True, exist_ok=True)
            for library in (self.folder / "var/task/lib").iterdir():
                (self.folder / place / library.name).write_bytes(b"a decoy\n" * 1_000)
        return self

    def start(self, *command, sockets=None, **settings):
        """The program itself as the process. `sockets` is a folder that it finds as /sockets."""
        environment = {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": LIBRARY_PATH, "LAMBDA_TASK_ROOT": "/var/task"} | settings
        return subprocess.Popen(
            ["unshare", "--mount", "bash", "-c", _START, "bash", self.folder, sockets or self.folder / "sockets", *command],
            env=environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *command, **settings):
        """:returns: the exit code, standard output and standard error."""
        process = self.start(*command, **settings)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors
