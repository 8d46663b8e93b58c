"""What platforms recorded of the learning, held against what the claim's roster says of it (notice 二, 四(二))."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.about import about_one_case
from db.models import Act, Case, JournalEntry
from pxtui.casework.calendar import lifting
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers.id_number import masked, with_century
from pxtui.identifiers.text import same
from pxtui.papers.reading.learning_records import LearningLine, NoLearningRecords, read_learning_records
from pxtui.papers.reading.learning_records import LearningReading as LearningReading
from pxtui.papers.reading.rosters import RosterReading, read_rosters
from pxtui.policy import codec, words
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.learning import ClassDays, Learning, LearningFlag, PersonLearning, hours_of, judge_learning
from pxtui.policy.learning import Session as LearningSession
from pxtui.policy.parameters import Rulebook
from pxtui.progress import Watch

PASS_MARK = Decimal(60)
"""The notice names none; whoever imports may name another."""


_People = tuple[PersonLearning, ...]
_Flags = tuple[LearningFlag, ...]
_SAID = tuple(field.name for field in fields(LearningLine))
"""What lines and sessions both have."""


@dataclass(frozen=True, slots=True)
class Result:
    """Hours and verdict of one person; None: not known."""

    hours: Decimal | None
    passed: bool | None

    @property
    def in_words(self) -> str:
        """In words."""
        hours = "学时未填" if self.hours is None else f"{words.hours(self.hours)}学时"
        return f"{hours}、{'考核未填' if self.passed is None else '合格' if self.passed else '不合格'}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of the roster whose person is in the records."""

    place: int
    """The row's, from 0."""
    row: Trainee
    learnt: PersonLearning
    recorded: Result
    """What the records say; the verdict is the platform's, else that of the score."""

    @property
    def entered(self) -> Result:
        """What the roster says."""
        return Result(self.row.completed_hours, self.row.passed)

    @property
    def filled(self) -> Result:
        """What is entered, its blanks from the records."""
        hours, passed = self.entered.hours, self.entered.passed
        return Result(
            self.recorded.hours if hours is None else hours, self.recorded.passed if passed is None else passed
        )

    @property
    def taken(self) -> Result:
        """What the records say, and what is entered where they say nothing."""
        passed = self.recorded.passed
        return Result(self.recorded.hours, self.entered.passed if passed is None else passed)

    @property
    def is_filled(self) -> bool:
        """Whether the records know something that the roster does not say."""
        return self.filled != self.entered

    @property
    def differs(self) -> bool:
        """Whether they say something else than the roster."""
        return self.taken != self.filled

    @property
    def other_name(self) -> bool:
        """Whether they have the number under another name."""
        return bool(self.learnt.name) and not same(self.learnt.name, self.row.name)

    @property
    def both(self) -> str:
        """What the roster and the records say, side by side."""
        score = "" if self.learnt.score is None else f"，成绩{self.learnt.score:f}"
        return f"花名册{self.entered.in_words}；平台{self.recorded.in_words}{score}"

    @property
    def sentence(self) -> str:
        """Who it is, and both."""
        name = f"（记录中姓名为{self.learnt.name}）" if self.other_name else ""
        return f"{_who(self.row)}{name}：{self.both}"


