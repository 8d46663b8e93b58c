"""The register of the guided tour: one class that is about to start, with all but one of its people keyed."""

from datetime import datetime

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import create
from pxtui.casework.practice.register import CLERK, PracticeOffice, file_one
from pxtui.casework.roster import edits
from pxtui.home import Home

_CLASS = 5
"""Which of the practice cases it is: it starts two days after the day of practice."""
_KEYED = 2


def make_tour_register(place: Home, at: datetime) -> None:
    """Make the register of the tour in an empty folder.

    Raises:
        PxtuiError: the disk refuses.
    """
    office = PracticeOffice()
    register = create(place, office=office.code, name=office.clerk, at=at, is_practice=True)
    try:
        with register.writing(Acting(CLERK, office.code, at)) as context:
            number = file_one(context, _CLASS)
            edits.replace_all(context, number, edits.rows(context, number)[:_KEYED])
    finally:
        register.close()
