"""The reader of docs/changes.md, in a folder of its own; it prints to a file."""

import json
import re
import subprocess
from pathlib import Path

from support.tailers import key, shown
from support.waiting import until

PAGE = (Path(__file__).parents[2] / "docs/changes.md").read_text()
PROGRAM = re.search(r"^```python\n(#!.*?)^```", PAGE, re.M | re.S)[1]


class DocumentedReader:
    def __init__(self, folder):
        self.folder, self.running = folder, []
        (folder / "reader.py").write_text(PROGRAM)

    def __call__(self, address, **settings):
        """Starts it."""
        with open(self.folder / "printed", "a") as printed, open(self.folder / "said", "a") as said:
            self.running.append(subprocess.Popen(
                ["python3", "reader.py"], cwd=self.folder, stdout=printed, stderr=said, text=True,
                env={"PATH": "/usr/bin:/bin:/usr/local/bin", "XMONITOR_URL": address} | settings))
        return self.running[-1]

    def lines(self):
        return [json.loads(line) for line in (self.folder / "printed").read_text().splitlines() if line.endswith("}")]

    def items(self):
        return [line for line in self.lines() if line["kind"] != "restart"]

    def said(self):
        return (self.folder / "said").read_text()

    def rows(self):
        """What somebody has who keeps the last item of each key, and drops everything at a restart."""
        kept = {}
        for line in self.lines():
            if line["kind"] == "restart":
                kept = {}
            else:
                kept[key(line)] = line
        return {name: shown(item) for name, item in kept.items() if "deleted" not in item}

    def ends_as(self, rows):
        until(lambda: self.rows() == rows, otherwise=lambda: f"{self.rows()}\n{rows}\n{self.said()}")

    def stop(self):
        for process in self.running:
            process.kill()
            process.wait()
