"""The working-day calendar of a register: the years that come with the program and those that are in force in it."""

from sqlmodel import Session, col, select

from db.chain.statements import run
from db.engine import private_engine
from db.faults import faults_in_chinese
from db.models import CalendarVersion
from db.revision import HEAD, stored_revision
from pxtui.home import Home
from pxtui.policy import calendar_text
from pxtui.policy.working_days import SHIPPED, WorkingDays

# Asked in every transaction, where a statement that is put together anew takes twenty times as long.
_SIGNED = "SELECT id FROM calendar_version WHERE signed_on IS NOT NULL"


class CalendarInForce:
    """The calendar of one open register, read anew only after another version was signed."""

    def __init__(self) -> None:
        self._known = SHIPPED
        self._ids: frozenset[int] = frozenset()

    def of(self, session: Session) -> WorkingDays:
        """The calendar as it is in force in a transaction."""
        ids = frozenset(number for (number,) in run(session.connection(), _SIGNED))
        if ids != self._ids:
            self._known, self._ids = stored(session), ids
        return self._known


def stored(session: Session) -> WorkingDays:
    """The years that come with the program, and over them every version in force, in the order of their signing."""
    known = SHIPPED
    signed = select(CalendarVersion).where(col(CalendarVersion.signed_on).is_not(None))
    for version in session.exec(signed.order_by(col(CalendarVersion.signed_on), col(CalendarVersion.id))):
        known = calendar_text.read(version.days).over(known)
    return known


def of_folder(home: Home) -> WorkingDays:
    """The calendar of the register in a folder, which is only looked at; where there is none, or one that is not
    upgraded yet, the years that come with the program.

    Raises:
        PxtuiError: it cannot be read.
    """
    database = home.database
    with faults_in_chinese(database):
        if stored_revision(database) != HEAD:
            return SHIPPED
        engine = private_engine(database)
        try:
            with Session(engine.execution_options(read_only=True)) as session, session.begin():
                return stored(session)
        finally:
            engine.dispose()
