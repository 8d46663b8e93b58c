"""An office that types commands."""

import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from pxtui.cli import run
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support import on_server


class Office:
    """A counter with a data folder of its own, on a day of March 2020."""

    def __init__(self, folder: Path, day: str = "2020-03-16") -> None:
        self.folder = folder
        self.day = day

    @property
    def home(self) -> Home:
        """The data folder."""
        return Home(self.folder / "data")

    def begin(self) -> None:
        """The register, which the first command would make."""
        empty_register(self.home).close()

    def run(self, *words: str | Path, typed: str = "") -> CompletedProcess[str]:
        """What `pxtui` with these words does, without the second that a program takes to start.

        `typed`: the lines that it asks for.
        """
        said, complained = StringIO(), StringIO()
        with (
            patch.dict(os.environ, self.environment),
            chdir(self.folder),
            redirect_stdout(said),
            redirect_stderr(complained),
            patch("sys.stdin", StringIO(typed)),
        ):
            code = run([str(word) for word in words])
        return CompletedProcess(words, code, said.getvalue(), complained.getvalue())

    def say(self, *words: str | Path, typed: str = "") -> str:
        """What a command that works prints."""
        done = self.run(*words, typed=typed)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    @property
    def environment(self) -> dict[str, str]:
        """What tells the program where and on what day it is."""
        known = {"PXTUI_HOME": str(self.home.root), "PXTUI_TODAY": self.day}
        return {**known, **on_server.environment_of(self.home.root)}


class OfficeApart(Office):
    """The same with a program of its own for every command."""

    def run(self, *words: str | Path, typed: str = "") -> CompletedProcess[str]:
        """Start a program with these words."""
        return subprocess.run(
            [sys.executable, "-m", "pxtui", *map(str, words)],
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"]} | self.environment,
            cwd=self.folder,
            timeout=60,
            check=False,
        )
