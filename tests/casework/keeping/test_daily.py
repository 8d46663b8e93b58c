"""The counter backs up once a day, behind the desk, in a register that is no practice one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import backup_list
from pxtui.casework.keeping import office_key
from pxtui.home import Home
from tests.conftest import ACTING, empty_register
from tests.support import on_server

# As the app does it when the desk stands; only the screen is missing.
COUNTER = """
import sys, threading
from pathlib import Path
from pxtui import clock
from pxtui.app import Pxtui
from pxtui.casework.office.register import open_register
from pxtui.home import home
app = Pxtui(home())
app._office_register = open_register(app.place, clock.now())
app._begin_daily_work()
for thread in threading.enumerate():
    if thread.name == "daily":
        thread.join()
"""


def _sit_down(home: Home) -> int:
    """How many backups there are after somebody opened the counter."""
    named = {"PXTUI_HOME": str(home.root), **on_server.environment_of(home.root)}
    subprocess.run([sys.executable, "-c", COUNTER], check=True, timeout=120, env={**os.environ, **named})
    return len(backup_list.listed(home.backups))


@pytest.mark.terminal
@pytest.mark.parametrize("is_practice", [False, True])
def test_the_first_who_opens_the_counter_on_a_day_has_it_backed_up(is_practice: bool, place: Home, stick: Path) -> None:
    register = empty_register(place, is_practice=is_practice)
    with register.writing(ACTING) as context:
        office_key.create(context, stick / "private.txt")
    register.close()
    assert _sit_down(place) == (0 if is_practice else 1)
    assert _sit_down(place) == (0 if is_practice else 1)
