"""What many tests stand on: a register of 东区 in an empty folder, on a day of March 2020."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pxtui.casework.acting import Acting
from pxtui.casework.register import Register, create
from pxtui.clock import CHINA
from pxtui.home import Home

NOW = datetime(2020, 3, 16, 10, 0, tzinfo=CHINA)


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "pxtui")


@pytest.fixture
def register(place: Home) -> Iterator[Register]:
    """An empty register."""
    made = create(place, office="dongqu", name="张三", at=NOW)
    yield made
    made.close()


@pytest.fixture
def acting() -> Acting:
    """The clerk who acts."""
    return Acting("张三", "dongqu", NOW)
