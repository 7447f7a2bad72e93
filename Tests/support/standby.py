"""A standby of a Postgres of the test's own, which follows it by streaming replication over its socket."""

from support.private_postgres import PrivatePostgres
from support.psql import sql
from support.waiting import until


class Standby(PrivatePostgres):
    def __init__(self, primary):
        self.primary = primary
        super().__init__()

    def create(self):
        self._run("pg_basebackup", "-h", str(self.primary.socket), "-U", "xmonitor", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")

    def catch_up(self):
        """Returns when it has all that the primary has now."""
        place = self.primary.sql("SELECT pg_current_wal_lsn()")
        until(lambda: sql(self.address(), f"SELECT coalesce(pg_last_wal_replay_lsn() >= '{place}', false)") == "t", otherwise=self.end_of_log)
