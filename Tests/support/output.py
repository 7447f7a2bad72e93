"""What a second process prints."""

import threading


def line_with(text, process, patience=180):
    """The first line of what `process` prints that holds `text`. A process that never prints it is ended, so that the test fails."""
    watchdog = threading.Timer(patience, process.kill)
    watchdog.start()
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if text in line:
                return line
    finally:
        watchdog.cancel()
    raise AssertionError(f"no {text!r} in the output:\n{''.join(lines)}")
