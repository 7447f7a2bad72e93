"""An import that broke off goes on with the table that was not staged."""

import os
import pty
import subprocess

from support.psql import sql


def test_a_table_that_was_staged_is_not_read_again(stage):
    """Killed after the posts were staged, the import goes on with the next table."""
    stage.undisturbed(turns=[1])
    with stage.archive(turn=1) as address:
        # The import has to wait before it stages the reports, until it is killed: it looks for their posts in the archive.
        blocker = subprocess.Popen(
            ["psql", "-qXAt", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        blocker.stdin.write("BEGIN; LOCK TABLE posts; SELECT 'locked';\n")
        blocker.stdin.flush()
        assert blocker.stdout.readline().strip() == "locked"
        running = stage.start()
        staged = """
            SELECT string_agg(concat_ws(' ', target, staged_at, staged_rows), ', ' ORDER BY target) FROM import_stages
            WHERE target IN ('posts', 'watch_accounts')"""
        while "posts" not in (found := sql(address, staged)):
            assert running.poll() is None, running.communicate()
        running.kill()
        running.communicate()
        blocker.communicate("COMMIT;")
        assert stage.is_whole(address) == "as before"
        node = sql(address, "SELECT pg_relation_filenode('incoming_posts')")

        # The next run stages the rest and stops there, because it may not reject a row.
        refused = stage.start("--max-rejects", "0")
        refused.communicate()
        assert refused.returncode == 2
        assert sql(address, staged) == found
        assert sql(address, "SELECT pg_relation_filenode('incoming_posts')") == node

        # The run after that finishes, and says on a terminal that it goes on.
        shown = on_terminal(stage)
        assert "going on after tweets" in shown and "reading tweets:" not in shown
        stage.completes(address)


def on_terminal(stage):
    """What an import shows on a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [stage.program.path, "snapshot", "import", "snapshot.db"], cwd=stage.program.folder, env=stage.program.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the terminal's other end was closed
        pass
    os.close(ours)
    assert running.wait(timeout=600) == 1
    return shown.decode()
