"""What this process leaves for others to read: no file that is open to them, no dump of its memory, no look into it.

The key and the data of people stand in memory while the program runs. Root sees them all the same.
"""

import os
import sys

_PR_SET_DUMPABLE = 4
"""prctl(2) of Linux."""


def keep_private() -> None:
    """Make files for their owner only, leave no core dump; where the system can, refuse debuggers and /proc/PID/mem.

    Processes that are started do not inherit the last: each asks for itself.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
