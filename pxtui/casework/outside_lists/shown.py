"""Lists and hits as pages and commands show them: numbers of people masked, cases of the offices that one sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from db.models import Case, ListKind, OutsideComparison, OutsideList
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists import answers, comparing, importing, noting, standing_lists
from pxtui.casework.outside_lists.answers import Answered
from pxtui.casework.outside_lists.comparing import OVER
from pxtui.casework.outside_lists.kinds import KINDS, label
from pxtui.casework.outside_lists.matching import Said, key_of_person
from pxtui.casework.outside_lists.packing import mark_of
from pxtui.casework.staff.sight import require_people
from pxtui.identifiers.id_number import masked
from pxtui.policy.facts import Trainee

MOST_CASES = 200
"""With hits, of one list."""


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list with what came of it."""

    id: int
    kind: ListKind
    name: str
    """Of its kind, in Chinese."""
    source: str
    as_of: date
    valid_until: date
    month: date | None
    lines: int
    unread: int
    state: str
    """有效, 已被新名单代替, 已到期 or 已撤回."""
    cases: int
    """That were compared with it."""
    people: int
    hits: int
    imported_on: date
    imported_by: str

    @property
    def sentence(self) -> str:
        """All of it, in one line."""
        month = f"{self.month:%Y-%m}，" if self.month else ""
        unread = f"，{self.unread}行读不出" if self.unread else ""
        return (
            f"{self.name}，{month}{self.source}提供，{self.as_of}的，有效至{self.valid_until}（{self.state}）；"
            f"{self.lines}行{unread}；{self.imported_on} {self.imported_by}导入；"
            f"比对{self.cases}件{self.people}人（户），命中{self.hits}。"
        )


@dataclass(frozen=True, slots=True)
class ShownHit:
    """Somebody in a case whom a list had when it was compared."""

    number: str
    kind: ListKind
    seq: int | None
    name: str
    masked_number: str
    """Of an enterprise empty."""
    said: str
    compared_on: date
    answer: Answered | None

    @property
    def state(self) -> str:
        """待认定, 属实 or 不影响."""
        if self.answer is None:
            return "待认定"
        return "属实" if self.answer.stands else "不影响"

    @property
    def sentence(self) -> str:
        """All of it, in one line."""
        whom = "企业" if self.seq is None else f"第{self.seq}号"
        told = self.answer.sentence if self.answer else f"待认定：{KINDS[self.kind].remedy}。"
        return f"{self.number}{whom} {self.name} {self.said}；{self.compared_on}比对；{told}"


def lists(context: Context) -> tuple[ShownList, ...]:
    """All lists, also those that were taken back, the newest first; a register has some dozens in a year."""
    rows = context.session.exec(select(OutsideList).order_by(col(OutsideList.id).desc())).all()
    in_force = {row.id for row in standing_lists.in_force(context, standing_lists.imported(context))}
    counted = _counted(context)
    return tuple(_shown(context, row, row.id in in_force, counted.get(row.id, (0, 0, 0))) for row in rows)


def hits(context: Context, list_id: int) -> tuple[ShownHit, ...]:
    """Whom a list had in cases, those of the newest cases first; of `MOST_CASES` cases.

    Raises:
        NotFound: there is no such list.
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    found = importing.require(context, list_id)
    wanted = select(OutsideComparison, Case).join(Case, col(Case.id) == col(OutsideComparison.case_id))
    wanted = wanted.where(col(OutsideComparison.list_id) == list_id, col(OutsideComparison.hits) > 0)
    wanted = wanted.where(*roles.of_seen_offices(context, Case.office_code))
    rows = context.session.exec(wanted.order_by(col(OutsideComparison.case_id).desc()).limit(MOST_CASES)).all()
    known = answers.of_cases(context, [case.id for _, case in rows])
    return tuple(
        ShownHit(
            case.number,
            found.kind,
            then.seq,
            then.name,
            "" if then.seq is None else masked(then.key),
            Said(then.text, then.line).sentence or "在名单里",
            row.compared_on,
            known.get(case.id, found.kind, then.key, then.text),
        )
        for row, case in rows
        for then in noting.told_in(context, row).found
    )


def of_case(context: Context, number: str) -> tuple[str, Mapping[int, str]]:
    """What lists say of the enterprises of a case, and by 序号 of its people: 已比对…；未比对….

    Where nothing is paid in it any more it is told with what it was compared then.

    Raises:
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    case = find(context, number)
    people = comparing.people(context, case)
    if case.stage in OVER:
        return _then(context, case, people)
    now = comparing.compared(context, case, people)
    return now.sentence(None), {row.seq: now.sentence(row.seq) for row in people}


def waits(sentence: str) -> bool:
    """Whether a sentence of `of_case` tells of a hit that nobody has decided on."""
    return "待认定" in sentence


def _then(context: Context, case: Case, people: Sequence[Trainee]) -> tuple[str, Mapping[int, str]]:
    wanted = select(OutsideComparison, OutsideList).join(
        OutsideList, col(OutsideList.id) == col(OutsideComparison.list_id)
    )
    rows = context.session.exec(
        wanted.where(col(OutsideComparison.case_id) == case.id).order_by(col(OutsideComparison.id))
    ).all()
    told = [(row, found, noting.told_in(context, row)) for row, found in rows]
    of_firms = [item for item in told if item[1].kind is ListKind.STRUCK_OFF]
    of_people = [item for item in told if item[1].kind is not ListKind.STRUCK_OFF]
    firms = [
        f"{label(found)}{row.compared_on}比对，{'命中' if then.found else '无命中'}" for row, found, then in of_firms
    ]
    return _compared_then(firms), {
        person.seq: _compared_then(
            [
                f"{label(found)}{row.compared_on}比对，"
                f"{'命中' if any(key == item.key for item in then.found) else '无命中'}"
                for row, found, then in of_people
                if mark_of(key) in then.marks
            ]
        )
        for person in people
        if (key := key_of_person(person.id_number)) or not person.id_number
    }


def _compared_then(outcomes: Sequence[str]) -> str:
    return f"已比对：{'、'.join(outcomes)}。" if outcomes else "未比对。"


def _counted(context: Context) -> Mapping[int, tuple[int, int, int]]:
    """By list, how many cases and people of the seen offices were compared, and how many found."""
    sums = (func.count(), func.sum(OutsideComparison.people), func.sum(OutsideComparison.hits))
    wanted = select(OutsideComparison.list_id, *sums).join(Case, col(Case.id) == col(OutsideComparison.case_id))
    wanted = wanted.where(*roles.of_seen_offices(context, Case.office_code)).group_by(col(OutsideComparison.list_id))
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in context.session.exec(wanted)}


def _shown(context: Context, row: OutsideList, is_in_force: bool, counted: tuple[int, int, int]) -> ShownList:
    cases, people, found = counted
    return ShownList(
        row.id,
        row.kind,
        KINDS[row.kind].name,
        row.source,
        row.as_of,
        row.valid_until,
        row.month,
        row.lines,
        row.unread,
        _state(context, row, is_in_force),
        cases,
        people,
        found,
        row.imported_at.date(),
        row.imported_by,
    )


def _state(context: Context, row: OutsideList, is_in_force: bool) -> str:
    if row.withdrawn_on is not None:
        return "已撤回"
    if is_in_force:
        return "有效"
    return "已到期" if context.today > row.valid_until else "已被新名单代替"
