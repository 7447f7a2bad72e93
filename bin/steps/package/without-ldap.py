#!/usr/bin/env python3
"""without-ldap.py PROGRAM LIBRARIES: puts a stand-in in the place of libldap, and removes the libraries that only it needed.

libpq asks LDAP for connection settings where a service file names a server of it; this program has no service file. The real
library brings a second implementation of TLS and a table of Unicode, a fifteenth of the package. Prints the names of what was removed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(program, folder):
    libraries = Path(folder)
    ldap = next(libraries.glob("libldap*"), None)
    users = [library for library in libraries.iterdir() if ldap and ldap.name in needed(library)]
    if [user.name.split(".")[0] for user in users] != ["libpq"]:
        return
    stand_in(ldap, imports(users[0]))
    for library in sorted(set(libraries.iterdir()) - reached(Path(program), libraries)):
        print(library.name)
        library.unlink()


def needed(library):
    return subprocess.run(["patchelf", "--print-needed", library], check=True, text=True, capture_output=True).stdout.split()


def imports(library):
    """The functions of LDAP that a library calls: version → names."""
    listed = subprocess.run(["nm", "-D", "--undefined-only", library], check=True, text=True, capture_output=True).stdout
    found = {}
    for name, version in re.findall(r"\b(ldap_\w+)@+(\S+)", listed):
        found.setdefault(version, []).append(name)
    return found


def stand_in(place, functions):
    """A library whose functions return 0, with which libpq says that LDAP could not be asked."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        sys.exit("xmonitor: A C compiler is needed for packaging and not there; Swift on Linux comes with clang.")
    with tempfile.TemporaryDirectory() as folder:
        code, versions = Path(folder) / "ldap.c", Path(folder) / "versions"
        code.write_text("".join(f"void *{name}(void) {{ return 0; }}\n" for names in functions.values() for name in names))
        versions.write_text("".join(f"{version} {{ global: {'; '.join(names)}; }};\n" for version, names in functions.items()))
        # The name of the file is no part of it, so that the same bytes come out in every folder.
        subprocess.run([compiler, "-shared", "-nostdlib", "-O1", "-fPIC", f"-Wl,-soname,{place.name}", f"-Wl,--version-script={versions}",
                        "-Wl,--build-id=none", "-o", Path(folder) / "ldap.so", code.name], check=True, cwd=folder)
        # Without the mode of what was linked: a library is read, not run.
        place.write_bytes((Path(folder) / "ldap.so").read_bytes())


def reached(program, libraries):
    """The libraries that the program needs, and those that they need, with the loader."""
    found, waiting = set(libraries.glob("ld-linux-*")), [program]
    while waiting:
        for name in needed(waiting.pop()):
            library = libraries / name
            if library not in found:
                found.add(library)
                waiting.append(library)
    return found


main(*sys.argv[1:])