@dataclass(frozen=True, slots=True)
class RecordsOutlook:
    """The records of a class beside its roster."""

    learning: Learning
    comparisons: tuple[Comparison, ...]
    """In the order of the roster."""
    not_in_roster: tuple[PersonLearning, ...]
    not_in_records: tuple[Trainee, ...]
    pass_mark: Decimal

    @property
    def filled(self) -> tuple[Comparison, ...]:
        """Rows with blanks that the records fill."""
        return tuple(row for row in self.comparisons if row.is_filled)

    @property
    def differences(self) -> tuple[Comparison, ...]:
        """Rows that say something else than the records."""
        return tuple(row for row in self.comparisons if row.differs)

    @property
    def other_names(self) -> tuple[Comparison, ...]:
        """Rows whose number the records have under another name."""
        return tuple(row for row in self.comparisons if row.other_name)

    @property
    def strangers(self) -> tuple[str, ...]:
        """Who is in the records alone, each told as one."""
        return tuple(f"{person.name}（{masked(person.id_number)}）" for person in self.not_in_roster)

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Who is in the roster alone, each told as one."""
        return tuple(_who(row) for row in self.not_in_records)


def read_file(path: Path, *, office: Path, platform: str | None = None, watch: Watch | None = None) -> LearningReading:
    """The records in a file, the headings in the words of a platform and of the office.

    Args:
        office: the office's own words for headings (`Home.platforms`); the file need not be there.

    Raises:
        PxtuiError: it cannot be read, or holds something else.
        Cancelled: `watch` says so.
    """
    return read_learning_records(path, platform=platform, office=office, watch=watch)


def read_files(paths: Sequence[Path], *, office: Path, platform: str | None = None) -> LearningReading:
    """The records in several files as one, for what is learnt twice at once may stand in two of them.

    Raises:
        PxtuiError: one of them cannot be read, or holds something else.
    """
    readings = [(path.name, read_file(path, office=office, platform=platform)) for path in paths]
    if len(readings) == 1:
        return readings[0][1]
    return LearningReading(
        tuple(replace(line, place=f"{name}{line.place}") for name, reading in readings for line in reading.lines),
        tuple(replace(row, sheet=f"{name}：{row.sheet}") for name, reading in readings for row in reading.refused),
        tuple(
            replace(repair, cell=f"{name}：{repair.cell}") for name, reading in readings for repair in reading.repairs
        ),
    )


def read_records_or_rosters(
    path: Path, office: Path, platform: str | None, watch: Watch
) -> LearningReading | tuple[RosterReading, ...]:
    """The records in a file, else the rosters in it: an enterprise sends Attachment 4 or what its platform exports.

    Raises:
        PxtuiError: it cannot be read, or holds neither.
        Cancelled: `watch` says so.
    """
    try:
        return read_file(path, office=office, platform=platform, watch=watch)
    except NoLearningRecords:
        return read_rosters(path, watch)


def platform_of(context: Context, number: str) -> str | None:
    """On which platform a case's class learns; None: not stated."""
    return find(context, number).platform


def learning_in(reading: LearningReading, rulebook: Rulebook, *, lifted_on: date | None = None) -> Learning:
    """What records say by themselves, without a case."""
    first = min((line.day for line in reading.lines), default=date.min)
    notice = rulebook.for_class_starting(first)
    return judge_learning(_sessions(reading), notice, ClassDays(lifted_on=lifted_on))


def judged_for(context: Context, case: Case, reading: LearningReading) -> Learning:
    """What records say of a class: only what was learnt in its days and before the lifting counts."""
    notice = context.rulebook.for_class_starting(case.starts_on)
    days = ClassDays(case.starts_on, case.ends_on, lifting.day_for(context, case))
    return judge_learning(_sessions(reading), notice, days)


def outlook(context: Context, number: str, reading: LearningReading, pass_mark: Decimal = PASS_MARK) -> RecordsOutlook:
    """The records beside the claim's roster as it stands.

    Raises:
        PxtuiError: the claim is not begun or is decided.
    """
    case = find(context, number)
    require_stage(case, CLAIM_ENTRY, "导入学习记录")
    return _compared(context, case, roster_edits.trainees(context, case, ApplicationKind.CLAIM), reading, pass_mark)


def recorded(context: Context, number: str) -> RecordsOutlook | None:
    """What the newest import said, beside the claim's roster as it stands now; None: there was none."""
    case = find(context, number)
    imports = (
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action) == Act.LEARNING_IMPORT)
        .order_by(col(JournalEntry.id).desc())
    )
    entry = context.session.exec(imports.limit(1)).first()
    if entry is None:
        return None
    _, said = journal.values(context, entry)
    if not said:
        # Its people were erased when their term was over.
        return None
    notice = context.rulebook.for_class_starting(case.starts_on)
    # Of the minutes: what was imported by a program that cut the hours to whole ones is not cut for ever.
    people = tuple(
        replace(person, hours=hours_of(person.minutes, notice)) for person in journal.load(_People, said["records"])
    )
    known = Learning(people, journal.load(_Flags, said["flags"]))
    rows = roster_edits.trainees(context, case, ApplicationKind.CLAIM)
    return _beside(rows, known, journal.load(Decimal, said["pass_mark"]))


