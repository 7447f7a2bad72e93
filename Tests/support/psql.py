"""Asks the database directly, past everything that is under test."""

import subprocess


def sql(address, query):
    return subprocess.run(["psql", "-qXAt", address, "-c", query], check=True, text=True, capture_output=True).stdout.strip()
