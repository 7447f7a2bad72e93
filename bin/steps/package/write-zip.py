#!/usr/bin/env python3
"""write-zip.py FILE LEVEL FOLDER: packs what is in FOLDER, by name, with one time and readable by everybody."""

import sys
import zipfile
from pathlib import Path

# The earliest moment that a zip can name.
TIME = (1980, 1, 1, 0, 0, 0)
UNIX, REGULAR_FILE = 3, 0o100000


def main(file, level, folder):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=int(level)) as archive:
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), TIME)
            entry.create_system = UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (REGULAR_FILE | (0o755 if path.stat().st_mode & 0o100 else 0o644)) << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=int(level))


main(*sys.argv[1:])
