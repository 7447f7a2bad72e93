"""An import whose Postgres is killed leaves the archive as it was or complete, and the next run completes it."""

import random

from broken_off import moments, said_clearly, wait
from support.full_run import FULL


def test_postgres_is_killed(private_stage):
    stage, server = private_stage
    seconds = stage.undisturbed()
    rng = random.Random(2)
    for turn, moment in enumerate(moments(20 if FULL else 2, seconds, seed=2)):
        with stage.archive(turn) as address:
            running = stage.start()
            wait(running, moment)
            server.kill(with_backends=rng.random() < 0.5)
            said_clearly(running)
            server.start()
            stage.is_whole(address)
            stage.completes(address)
