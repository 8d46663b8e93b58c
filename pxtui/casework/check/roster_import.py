"""Import of rosters from files and pasted text: reading, preview with verdicts and differences, replacement."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pxtui.casework.check import eligibility
from pxtui.casework.check.eligibility import RowVerdict
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.differences import RosterDifference, compare
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical_code
from pxtui.papers.reading.rosters import RosterReading as RosterReading
from pxtui.papers.reading.rosters import RosterRow as RosterRow
from pxtui.papers.reading.rosters import UndecidedColumns as UndecidedColumns
from pxtui.papers.reading.rosters import read_pasted, read_rosters
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.progress import Watch


def read_file(
    path: Path, watch: Watch | None = None, chosen: Mapping[str, str] | None = None
) -> tuple[RosterReading, ...]:
    """The rosters in an enterprise's file, one per sheet; the clerk chooses one.

    Args:
        chosen: field to the letter of its column, where the clerk decided among several.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: the file cannot be read.
        Cancelled: `watch` says so.
    """
    return read_rosters(path, watch, chosen)


def read_text(text: str, chosen: Mapping[str, str] | None = None) -> tuple[RosterReading, ...]:
    """The roster in pasted text, as a tuple of one; see `read_file`.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: the text has no roster.
    """
    return (read_pasted(text, chosen),)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Preview of an import: verdicts and differences of a file's rows, judged as the case's roster."""

    verdicts: dict[int, RowVerdict]
    """By position in the file (from 0)."""
    differences: tuple[RosterDifference, ...]
    """From the approved roster at the claim, from the roster that stands there at the opening."""


def outlook(context: Context, number: str, reading: RosterReading) -> Outlook:
    """The preview of an import."""
    people = people_of(reading)
    return Outlook(eligibility.verdicts_of(context, number, people), _differences(context, number, people))


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of an import."""

    heads: int
    differences: tuple[RosterDifference, ...]
    """As in `Outlook`."""


def take_reading(context: Context, number: str, reading: RosterReading, watch: Watch | None = None) -> Taken:
    """Replace the case's roster by the rows of a file.

    Passwords that the file lacks are kept. The differences are returned, for a claim those from the approved opening.

    Raises:
        PxtuiError: the roster may not be changed now, the file is an Attachment 2 where a 4 is needed, or no row of
            it could be read.
        Cancelled: `watch` says so; the roster is as it was.
    """
    case = find(context, number)
    application = roster_edits.application_being_entered(context, case)
    is_claim = application is ApplicationKind.CLAIM
    if is_claim and reading.form == 2:
        raise Refused("这是附件2（参训人员花名册），补贴申请请导入附件4（补贴申报花名册）。")
    if not reading.rows:
        raise Refused("没有一行能够导入，花名册没有改动；请按未读出的原因改好文件，再导入。")
    people = _with_known_passwords(people_of(reading), roster_edits.trainees(context, case, application))
    differences = _differences(context, number, people)
    roster_edits.replace_all(context, number, people, watch=watch)
    return Taken(len(people), differences)


def behind_those_there(context: Context, number: str, reading: RosterReading) -> RosterReading:
    """The reading appended to the case's roster: its rows follow those there, with 序号 continued."""
    there = [RosterRow(**asdict(row)) for row in roster_edits.rows(context, number)]
    last = max((row.seq for row in there), default=0)
    added = [replace(row, seq=seq) for seq, row in enumerate(reading.rows, start=last + 1)]
    return replace(reading, rows=(*there, *added))


def _differences(context: Context, number: str, people: Sequence[Trainee]) -> tuple[RosterDifference, ...]:
    case = find(context, number)
    before = roster_edits.rows(context, number)
    if application_of(case.stage) is ApplicationKind.CLAIM and case.opening_roster_known:
        approved = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
        opening = roster_edits.trainees(context, case, ApplicationKind.OPENING)
        before = tuple(trainee for trainee in opening if trainee.seq in approved)
    return tuple(compare(before, people)) if before else ()


def people_of(reading: RosterReading) -> list[Trainee]:
    """The rows of a file as rows of a roster."""
    return [Trainee(**asdict(row)) for row in reading.rows]


def _with_known_passwords(people: Sequence[Trainee], before: Sequence[Trainee]) -> list[Trainee]:
    """The rows with missing passwords filled in from `before`: a printed Attachment 4 may have none."""
    known = {canonical_code(trainee.id_number): trainee.password for trainee in before}
    return [
        trainee if trainee.password else replace(trainee, password=known.get(canonical_code(trainee.id_number), ""))
        for trainee in people
    ]
