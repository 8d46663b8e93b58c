"""What an import of a roster changes: every cell, the claim's figures, and who differs from those who were approved.

One value holds all of it; the preview, the command, the journal and the sheet that both sides sign show it alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db.models import Case
from pxtui.casework.check import claim_figures, eligibility
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office.context import Context
from pxtui.casework.roster import differences as roster_differences
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.differences import RosterDifference, compare
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.rosters import RosterReading
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.subsidy import yuan
from pxtui.policy.working_days import CalendarMissing

_NO_FIGURES = "未能计算"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing that a file changes or that was not read in it, as the sheet for both signatures lists it."""

    person: str
    """第3号张三; empty for a cell of the file that is nobody's."""
    kind: str
    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The money of a claim before the import and after it, in Chinese; the same where nothing of it changes."""

    before: str
    after: str

    @property
    def sentence(self) -> str:
        """Both; empty where they are the same."""
        return "" if self.before == self.after else f"补贴金额由{self.before}改为{self.after}"


_UNCHANGED = Figures("", "")


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """What an import changes."""

    differences: tuple[RosterDifference, ...] = ()
    """From the roster that stands there; none where nobody stands there yet."""
    from_approved: tuple[RosterDifference, ...] = ()
    """At the claim, who is otherwise than approved at the opening, as far as `differences` do not tell it."""
    kept_passwords: tuple[str, ...] = ()
    """Whose password the file leaves blank among others: the one that is known stays."""
    figures: Figures = _UNCHANGED

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in Chinese, for a list: the money first."""
        return (*filter(None, (self.figures.sentence,)), *self.sentences_of_rows)

    @property
    def sentences_of_rows(self) -> tuple[str, ...]:
        """All but the money."""
        return (
            *(f"与原名单相比 {difference.sentence}" for difference in self.differences),
            *(f"与同意开班的名单相比 {difference.sentence}" for difference in self.from_approved),
            *([f"来件里{self.who_kept_passwords}的密码是空的，原密码照旧"] if self.kept_passwords else []),
        )

    @property
    def who_kept_passwords(self) -> str:
        """The first few of them by name, and how many they are."""
        more = len(self.kept_passwords) > _NAMED
        return "、".join(self.kept_passwords[:_NAMED]) + (f"等{len(self.kept_passwords)}人" if more else "")

    @property
    def in_numbers(self) -> str:
        """How many cells and rows, and the figures, in one line without anybody's data; empty where nothing changes."""
        rows = {difference.kind: 0 for difference in self.differences}
        names = {difference.kind: difference.name for difference in self.differences}
        for difference in self.differences:
            rows[difference.kind] += 1
        cells = sum(len(difference.cells) for difference in self.differences if difference.before and difference.after)
        counted = [f"{names[kind]}{count}人" for kind, count in rows.items()]
        counted += [f"共改{cells}处"] if cells else []
        return "，".join((*counted, *filter(None, (self.figures.sentence,))))


def changes_of(
    context: Context, case: Case, reading: RosterReading, people: Sequence[Trainee], checked: Overview | None = None
) -> RosterChanges:
    """What becomes otherwise when `people`, the rows of a file with known passwords, take the roster's place.

    Args:
        checked: the judgement of the case with these rows, where it is made already.
    """
    standing = _as_printed(case, roster_edits.rows(context, case.number))
    if not standing:
        return RosterChanges(from_approved=_from_approved(context, case, people, ()))
    differences = tuple(compare(standing, people))
    return RosterChanges(
        differences,
        _from_approved(context, case, people, differences),
        _kept_passwords(reading, people),
        _figures(context, case, people, checked) if differences else _UNCHANGED,
    )


