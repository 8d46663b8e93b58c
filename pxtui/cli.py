"""The command `pxtui`: without words it opens the desk, with words it does one thing and ends."""

import os
import sys

from pxtui import __version__
from pxtui.environment import forget_settings
from pxtui.errors import EXIT_UNREADABLE, PxtuiError
from pxtui.own_process import keep_private

_SERVED = ["desk", "--served"]
_NAMED = 2
"""Words of `pxtui --as NAME`."""


def main() -> None:
    """Run the command and exit; whatever happens, a person reads Chinese sentences and no traceback."""
    keep_private()
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run the command that `words` say; the exit code."""
    try:
        forget_settings()
        _speak_utf8()
        # Answered here: the commands take half a second to load.
        if words == ["--version"]:
            print(f"pxtui {__version__}")
            return 0
        from pxtui.commands.output import inert_output

        with inert_output():
            return _run(words)
    except Exception as fault:  # the outermost border, for what fails before and behind the command
        return _told(fault)


def _run(words: list[str]) -> int:
    try:
        if not words or (len(words) == _NAMED and words[0] == "--as"):
            from pxtui.app import open_desk

            return open_desk(words[1] if words else None)
        if words[:2] == _SERVED:
            return _serve(words[2:])
        if words[:1] == ["serve"]:
            from pxtui.serving.parent import serve

            return serve(words[1:], run)
        from pxtui.commands import keyed_passwords
        from pxtui.commands.entry import call

        words, option = keyed_passwords.without_source(words)
        with keyed_passwords.source(option):
            return call(words)
    except PxtuiError as error:
        print(error.sentence, file=sys.stderr)
        return EXIT_UNREADABLE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answer has gone; the interpreter must not write to the closed pipe at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as fault:  # told while the output is inert
        return _told(fault)


def _told(fault: Exception) -> int:
    """A clerk gets a number, the log gets the rest; the exit code."""
    from pxtui.faults import report
    from pxtui.home import home

    print(report(fault, home().fault_log), file=sys.stderr)
    return EXIT_UNREADABLE


def _serve(words: list[str]) -> int:
    """The desk over a server's line, as `deploy/bin/login` calls it: with or without the folder of what came in."""
    from pathlib import Path

    from pxtui.app import open_desk
    from pxtui.errors import Refused
    from pxtui.reach import Served

    if words and (len(words) != _NAMED or words[0] != "--inbox"):
        raise Refused("写法：pxtui desk --served [--inbox 文件夹]，由服务器的登录命令使用。")
    return open_desk(served=Served(Path(words[1]) if words else None))


def _speak_utf8() -> None:
    """Chinese goes out as UTF-8 even where the locale says POSIX."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
