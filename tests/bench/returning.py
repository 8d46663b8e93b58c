"""What a trainee costs who was here before: found by the end of the ID number."""

import tempfile
from pathlib import Path

from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people, office_with_roster, stored_people
from tests.support.terminal import KEYS
from tests.support.timed_terminal import TimedTerminal

_PEOPLE = list({person.id_number[-4:]: person for person in made_up_people(200)}.values())
"""Nobody with the same last four characters."""
_SECOND = "2020-DQ-0002"


def measured_returning() -> Report:
    """Key a roster of people who are all on file."""
    with tempfile.TemporaryDirectory() as folder:
        office = office_with_roster(Path(folder), _PEOPLE)
        register = open_register(Home(office / "data"), NOW)
        with register.writing(ACTING) as context:
            assert opening_filing.file(context, a_filing()) == _SECOND
        register.close()
        most = 0
        with TimedTerminal(office) as terminal:
            terminal.wait_for("录入2")
            terminal.key("enter")
            terminal.wait_for("0人")
            for heads, person in enumerate(_PEOPLE, start=1):
                keys = [*person.id_number[-4:], KEYS["enter"]]
                most = max(most, len(keys))
                terminal.type("".join(keys))
                terminal.wait_for(f"{heads}人 0项不符 已存")
        alike = sum(
            row == (person.name, person.id_number, person.phone)
            for row, person in zip(stored_people(office, _SECOND), _PEOPLE, strict=True)
        )
    measured = f"{most}, {alike} of {len(_PEOPLE)} as they are on file"
    return Report(exact=[Line("keystrokes of a returning trainee", measured, "6")])
