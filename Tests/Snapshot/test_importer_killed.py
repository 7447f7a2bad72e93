"""An import whose importer is killed leaves the archive as it was or complete, and the next run completes it."""

from broken_off import moments, wait
from support.full_run import FULL


def test_the_importer_is_killed(stage):
    seconds = stage.undisturbed()
    for turn, moment in enumerate(moments(20 if FULL else 3, seconds, seed=1)):
        with stage.archive(turn) as address:
            running = stage.start()
            wait(running, moment)
            running.kill()
            running.communicate()
            stage.is_whole(address)
            stage.completes(address)
