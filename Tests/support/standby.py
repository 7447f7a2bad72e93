"""A standby of a Postgres of the test's own, which follows it by streaming replication over its socket."""

import time

from support.private_postgres import PrivatePostgres
from support.psql import sql


class Standby(PrivatePostgres):
    def __init__(self, primary):
        self.primary = primary
        super().__init__()

    def create(self):
        self._run("pg_basebackup", "-h", str(self.primary.socket), "-U", "xmonitor", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")

    def catch_up(self, patience=60):
        """Returns when it has all that the primary has now."""
        end, place = time.monotonic() + patience, self.primary.sql("SELECT pg_current_wal_lsn()")
        while sql(self.address(), f"SELECT coalesce(pg_last_wal_replay_lsn() >= '{place}', false)") != "t":
            assert time.monotonic() < end, (self.socket / "log").read_text()[-4000:]
            time.sleep(0.05)
