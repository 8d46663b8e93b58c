"""A program that ended by itself just before it was to be killed is no fault of the ordeal."""

import os
import signal
import subprocess
import sys

from tests.support.warm_program import WarmProcess


def test_a_signal_to_a_program_whose_end_is_not_yet_reported_reaches_nobody() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    reading, writing = os.pipe()
    with open(reading, encoding="ascii", buffering=1) as report:
        program = WarmProcess(gone.pid, report)
        program.send_signal(signal.SIGKILL)
        assert program.poll() is None
        os.write(writing, b"0\n")
        os.close(writing)
        assert program.wait(1) == 0