def told_lines(reading: RosterReading, changes: RosterChanges) -> Iterator[ToldLine]:
    """Everything as lines of the sheet that both sides sign: the changes, then what could not be read."""
    if changes.figures.sentence:
        yield ToldLine("", "金额", "补贴金额", changes.figures.before, changes.figures.after)
    for difference in changes.differences:
        yield from _lines(difference)
    for difference in changes.from_approved:
        for line in _lines(difference):
            yield replace(line, kind=f"与开班名单不符：{line.kind}")
    if changes.kept_passwords:
        yield ToldLine(changes.who_kept_passwords, "未采用", "密码", "原密码", "来件为空，原密码照旧")
    for repair in reading.read_as_blank:
        yield ToldLine("", "读不懂", f"来件{repair.cell}", repair.shown[0], "按空白登记")
    for refused in reading.refused:
        yield ToldLine("", "未导入", f"来件{refused.cell}", "", refused.reason)


def with_known_passwords(people: Sequence[Trainee], before: Sequence[Trainee]) -> list[Trainee]:
    """The rows with missing passwords filled in from `before`: a printed Attachment 4 may have none.

    Whoever has another number now, or another name, is still the same person; who takes another's place is not.
    """
    known = {
        id(now): was.password
        for kind, (was, now) in roster_differences.matched(before, people)
        if kind is not roster_differences.DifferenceKind.SWAPPED
    }
    return [
        trainee if trainee.password else replace(trainee, password=known.get(id(trainee), "")) for trainee in people
    ]


def _lines(difference: RosterDifference) -> Iterator[ToldLine]:
    if difference.before is not None and difference.after is not None:
        for cell in difference.cells or ():
            yield ToldLine(difference.person, difference.name, cell.label, cell.before, cell.after)
        if not difference.cells:
            yield ToldLine(difference.person, difference.name, "", *difference.sides)
    else:
        yield ToldLine(difference.person, difference.name, "整行", *difference.sides)


def _as_printed(case: Case, rows: Sequence[Trainee]) -> tuple[Trainee, ...]:
    """The rows as an Attachment 4 prints them: hours that a row leaves open are those of the course."""
    if application_of(case.stage) is not ApplicationKind.CLAIM:
        return tuple(rows)
    return tuple(row if row.course_hours is not None else replace(row, course_hours=case.course_hours) for row in rows)


def _from_approved(
    context: Context, case: Case, people: Sequence[Trainee], told: Sequence[RosterDifference]
) -> tuple[RosterDifference, ...]:
    if application_of(case.stage) is not ApplicationKind.CLAIM or not case.opening_roster_known:
        return ()
    seqs = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    opening = roster_edits.trainees(context, case, ApplicationKind.OPENING)
    approved = [trainee for trainee in opening if trainee.seq in seqs]
    if not approved:
        return ()
    known = {_who_differs(difference) for difference in told}
    found = roster_differences.of_people_alone(compare(approved, people))
    return tuple(difference for difference in found if _who_differs(difference) not in known)


def _who_differs(difference: RosterDifference) -> tuple[object, ...]:
    sides = (difference.before, difference.after)
    return (difference.kind, *((canonical(row.name), canonical_code(row.id_number)) for row in sides if row))


def _kept_passwords(reading: RosterReading, people: Sequence[Trainee]) -> tuple[str, ...]:
    if not any(row.password for row in reading.rows):
        return ()
    pairs = zip(reading.rows, people, strict=True)
    return tuple(f"第{row.seq}号{row.name}" for row, person in pairs if person.password and not row.password)


def _figures(context: Context, case: Case, people: Sequence[Trainee], checked: Overview | None) -> Figures:
    if application_of(case.stage) is not ApplicationKind.CLAIM:
        return _UNCHANGED
    try:
        now = eligibility.overview_of(context, case, ApplicationKind.CLAIM)
        return Figures(
            _money(context, case, now),
            _money(context, case, checked or eligibility.overview_with(context, case, people)),
        )
    except CalendarMissing:
        return Figures(_NO_FIGURES, _NO_FIGURES)


def _money(context: Context, case: Case, checked: Overview) -> str:
    found = claim_figures.figures_of(context, case, checked)
    if found is None:
        return "不予补贴"
    asked, payable = yuan(found.asked.total_fen), yuan(found.total_fen)
    return f"申报{len(checked.application.roster)}人{asked}元、可补{found.heads}人{payable}元"
