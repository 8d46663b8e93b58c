"""Import of rosters from files and pasted text: reading, preview with verdicts and differences, replacement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from db.about import about_one_case
from pxtui.casework.check import eligibility
from pxtui.casework.check.eligibility import RowVerdict
from pxtui.casework.check.roster_changes import RosterChanges as RosterChanges
from pxtui.casework.check.roster_changes import ToldLine, changes_of, told_lines, with_known_passwords
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import Refused
from pxtui.papers.reading.rosters import RosterReading as RosterReading
from pxtui.papers.reading.rosters import RosterRow as RosterRow
from pxtui.papers.reading.rosters import UndecidedColumns as UndecidedColumns
from pxtui.papers.reading.rosters import read_pasted, read_rosters
from pxtui.policy import codec
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
    """Preview of an import: verdicts of a file's rows, judged as the case's roster, and what they would change."""

    verdicts: dict[int, RowVerdict]
    """By position in the file (from 0)."""
    changes: RosterChanges


def outlook(context: Context, number: str, reading: RosterReading) -> Outlook:
    """The preview of an import."""
    case = find(context, number)
    people = with_known_passwords(people_of(reading), roster_edits.rows(context, number))
    checked = eligibility.overview_with(context, case, people)
    return Outlook(eligibility.by_place(checked), changes_of(context, case, reading, people, checked))


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of an import."""

    heads: int
    changes: RosterChanges
    """As in `Outlook`."""


@about_one_case
def take_reading(context: Context, number: str, reading: RosterReading, watch: Watch | None = None) -> Taken:
    """Replace the case's roster by the rows of a file; the journal keeps what it changed, cell by cell.

    Passwords that the file lacks are kept.

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
    before = roster_edits.trainees(context, case, application)
    people = with_known_passwords(people_of(reading), before)
    changes = changes_of(context, case, reading, people)
    lines = tuple(told_lines(reading, changes))
    summary = f"导入附件{reading.form}，{roster_edits.heads_changed(len(before), len(people))}"
    roster_edits.replace_all(
        context,
        number,
        people,
        summary="：".join(filter(None, (summary, changes.in_numbers))),
        told={"form": reading.form, "lines": codec.dump(tuple[ToldLine, ...], lines)} if before else None,
        watch=watch,
    )
    return Taken(len(people), changes)


def behind_those_there(context: Context, number: str, reading: RosterReading) -> RosterReading:
    """The reading appended to the case's roster: its rows follow those there, with 序号 continued."""
    there = [RosterRow(**asdict(row)) for row in roster_edits.rows(context, number)]
    last = max((row.seq for row in there), default=0)
    added = [replace(row, seq=seq) for seq, row in enumerate(reading.rows, start=last + 1)]
    return replace(reading, rows=(*there, *added))


def people_of(reading: RosterReading) -> list[Trainee]:
    """The rows of a file as rows of a roster."""
    return [Trainee(**asdict(row)) for row in reading.rows]
