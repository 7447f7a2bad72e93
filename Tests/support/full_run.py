"""Whether the proofs run in full, as `bin/test --full` asks for, or with small counts."""

import os

FULL = bool(os.environ.get("XMONITOR_TEST_FULL"))
