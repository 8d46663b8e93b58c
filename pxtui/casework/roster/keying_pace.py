"""Keying pace: seconds, keystrokes and corrections per sheet, shown to the clerk who keyed and nobody else."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.about import about_one_case
from db.models import KeyingSession
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context

_NEWEST = 20


@dataclass(slots=True)
class Tally:
    """Counters of one keying of a sheet."""

    seconds: float = 0.0
    keystrokes: int = 0
    corrections: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class KeyingLine:
    """One keying of a sheet as the clerk's list shows it; `ended_at` is YYYY-MM-DD."""

    ended_at: str
    sheet: str
    rows: int
    keystrokes_a_row: float
    seconds_a_row: float
    corrections: int


@about_one_case
def record(context: Context, number: str, sheet: str, tally: Tally) -> None:
    """Store the counters of a keying for the acting clerk."""
    context.session.add(
        KeyingSession(
            case_id=find(context, number).id,
            staff_name=context.clerk,
            sheet=sheet,
            ended_at=context.at,
            seconds=round(tally.seconds),
            keystrokes=tally.keystrokes,
            corrections=tally.corrections,
            rows=tally.rows,
        )
    )


def statistics(context: Context, clerk: str) -> list[KeyingLine]:
    """The last 20 keyings of a clerk, the newest first."""
    mine = select(KeyingSession).where(col(KeyingSession.staff_name) == clerk).order_by(col(KeyingSession.id).desc())
    return [
        KeyingLine(
            ended_at=f"{entry.ended_at:%Y-%m-%d}",
            sheet=entry.sheet,
            rows=entry.rows,
            keystrokes_a_row=entry.keystrokes / entry.rows,
            seconds_a_row=entry.seconds / entry.rows,
            corrections=entry.corrections,
        )
        for entry in context.session.exec(mine.limit(_NEWEST))
    ]
