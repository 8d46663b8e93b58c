"""Classes on the offline procedure (notice 二, 三): online hours carried over, offline results entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from sqlmodel import col, select

from db.models import Act, Case, Enrolment, LearningResult, OfflineResult
from pxtui.casework.check import eligibility
from pxtui.casework.claim import platform_records
from pxtui.casework.claim.platform_records import LearningReading
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.offline import tariffs
from pxtui.casework.offline.tariffs import Tariff
from pxtui.casework.roster.rows import positioned
from pxtui.errors import Refused
from pxtui.identifiers.id_number import masked, with_century
from pxtui.identifiers.text import same
from pxtui.papers.reading.listing import Listed, require_nothing_hidden
from pxtui.papers.reading.offline_lists import OfflineRow, TariffRow, read_offline_results
from pxtui.papers.reading.offline_lists import read_tariffs as read_tariff_list
from pxtui.papers.reading.roster_reading import Repair, RosterReading
from pxtui.policy import words
from pxtui.policy.facts import ApplicationKind, Level, Route, Trainee
from pxtui.policy.subsidy import yuan
from pxtui.progress import Watch

T = TypeVar("T")

TariffList = tuple[tuple[TariffRow, ...], tuple[Repair, ...]]
"""The rows of a catalogue, and what was put right in reading them."""

_CARRYING = frozenset({Stage.OPENED, Stage.TRANSFERRED})


@dataclass(frozen=True, slots=True)
class CarriedPerson:
    """A person of an approved class: online hours and offline results; None: unknown."""

    seq: int
    name: str
    id_number: str
    """Masked."""
    online_hours: Decimal | None
    offline_hours: Decimal | None
    passed: bool | None
    amount_fen: int | None
    paid_on: date | None

    @property
    def total_hours(self) -> Decimal | None:
        """The sum of online and offline hours; None while one of them is unknown."""
        if self.online_hours is None or self.offline_hours is None:
            return None
        return self.online_hours + self.offline_hours


@dataclass(frozen=True, slots=True)
class CarriedClass:
    """A class on the offline procedure with the hours and results of its people, and its tariff."""

    number: str
    people: tuple[CarriedPerson, ...]
    tariff: Tariff | None
    notes: tuple[str, ...]
    """Contradictions to be checked, a Chinese sentence each."""

    @property
    def unknown(self) -> tuple[CarriedPerson, ...]:
        """The people without online hours."""
        return tuple(person for person in self.people if person.online_hours is None)

    @property
    def summary(self) -> str:
        """How many people have online hours and offline results, with the first note, in Chinese."""
        if self.unknown:
            return f"已登记，还有{len(self.unknown)}人没有线上学时。"
        results = sum(person.passed is not None for person in self.people)
        entered = f"已登记：{len(self.people)}人有线上学时，{results}人有线下结果"
        return f"{entered}；{len(self.notes)}处请核对：{self.notes[0]}" if results and self.notes else f"{entered}。"


def read_hours(path: Path, office: Path, platform: str | None = None) -> LearningReading | RosterReading:
    """The online hours in a file: a platform's records, or an Attachment 4.

    Args:
        office: file with the office's own words for headings (`Home.platforms`).

    Raises:
        PxtuiError: the file cannot be read, or is neither.
    """
    found = platform_records.read_records_or_rosters(path, office, platform, Watch())
    return found if isinstance(found, LearningReading) else found[0]


def read_results(path: Path) -> tuple[OfflineRow, ...]:
    """The rows of a list of offline results, all or none.

    Raises:
        PxtuiError: the file or one of its rows cannot be read.
    """
    return whole(read_offline_results(path), path)


def read_tariffs(path: Path) -> TariffList:
    """The tariffs in a file, all or none.

    Raises:
        PxtuiError: the file or one of its rows cannot be read.
    """
    listed = read_tariff_list(path)
    return whole(listed, path), listed.repairs


def whole(listed: Listed[T], path: Path) -> tuple[T, ...]:
    """The rows of a list without unread rows.

    Raises:
        PxtuiError: a row could not be read, or is hidden: nobody has looked at it.
    """
    require_nothing_hidden(listed)
    if listed.refused:
        first = listed.refused[0]
        raise Refused(f"“{path.name}”有{len(listed.refused)}行读不出，没有登记；第一处在{first.cell}：{first.reason}")
    return listed.rows


def put_hours(context: Context, number: str, reading: LearningReading | RosterReading, *, source: str) -> CarriedClass:
    """Store the online hours of a class's people, from a platform's records or an Attachment 4.

    Args:
        source: the file's name, for the journal.

    Raises:
        PxtuiError: the class is not approved or is on another route, or the file has none of its people.
    """
    case = _carrying(context, number)
    learnt = _hours_in(context, case, reading)
    rows = _approved(context, case)
    known = {place: found for place, (_, row) in rows.items() if (found := learnt.get(with_century(row.id_number)))}
    if not known:
        raise Refused(f"“{source}”里没有这个班批准名单上的人，请核对是不是这个班的文件。")
    before = {rows[place][1].seq: rows[place][1].completed_hours for place in known}
    for place, (hours, passed) in known.items():
        enrolment_id = rows[place][0]
        result = context.session.get(LearningResult, enrolment_id) or LearningResult(enrolment_id=enrolment_id)
        result.course_hours = case.course_hours
        result.completed_hours, result.passed = hours, passed
        context.session.add(result)
    journal.record(
        context,
        case,
        Act.OFFLINE_HOURS,
        f"登记线上学时：{len(known)}人，来自“{source}”",
        before={"hours": before},
        after={"hours": {rows[place][1].seq: hours for place, (hours, _) in known.items()}},
    )
    context.session.flush()
    return carried(context, number)


def take_results(context: Context, number: str, rows: Sequence[OfflineRow], *, source: str) -> CarriedClass:
    """Store the offline results of a transferred class; a later list overwrites the people that it names.

    That nothing was paid for somebody frees a place of his year. Where duties are apart it counts when another person
    has confirmed it, see `confirm_unpaid`.

    Raises:
        PxtuiError: the class is not transferred, a payment lies before it or in the future, or a row is of somebody
            else, has another name, or is doubled.
    """
    case = find(context, number)
    require_stage(case, frozenset({Stage.TRANSFERRED}), "登记线下结果")
    by_number = {
        with_century(row.id_number): (enrolment_id, row) for enrolment_id, row in _approved(context, case).values()
    }
    _require_days(rows, case.starts_on, context.today)
    _require_known(rows, {key: row for key, (_, row) in by_number.items()})
    entries: list[dict[str, object]] = []
    apart = duties.are_apart(context)
    for listed in rows:
        enrolment_id, row = by_number[with_century(listed.id_number)]
        result = context.session.get(OfflineResult, enrolment_id) or OfflineResult(
            enrolment_id=enrolment_id, source=source
        )
        entries.append({"seq": row.seq, "passed": result.passed, "amount_fen": result.amount_fen})
        says_nothing_was_paid = listed.amount_fen == 0
        counted = result.waits or result.paid_on is not None
        # A list that does not speak of the money is no word of a second person on it.
        author = context.clerk if says_nothing_was_paid or not result.waits else result.entered_by
        result.waits = apart and (says_nothing_was_paid or (counted and listed.paid_on is None))
        result.entered_by = author if result.waits else context.clerk
        result.hours, result.passed, result.source = listed.hours, listed.passed, source
        result.amount_fen, result.paid_on = listed.amount_fen, listed.paid_on
        context.session.add(result)
    journal.record(
        context,
        case,
        Act.OFFLINE_RESULTS,
        f"登记线下结果：{len(rows)}人，来自“{source}”",
        before={"results": entries},
        after={"results": [{"passed": row.passed, "amount_fen": row.amount_fen} for row in rows]},
    )
    context.session.flush()
    return carried(context, number)


def confirm_unpaid(context: Context, number: str, evidence: str) -> CarriedClass:
    """The acting person has seen that the ordinary procedure paid nothing for those of whom others entered that.

    Args:
        evidence: what was seen, such as the number of a letter.

    Raises:
        PxtuiError: nothing waits, nothing was seen, or the same person entered all of it.
    """
    case = find(context, number)
    waiting = _waiting(context, case)
    if not waiting:
        raise Refused(f"{case.number}没有等待确认的线下结果，不用确认。")
    by_others = [result for result in waiting if not duties.is_of_the_acting_person(context, result.entered_by)]
    if not by_others:
        raise Refused(f"{case.number}没有拨付的结果由{context.clerk}登记，须由另一人核对后确认。")
    if not evidence.strip():
        raise Refused("请写明核对了什么，如线下经办部门的回函或拨付表的编号。")
    for result in by_others:
        result.waits = False
        context.session.add(result)
    summary = f"确认线下没有拨付：{len(by_others)}人"
    journal.record(context, case, Act.OFFLINE_CONFIRM, summary, after={"evidence": evidence.strip()})
    context.session.flush()
    return carried(context, number)


def _waiting(context: Context, case: Case) -> list[OfflineResult]:
    of_case = select(OfflineResult).join(Enrolment, col(Enrolment.id) == OfflineResult.enrolment_id)
    return list(context.session.exec(of_case.where(col(Enrolment.case_id) == case.id, col(OfflineResult.waits))))


def carried(context: Context, number: str) -> CarriedClass:
    """A class on the offline procedure with hours, results and notes.

    Raises:
        PxtuiError: the class is not approved or is on another route.
    """
    case = _carrying(context, number)
    tariff = tariffs.tariff_for(context, case.occupation, case.level, case.starts_on)
    people = tuple(_person(context, *row) for row in _approved(context, case).values())
    notes = (*_notes_of_one(_waiting(context, case)), *_notes(case, people, tariff))
    return CarriedClass(number, people, tariff, notes)


def require_hours(context: Context, case: Case) -> None:
    """Refuse the transfer of a class with unknown online hours.

    Raises:
        PxtuiError: a person has no online hours.
    """
    unknown = [row.seq for _, row in _approved(context, case).values() if row.completed_hours is None]
    if unknown:
        raise Refused(
            f"还有{len(unknown)}人没有线上学时（第{'、'.join(map(str, unknown[:5]))}号"
            f"{'等' if len(unknown) > 5 else ''}），请先按F6导入学习记录或附件4。"
        )


def _carrying(context: Context, number: str) -> Case:
    case = find(context, number)
    require_stage(case, _CARRYING, "登记线上学时")
    if eligibility.judge_case(context, case).route is not Route.CATALOGUE:
        raise Refused("此班走有偿线上培训补贴，不转线下程序；培训结束后请申请补贴。")
    return case


def _approved(context: Context, case: Case) -> dict[int, tuple[int, Trainee]]:
    """By position, the row id and the row of every approved person."""
    ids = context.session.exec(
        select(Enrolment.position, Enrolment.id).where(
            col(Enrolment.case_id) == case.id,
            col(Enrolment.application) == ApplicationKind.OPENING.value,
            col(Enrolment.approved).is_(True),
        )
    )
    rows = positioned(context, case, ApplicationKind.OPENING)
    return {position: (enrolment_id, rows[position]) for position, enrolment_id in sorted(ids)}


def _hours_in(
    context: Context, case: Case, reading: LearningReading | RosterReading
) -> dict[str, tuple[Decimal, bool | None]]:
    if isinstance(reading, LearningReading):
        learnt = platform_records.judged_for(context, case, reading)
        return {person.id_number: (person.hours, person.passed) for person in learnt.people}
    return {
        with_century(row.id_number): (row.completed_hours, row.passed)
        for row in reading.rows
        if row.completed_hours is not None
    }


def _require_days(rows: Sequence[OfflineRow], earliest: date, latest: date) -> None:
    for row in rows:
        if row.paid_on is not None and not earliest <= row.paid_on <= latest:
            raise Refused(
                f"{row.name}的拨付日期{row.paid_on}不在开班日{earliest}至今天之间，没有登记任何结果；请核对后再导入。"
            )


def _require_known(rows: Sequence[OfflineRow], known: Mapping[str, Trainee]) -> None:
    if not rows:
        raise Refused("表里没有可以登记的人员，请核对文件。")
    seen: set[str] = set()
    for row in rows:
        key = with_century(row.id_number)
        if key not in known:
            raise Refused(f"{row.name}（{masked(key)}）不在此班批准的名单里，没有登记任何结果；请核对后再导入。")
        if not same(row.name, known[key].name):
            raise Refused(
                f"证号{masked(key)}在名单里是{known[key].name}，表里是{row.name}，没有登记任何结果；请核对后再导入。"
            )
        if key in seen:
            raise Refused(f"{row.name}（{masked(key)}）在表里有两行，没有登记任何结果；请只留一行。")
        seen.add(key)


def _person(context: Context, enrolment_id: int, row: Trainee) -> CarriedPerson:
    result = context.session.get(OfflineResult, enrolment_id)
    return CarriedPerson(
        seq=row.seq,
        name=row.name,
        id_number=masked(row.id_number),
        online_hours=row.completed_hours,
        offline_hours=result.hours if result else None,
        passed=result.passed if result else None,
        amount_fen=result.amount_fen if result else None,
        paid_on=result.paid_on if result else None,
    )


def _notes_of_one(waiting: Sequence[OfflineResult]) -> list[str]:
    """That another person has to look at what one has entered."""
    if not waiting:
        return []
    authors = "、".join(sorted({result.entered_by or "不明" for result in waiting}))
    confirm = "须由另一人核对后确认（审批页F11），确认以前仍按已拨付计次"
    return [f"{len(waiting)}人登记为没有拨付，登记人{authors}，{confirm}。"]


def _notes(case: Case, people: Sequence[CarriedPerson], tariff: Tariff | None) -> list[str]:
    if tariff is None:
        what = words.occupation_and_level(case.occupation, Level(case.level) if case.level else None)
        return [f"还没有导入{what}的补贴目录，不能核对补贴标准。"]
    notes = []
    for person in people:
        if person.amount_fen is not None and person.amount_fen > tariff.amount_fen:
            notes.append(
                f"第{person.seq}号{person.name}：补贴{yuan(person.amount_fen)}元，超过目录标准{yuan(tariff.amount_fen)}元。"
            )
        if (
            tariff.hours is not None
            and person.passed
            and person.total_hours is not None
            and person.total_hours < tariff.hours
        ):
            notes.append(
                f"第{person.seq}号{person.name}：线上线下共{person.total_hours:f}学时，不足目录规定的{tariff.hours:f}学时。"
            )
        if person.amount_fen and person.passed is False:
            notes.append(f"第{person.seq}号{person.name}：考核不合格而有补贴金额，请核对。")
    return notes
