"""Another session that is in the way."""

import subprocess


class Held:
    """A lock that another session holds until it is let go."""

    def __init__(self, address, lock):
        self.session = subprocess.Popen(
            ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", address], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.session.stdin.write(f"BEGIN; {lock}; SELECT 'held';\n")
        self.session.stdin.flush()
        for line in self.session.stdout:
            if line.strip() == "held":
                return
        raise AssertionError("the lock was not got")

    def let_go(self):
        self.session.communicate("ROLLBACK;\n", timeout=30)
