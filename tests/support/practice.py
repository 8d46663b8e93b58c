"""The practice register for tests that only look at it: made once, and copied by every process of a run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from shutil import copytree

import pytest

from pxtui.casework.practice import register as practice_register
from pxtui.home import Home
from tests.conftest import NOW


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "practice.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def practice_home(place: Path, factory: pytest.TempPathFactory) -> Home:
    """The data folder of a practice register of its own at `place`."""
    # The processes of one run have their folders side by side.
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = shared / "practice"
    with _alone(shared):
        if not (made / "whole").exists():
            practice_register.make_practice_register(Home(made / "data"), NOW)
            (made / "whole").touch()
    copytree(made / "data", place)
    return Home(place)
