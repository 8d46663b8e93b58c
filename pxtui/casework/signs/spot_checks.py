"""Calls to a sample of a class, and looks at its platform: entered by one officer, confirmed by another.

Source: notice 六(三) asks for supervision; that two officers sign is the practice of other cities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from db.models import Act, Case, SpotCall, SpotCheck
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import OPENING_GRANTED, application_of
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.text import canonical_code
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.signs.draw import drawn, seed_of_day
from pxtui.policy.signs.limits import limits


class Means(StrEnum):
    """How somebody was checked."""

    PHONE = "phone"
    PLATFORM = "platform"


class Outcome(StrEnum):
    """What the check found."""

    CONFIRMED = "confirmed"
    DOUBT = "doubt"
    NOT_REACHED = "not-reached"


MEANS_NAMES = {Means.PHONE: "电话", Means.PLATFORM: "平台"}
OUTCOME_NAMES = {Outcome.CONFIRMED: "属实", Outcome.DOUBT: "有疑问", Outcome.NOT_REACHED: "没有联系上"}


@dataclass(frozen=True, slots=True)
class Call:
    """One result; `confirmed_by` None: the second officer has not confirmed it."""

    means: Means
    outcome: Outcome
    remark: str
    entered_by: str
    confirmed_by: str | None

    @property
    def sentence(self) -> str:
        """What was found, and by whom."""
        by_whom = f"{self.entered_by}、{self.confirmed_by}" if self.confirmed_by else f"{self.entered_by}，待另一人确认"
        remark = f"：{self.remark}" if self.remark else ""
        return f"{MEANS_NAMES[self.means]}{OUTCOME_NAMES[self.outcome]}（{by_whom}）{remark}"


@dataclass(frozen=True, slots=True)
class Sampled:
    """Somebody in the sample."""

    seq: int
    place: int
    """Of the row in the roster, from 0."""
    name: str
    masked_number: str
    calls: tuple[Call, ...]

    @property
    def is_done(self) -> bool:
        """Whether a result that holds was confirmed: somebody who was not reached is tried again."""
        return any(call.confirmed_by and call.outcome is Outcome.CONFIRMED for call in self.calls)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a result says that something is wrong."""
        return any(call.outcome is Outcome.DOUBT for call in self.calls)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample of a case."""

    seed: int
    percent: int
    least: int
    heads: int
    """From how many it was drawn."""
    people: tuple[Sampled, ...]

    @property
    def sentence(self) -> str:
        """How it was drawn: whoever knows it draws the same."""
        return f"从{self.heads}人中抽{len(self.people)}人（{self.percent}%，至少{self.least}人），随机种子{self.seed}"


def draw(context: Context, number: str, seed: int | None = None) -> Sample:
    """Draw the sample of a case.

    Args:
        seed: None: from the case's number and the day, which nobody chooses.

    Raises:
        PxtuiError: it is drawn already, nobody can be called, or the seed is negative.
    """
    case = find(context, number)
    if context.session.get(SpotCheck, case.id) is not None:
        raise Refused("本案的抽查名单已经抽取，不再另抽；请按名单登记结果。")
    if not _to_draw_from(context, case):
        raise Refused("花名册没有可以抽查的人员，请先录入花名册。")
    if seed is not None and seed < 0:
        raise Refused("随机种子是不小于0的整数，请改正，或不写由程序按编号和日期取。")
    sample = limits()
    row = SpotCheck(
        case_id=case.id,
        seed=seed_of_day(case.number, context.today) if seed is None else seed,
        percent=sample.sample_percent,
        least=sample.sample_least,
        drawn_at=context.at,
        drawn_by=context.clerk,
    )
    context.session.add(row)
    journal.record(context, case, Act.SPOT_DRAW, f"抽取抽查名单：种子{row.seed}", after={"seed": row.seed})
    context.session.flush()
    return _sample(context, case, row)


def sample_of(context: Context, number: str) -> Sample | None:
    """The sample of a case with its results; None: not drawn.

    Raises:
        Refused: the acting person sees nothing of people.
    """
    require_people(context)
    case = find(context, number)
    row = context.session.get(SpotCheck, case.id)
    return None if row is None else _sample(context, case, row)


def enter(context: Context, number: str, seq: int, means: Means, outcome: Outcome, remark: str = "") -> Sampled:
    """Enter the result about somebody of the sample; entered again, it waits for its confirmation again.

    Raises:
        PxtuiError: no sample is drawn, the row is not in it, or a doubt has no remark.
    """
    case, place, person = _of_sample(context, number, seq)
    if outcome is Outcome.DOUBT and not remark.strip():
        raise Refused("有疑问的要写明情况，请填写后再试。")
    key = _key(context, person)
    row = context.session.exec(
        select(SpotCall).where(
            col(SpotCall.case_id) == case.id, col(SpotCall.id_key) == key, col(SpotCall.means) == means.value
        )
    ).first() or SpotCall(
        case_id=case.id,
        id_key=key,
        means=means.value,
        outcome=outcome.value,
        entered_at=context.at,
        entered_by=context.clerk,
    )
    row.outcome, row.entered_at, row.entered_by = outcome.value, context.at, context.clerk
    row.confirmed_at = row.confirmed_by = None
    row.seal(context.vault, remark=remark.strip())
    context.session.add(row)
    journal.record(
        context,
        case,
        Act.SPOT_RESULT,
        f"抽查第{seq}号：{MEANS_NAMES[means]}{OUTCOME_NAMES[outcome]}",
        after={"seq": seq, "name": person.name, "means": means.value, "outcome": outcome.value, "remark": remark},
    )
    context.session.flush()
    return _sampled(place, person, _calls(context, case).get(key, ()))


def confirm(context: Context, number: str) -> int:
    """The second officer confirms all results that another one entered; how many.

    Raises:
        NotAllowed: one of them is the acting person's own.
        PxtuiError: none waits.
    """
    case = find(context, number)
    rows = context.session.exec(
        select(SpotCall).where(col(SpotCall.case_id) == case.id, col(SpotCall.confirmed_by).is_(None))
    ).all()
    if not rows:
        raise Refused("没有待确认的抽查结果。")
    for row in rows:
        duties.require_another(
            context, Act.SPOT_CONFIRM, row.entered_by, f"抽查结果由{row.entered_by}登记，须由另一人确认。"
        )
        row.confirmed_at, row.confirmed_by = context.at, context.clerk
        context.session.add(row)
    journal.record(context, case, Act.SPOT_CONFIRM, f"确认抽查结果{len(rows)}项", after={"results": len(rows)})
    context.session.flush()
    return len(rows)


def lacking(context: Context, case: Case) -> str:
    """What the check of the sample still lacks, in Chinese; empty: two officers stand behind everybody of it."""
    row = context.session.get(SpotCheck, case.id)
    if row is None:
        return "还没有抽取抽查名单，请先抽取并由两人登记结果。"
    people = _sample(context, case, row).people
    if doubtful := [person.seq for person in people if person.is_in_doubt]:
        return f"抽查中第{_listed(doubtful)}号有疑问，请查实后重新登记，或退回复审核减。"
    if undone := [person.seq for person in people if not person.is_done]:
        return f"抽查第{_listed(undone)}号还没有两人确认属实的结果，请登记并由另一人确认。"
    return ""


def _sample(context: Context, case: Case, row: SpotCheck) -> Sample:
    people = _to_draw_from(context, case)
    chosen = drawn([person.seq for person in people.values()], row.seed, row.percent, row.least)
    calls = _calls(context, case)
    found = tuple(
        _sampled(place, person, calls.get(_key(context, person), ()))
        for place, person in people.items()
        if person.seq in chosen
    )
    return Sample(row.seed, row.percent, row.least, len(people), found)


def _sampled(place: int, person: Trainee, calls: Sequence[Call]) -> Sampled:
    return Sampled(person.seq, place, person.name, masked(person.id_number), tuple(calls))


def _to_draw_from(context: Context, case: Case) -> dict[int, Trainee]:
    """By place in the roster, the approved rows of an approved opening, else all rows of the present application."""
    stage = application_of(case.stage)
    people = dict(enumerate(roster_edits.trainees(context, case, stage)))
    if stage is ApplicationKind.OPENING and case.stage in OPENING_GRANTED:
        approved = roster_edits.approved_seqs(context, case, stage)
        return {place: person for place, person in people.items() if person.seq in approved}
    return people


def _of_sample(context: Context, number: str, seq: int) -> tuple[Case, int, Trainee]:
    case = find(context, number)
    row = context.session.get(SpotCheck, case.id)
    if row is None:
        raise NotFound("本案还没有抽取抽查名单，请先抽取。")
    people = {person.seq: (place, person) for place, person in _to_draw_from(context, case).items()}
    if seq not in drawn(people, row.seed, row.percent, row.least):
        raise NotFound(f"第{seq}号不在抽查名单里，请核对序号。")
    return case, *people[seq]


def _calls(context: Context, case: Case) -> dict[bytes, tuple[Call, ...]]:
    found: dict[bytes, tuple[Call, ...]] = {}
    rows = context.session.exec(select(SpotCall).where(col(SpotCall.case_id) == case.id).order_by(col(SpotCall.id)))
    for row in rows:
        call = Call(
            Means(row.means),
            Outcome(row.outcome),
            row.unseal(context.vault, "remark"),
            row.entered_by,
            row.confirmed_by,
        )
        found[row.id_key] = (*found.get(row.id_key, ()), call)
    return found


def _key(context: Context, person: Trainee) -> bytes:
    key: bytes = context.vault.look_up_key(ID_NUMBER, canonical_code(person.id_number))
    return key


def _listed(seqs: Sequence[int]) -> str:
    return "、".join(map(str, seqs[:5])) + ("等" if len(seqs) > 5 else "")
