"""Rosters that come in as files or pasted text."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlmodel import Session

from pxtui.casework import roster
from pxtui.casework.acting import Acting
from pxtui.casework.cases import find
from pxtui.errors import PxtuiError
from pxtui.identifiers.text import canonical_code
from pxtui.papers.read import RosterReading as RosterReading
from pxtui.papers.read import read_pasted, read_roster
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.facts import Trainee


def read_file(path: Path) -> RosterReading:
    """The roster in a file that an enterprise sent.

    Raises:
        PxtuiError: it cannot be read.
    """
    return read_roster(path)


def read_text(text: str) -> RosterReading:
    """The roster in pasted text.

    Raises:
        PxtuiError: it holds none.
    """
    return read_pasted(text)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a roster that came in as a file, compared with the one it took the place of."""

    heads: int
    before: tuple[Trainee, ...]
    """The rows that stood there: to be put back as a whole."""
    added: tuple[str, ...]
    """Names that the claim has and the approved roster has not; at the opening none."""
    missing: tuple[str, ...]
    """Names of the approved roster that the claim leaves out; at the opening none."""


def take_reading(session: Session, acting: Acting, number: str, reading: RosterReading) -> Taken:
    """Put the rows of a file in the place of the case's roster.

    The claim is for whom the enterprise lists: nobody is added or dropped silently, the differences come back
    and the check says who was not approved.

    Raises:
        PxtuiError: the roster is decided already, or the file is an Attachment 2 where a 4 is needed.
    """
    case = find(session, number)
    application = roster.application_being_entered(session, acting, case)
    is_claim = application is ApplicationStage.CLAIM
    if is_claim and reading.form == 2:
        raise PxtuiError("这是附件2（参训人员花名册），补贴申请请导入附件4（补贴申报花名册）。")
    before = roster.trainees(session, case, application)
    people = _with_known_passwords([Trainee(**asdict(row)) for row in reading.rows], before)
    roster.replace_all(session, acting, number, people)
    return Taken(
        heads=len(people),
        before=before,
        added=_names_only_in(people, before) if is_claim else (),
        missing=_names_only_in(before, people) if is_claim else (),
    )


def _with_known_passwords(people: Sequence[Trainee], before: Sequence[Trainee]) -> list[Trainee]:
    """The rows, a password that is not in the list kept from the register: our own Attachment 4 prints none."""
    known = {canonical_code(trainee.id_number): trainee.password for trainee in before}
    return [
        trainee if trainee.password else replace(trainee, password=known.get(canonical_code(trainee.id_number), ""))
        for trainee in people
    ]


def _names_only_in(some: Sequence[Trainee], others: Sequence[Trainee]) -> tuple[str, ...]:
    numbers = {canonical_code(trainee.id_number) for trainee in others}
    return tuple(trainee.name for trainee in some if canonical_code(trainee.id_number) not in numbers)
