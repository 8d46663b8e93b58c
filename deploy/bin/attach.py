"""Asks the resident parent for a session on this terminal and waits for its end; where there is none, runs the program.

python -I -S attach.py SOCKET PROGRAM WORD…

It runs at every login, so it imports only what is part of the interpreter or a single library of it: `socket` and
`signal` would take as long as everything else together.
"""

import _signal
import _socket
import fcntl
import os
import sys
import termios

_PATIENCE = 3.0
"""Seconds within which a parent that is well takes a call."""
_LONGEST_FORK = 60.0
"""Seconds: to wait for one's turn is cheaper than that forty load the program by themselves."""
_LONGEST = 16
_WAITING = 'read -r code <&3; exit "${code:-255}"'
"""A shell that waits takes a twentieth of the memory. 255 where the parent that would know the exit code has ended: ssh
says the same of a line that broke."""
_CREDENTIALS = 12
"""Bytes of SO_PEERCRED: process, user, group."""


def main(place: str, command: list[str]) -> None:
    """Wait for the session's end; or become the program."""
    line = _has_own_terminal() and _session(place, command)
    if not line:
        os.execv(command[0], command)
    os.dup2(line.fileno(), 3)
    # It may have been 3 before.
    os.set_inheritable(3, True)
    os.execv("/bin/sh", ["sh", "-c", _WAITING])


def _has_own_terminal() -> bool:
    """Whether this process leads the terminal's session, as one that sshd starts does: nobody else can hand it over."""
    try:
        return os.getsid(0) == os.getpid() == os.tcgetpgrp(0) and all(map(os.isatty, (0, 1, 2)))
    except OSError:
        return False


def _session(place: str, command: list[str]) -> "_socket.socket | None":
    """The line to a session that has this terminal; None where there is none and the terminal is still ours."""
    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    try:
        line.settimeout(_PATIENCE)
        line.connect(place)
        served_by = line.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, _CREDENTIALS)
        if int.from_bytes(served_by[4:8], sys.byteorder) != os.getuid():
            return None
        line.sendmsg([_order(command)], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, _numbers(0, 1, 2))])
        if line.recv(_LONGEST) != b"wait":
            return None
        line.settimeout(_LONGEST_FORK)
        if line.recv(_LONGEST) != b"ready":
            return None
        line.settimeout(None)
        return line if _hand_over(line) else None
    except OSError:
        return None


def _order(command: list[str]) -> bytes:
    """The folder, the command and the environment, as the program would find them if it were started from here."""
    environment = (name + b"=" + value for name, value in os.environb.items())
    words = (os.fsencode(word) for word in command)
    return b"\0".join((os.getcwdb(), b"%d" % len(command), *words, *environment))


def _numbers(*descriptors: int) -> bytes:
    return b"".join(number.to_bytes(4, sys.byteorder) for number in descriptors)


def _hand_over(line: "_socket.socket") -> bool:
    """Give the terminal up, so that the session leads it and the system tells it of a hang-up and of a new size.

    False where the session could not take it, which is ours again then.
    """
    # Whoever gives a terminal up is sent the signal of a hang-up by the system.
    before = _signal.signal(_signal.SIGHUP, _signal.SIG_IGN)
    fcntl.ioctl(0, termios.TIOCNOTTY)
    try:
        line.send(b"yours")
        if line.recv(_LONGEST) == b"taken":
            return True
    except OSError:
        pass
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    _signal.signal(_signal.SIGHUP, before)
    return False


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
