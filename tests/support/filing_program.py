"""A counter that files one application after the other and says the number of each as soon as it stands.

Run as a program of its own: `python -m tests.support.filing_program FOLDER URL`, until its input is closed. What the
database refuses is tried again.
"""

import os
import select
import sys
import time
from pathlib import Path

from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.home import Home, Server
from tests.conftest import ACTING, NOW
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

_PAUSE = 0.1
"""Seconds between two attempts to reach a database that is away."""


def _file_until_told(home: Home) -> None:
    register: Register | None = None
    while not select.select([sys.stdin], [], [], 0)[0]:
        try:
            register = register or open_register(home, NOW)
            with register.writing(ACTING) as context:
                number = opening_filing.file(context, a_filing())
                roster_edits.replace_all(context, number, made_up_people(3))
            os.write(1, f"{number}\n".encode())
        except PxtuiError as fault:
            os.write(2, f"{fault.sentence}\n".encode())
            time.sleep(_PAUSE)


if __name__ == "__main__":
    _file_until_told(Home(Path(sys.argv[1]), Server(sys.argv[2])))