@about_one_case
def take_records(
    context: Context,
    number: str,
    reading: LearningReading,
    *,
    source: str,
    take_differences: bool = False,
    pass_mark: Decimal = PASS_MARK,
    watch: Watch | None = None,
) -> RecordsOutlook:
    """Fill what the roster leaves open from the records; what it says otherwise stays unless the clerk decides.

    Args:
        source: the file's name, for the journal.
        take_differences: the records' values take the place of what is entered.
        pass_mark: the score from which on the final test is passed.

    Returns:
        The records beside the roster as it was.

    Raises:
        PxtuiError: the claim is not begun or is decided, or somebody else keys its roster.
        Cancelled: `watch` says so; nothing is changed.
    """
    case = find(context, number)
    require_stage(case, CLAIM_ENTRY, "导入学习记录")
    application = roster_edits.application_being_entered(context, case)
    rows = roster_edits.trainees(context, case, application)
    compared = _compared(context, case, rows, reading, pass_mark)
    results = {row.place: row.taken if take_differences else row.filled for row in compared.comparisons}
    people = [_with_result(row, results.get(place)) for place, row in enumerate(rows)]
    if tuple(people) != rows:
        roster_edits.replace_all(context, number, people, watch=watch)
    _record(context, case, compared, reading, source=source, is_taken=take_differences)
    return compared


def _compared(
    context: Context, case: Case, rows: Sequence[Trainee], reading: LearningReading, pass_mark: Decimal
) -> RecordsOutlook:
    return _beside(rows, judged_for(context, case, reading), pass_mark)


def _beside(rows: Sequence[Trainee], learning: Learning, pass_mark: Decimal) -> RecordsOutlook:
    learnt = {person.id_number: person for person in learning.people}
    known = {with_century(row.id_number) for row in rows}
    return RecordsOutlook(
        learning=learning,
        comparisons=tuple(
            Comparison(place, row, person, _result(person, pass_mark))
            for place, row in enumerate(rows)
            if (person := learnt.get(with_century(row.id_number))) is not None
        ),
        not_in_roster=tuple(person for person in learning.people if person.id_number not in known),
        not_in_records=tuple(row for row in rows if with_century(row.id_number) not in learnt),
        pass_mark=pass_mark,
    )


def _result(learnt: PersonLearning, pass_mark: Decimal) -> Result:
    by_score = None if learnt.score is None else learnt.score >= pass_mark
    return Result(learnt.hours, by_score if learnt.passed is None else learnt.passed)


def _with_result(row: Trainee, result: Result | None) -> Trainee:
    return row if result is None else replace(row, completed_hours=result.hours, passed=result.passed)


def _record(
    context: Context,
    case: Case,
    compared: RecordsOutlook,
    reading: LearningReading,
    *,
    source: str,
    is_taken: bool,
) -> None:
    """What the records said stays known, whatever is keyed afterwards."""
    differing = len(compared.differences)
    outcome = f"，{differing}人与花名册不一致，{'取平台记录' if is_taken else '保留花名册'}" if differing else ""
    journal.record(
        context,
        case,
        Act.LEARNING_IMPORT,
        f"导入学习记录：{len(compared.learning.people)}人，填入{len(compared.filled)}人{outcome}",
        before={"results": [_values(row, row.entered) for row in compared.comparisons]},
        after={
            "source": source,
            "pass_mark": compared.pass_mark,
            "results": [_values(row, row.taken if is_taken else row.filled) for row in compared.comparisons],
            "records": codec.dump(_People, compared.learning.people),
            "flags": codec.dump(_Flags, compared.learning.flags),
            "refused": len(reading.refused),
        },
    )


def _values(comparison: Comparison, result: Result) -> dict[str, Any]:
    return {"seq": comparison.row.seq, "id_number": comparison.row.id_number, **codec.dump(Result, result)}


def _sessions(reading: LearningReading) -> list[LearningSession]:
    # Not `asdict`, which copies what every value is made of: a year's records are twenty thousand lines.
    return [LearningSession(**{name: getattr(line, name) for name in _SAID}) for line in reading.lines]


def _who(row: Trainee) -> str:
    return f"第{row.seq}号{row.name}（{masked(row.id_number)}）"
