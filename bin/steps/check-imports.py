#!/usr/bin/env python3
"""Every import of a target is a dependency that Package.swift lists for it.

The build sees an import of what is no dependency at all; it does not see one that comes along with another dependency.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

TOOLCHAIN = {"Darwin", "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "FoundationXML", "Glibc", "Musl", "Synchronization",
             "Testing"}
IMPORT = re.compile(r"^\s*(?:@\w+\s+)?(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|func|var)\s+)?(\w+)", re.M)

package = json.loads(subprocess.check_output(["swift", "package", "dump-package"]))
status = 0
for target in package["targets"]:
    name = target["name"]
    folder = Path(target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{name}")
    allowed = TOOLCHAIN | {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}
    for file in sorted(folder.rglob("*.swift")):
        for module in IMPORT.findall(file.read_text()):
            if module not in allowed:
                print(f"{file} imports {module}, which Package.swift does not list for {name}.")
                status = 1
sys.exit(status)
