"""The administrator's function, and what it leaves behind."""

import hashlib
import json
from pathlib import Path

from support.object_store import BUCKET, ObjectStore
from support.psql import sql
from support.waiting import until


class Admin:
    """It runs beside a store of objects of its own."""

    def __init__(self, make, address, folder, **more):
        self.store, self.temporary = ObjectStore(), folder / "tmp"
        self.temporary.mkdir()
        self.function = make(
            "admin", DATABASE_URL=address, XMONITOR_BUCKET=BUCKET, TMPDIR=str(self.temporary), **self.store.settings, **more).start()
        self.tasks = 0

    def stop(self):
        self.store.stop()

    def add(self, file):
        """Uploads a snapshot, and returns its key."""
        content = Path(file).read_bytes()
        key = f"import/{hashlib.sha256(content).hexdigest()}.db"
        self.store.objects[key] = content
        return key

    def begin(self, *command, seconds=600, **more):
        self.tasks += 1
        return self.function.queue({"id": f"task-{self.tasks}", "command": list(command)} | more, seconds)

    def end(self, invocation):
        """The answer; nothing of the task may be left on the disk."""
        answer = json.loads(b"".join(invocation.pieces(600)))
        assert list(self.temporary.iterdir()) == []
        return answer

    def run(self, *command, **more):
        return self.end(self.begin(*command, **more))

    def refused(self, event):
        """Why it is no task; the next one is served."""
        invocation = self.function.invoke(event)
        assert list(invocation.pieces()) == [] and invocation.error
        return invocation.error["errorMessage"]

    @property
    def child(self):
        """The process of the command that runs, once there is one."""
        tasks = Path(f"/proc/{self.function.process.pid}/task")
        return int(until(lambda: " ".join(path.read_text() for path in tasks.glob("*/children")).split())[0])

    @property
    def log(self):
        return Path(self.function.log).read_text()


def sleep_at(address, table, condition="true"):
    """Whoever adds such a row waits until he is ended, or `go_on` is called."""
    sql(address, f"""
        CREATE FUNCTION sleeps() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
        CREATE TRIGGER sleeps AFTER INSERT ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION sleeps()""")


def until_asleep(address):
    until(lambda: sql(address, _ASLEEP.format("count(*)")) == "1")


def go_on(address, table):
    sql(address, _ASLEEP.format("pg_terminate_backend(pid)"))
    until(lambda: sql(address, _ASLEEP.format("count(*)")) == "0")
    sql(address, f"DROP TRIGGER sleeps ON {table}; DROP FUNCTION sleeps")


_ASLEEP = "SELECT {} FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
