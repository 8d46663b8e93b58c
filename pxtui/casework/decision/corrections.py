"""One field of a decided case is put right: old and new, with a reason, on the record and on papers issued later.

The notice does not speak of it. Read here: what decides nothing may be put right as long as the case is kept. What
rules or accounts compare is judged again, and refused where anything would come out otherwise; where duties are apart,
it is proposed by one and comes into force by another, who may approve.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, Correction
from db.models import CorrectedField as CorrectedField
from pxtui.casework.check.eligibility import facts_of, of_approved
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.decision import corrected_fields, proposals
from pxtui.casework.decision.corrected_fields import JUDGED, NAMES, Item
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM, OPENING, OPENING_GRANTED, PAYABLE, application_of
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import phone
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Judgement

_IN_PUBLIC = frozenset({Stage.PUBLISHED, Stage.OBJECTED, Stage.CLEARED, Stage.BOUNCED})
_OVER = PAYABLE - {Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED}
_BEFORE_DECISION = {
    review: review.under_review | {review.pre_review, review.awaiting_paper} for review in (OPENING, CLAIM)
}
_CLAIM_OPEN = CLAIM.entry | {CLAIM.pre_review, CLAIM.awaiting_paper}

_APPROVAL = by("更正的批准", Role.HEAD)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A field as it stands."""

    code: str
    name: str
    value: str
    why_not: str
    """Why it cannot be corrected now and what to do instead, in Chinese; empty: it can."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that waits or is in force."""

    field: CorrectedField
    name: str
    before: str
    after: str
    reason: str
    on: date
    """On which it was entered; once it is in force, since when it is."""
    staff_name: str
    """Who entered it."""
    approved_by: str | None = None

    @property
    def sentence(self) -> str:
        """Who put what right and why; of a phone its ends."""
        before, after = self.before or "空白", self.after
        if self.field is CorrectedField.CONTACT_PHONE:
            before, after = phone.masked(self.before) or "空白", phone.masked(self.after)
        agreed = f"，{self.approved_by}批准" if self.approved_by not in (None, self.staff_name) else ""
        return f"{self.on} {self.staff_name}更正{self.name}{agreed}：由“{before}”改为“{after}”（{self.reason}）"


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """What may be put right of a case, what was, and what waits."""

    fields: tuple[Correctable, ...]
    earlier: tuple[Corrected, ...]
    waiting: Corrected | None = None
    why_waiting_fails: str = ""
    """Why what waits cannot come into force as things stand, in Chinese; empty: it can."""


def page(context: Context, number: str) -> CorrectionPage:
    """The fields of a decided case.

    Raises:
        PxtuiError: there is no such case, or nothing is decided yet or any more.
    """
    require_people(context)
    case = _decided(context, number)
    fields = tuple(
        Correctable(item.code, item.name, _shown(context, case, item), _why_not(case, item))
        for item in corrected_fields.items(context, case)
    )
    row = proposals.waiting(context, Correction, case)
    if row is None:
        return CorrectionPage(fields, in_force(context, case))
    return CorrectionPage(fields, in_force(context, case), _told(context, row), _why_it_fails(context, case, row))


def _shown(context: Context, case: Case, item: Item) -> str:
    """The value of a field as lists show it: of a phone its ends."""
    value = corrected_fields.value(context, case, item)
    return phone.masked(value) if item.field is CorrectedField.CONTACT_PHONE else value


def in_force(context: Context, case: Case) -> tuple[Corrected, ...]:
    """What was put right of a case, the oldest first."""
    of_case = col(Correction.case_id) == case.id
    rows = context.session.exec(select(Correction).where(of_case, col(Correction.in_force).is_(True)))
    return tuple(_told(context, row) for row in sorted(rows, key=lambda row: (row.decided_on or date.min, row.id)))


def correct(context: Context, number: str, code: str, text: str, reason: str) -> bool:
    """Put one field of a decided case right, or propose it; whether it is in force.

    Args:
        code: `Correctable.code`.
        text: the new value.

    Raises:
        PxtuiError: the case or the field is not to be corrected now, the value cannot be one or stands there already,
            no reason is given, a correction waits, or anything would be judged otherwise.
    """
    case = _decided(context, number)
    item = _item(context, case, code)
    if why_not := _why_not(case, item):
        raise Refused(why_not)
    if not reason.strip():
        raise Refused("更正须写明理由，请填写后再试。")
    if (waiting := proposals.waiting(context, Correction, case)) is not None:
        raise Refused(f"{waiting.entered_by}于{waiting.entered_on}提出的更正还没有批准，请先批准或撤销。")
    before, after = corrected_fields.value(context, case, item), corrected_fields.accepted(context, item, text)
    if before == after:
        raise Refused(f"{item.name}现在就是“{after}”，没有要更正的。")
    _require_same_outcome(context, case, item, after)
    row = Correction(
        case_id=case.id,
        field=item.field,
        position=item.position,
        about=item.about,
        entered_on=context.today,
        entered_by=context.clerk,
    )
    row.seal(context.vault, before=before, after=after, reason=reason.strip())
    context.session.add(row)
    if item.field in JUDGED and duties.are_apart(context):
        summary = f"提出更正{item.name}（{reason.strip()}）"
        _journal(context, case, Act.CASE_CORRECTION_PROPOSE, summary, item, before, after)
        return False
    _put_in_force(context, case, row)
    return True


def approve(context: Context, number: str) -> None:
    """Let the correction that waits come into force.

    Raises:
        PxtuiError: none waits, it was proposed by the same person, it is not for this role, the field was changed
            since, or as `correct` says.
    """
    case = _decided(context, number)
    row = proposals.require_waiting(context, Correction, case)
    duties.require_role(context, _APPROVAL)
    duties.require_another(context, _APPROVAL, row.entered_by, f"此项更正由{row.entered_by}提出，须由另一人批准。")
    if why_not := _why_it_fails(context, case, row):
        raise Refused(why_not)
    _put_in_force(context, case, row)


def drop(context: Context, number: str, reason: str) -> None:
    """Take the correction that waits back, or turn it down.

    Raises:
        PxtuiError: none waits, no reason is given, or it is not for this person.
    """
    case, row = proposals.take_back(context, Correction, number, reason)
    summary = f"撤销{row.entered_by}提出的更正{_item_of(row).name}（{reason.strip()}）"
    journal.record(context, case, Act.CASE_CORRECTION_DROP, summary)


def _decided(context: Context, number: str) -> Case:
    case = find(context, number)
    stage = case.stage
    if stage in OPENING.entry:
        raise Refused("此案还没有批准，请在开班申请里直接改。")
    if stage in _BEFORE_DECISION[OPENING]:
        raise Refused("此案还在审查，要改的请先退回；批准以后才用更正。")
    if stage not in OPENING_GRANTED:
        raise Refused(f"此案“{STAGE_NAMES[stage]}”，不再更正。")
    return case


def _why_not(case: Case, item: Item) -> str:
    """Why a field of a decided case cannot be corrected at its stage, in Chinese; empty: it can."""
    if item.field not in JUDGED:
        return ""
    if case.stage is Stage.TO_PAY:
        return f"已列入拨付批次，不能更正{NAMES[item.field]}；请先撤出批次。"
    if item.field is CorrectedField.VOUCHER_DAY:
        return _why_not_day(case.stage)
    if case.stage in _IN_PUBLIC:
        when = "更正账户后" if case.stage is Stage.BOUNCED else "公示期满后"
        return f"已按原来的单位公示，不能更正{NAMES[item.field]}；请{when}退回复审，更正后重新公示。"
    return ""


def _why_not_day(stage: Stage) -> str:
    if stage in CLAIM.entry:
        return "凭证还可以改，请在凭证页直接改。"
    if stage in _BEFORE_DECISION[CLAIM]:
        return "补贴还在审查，请先退回，在凭证页改。"
    if stage is Stage.CLAIM_REFUSED:
        return "补贴没有批准，凭证不再更正。"
    return "补贴已经拨付，凭证日期不能再更正。" if stage in _OVER else ""


def _require_same_outcome(context: Context, case: Case, item: Item, text: str) -> None:
    """Judge a case as it is and as it would be; a correction decides nothing. While a claim is entered, that is the
    opening: name and vouchers of a claim can be put right one after the other only there.

    Raises:
        PxtuiError: somebody or some sum comes out otherwise, or the check finds something new.
    """
    if item.field not in JUDGED:
        return
    facts = of_approved(context, case) if case.stage in _CLAIM_OPEN else facts_of(context, case)
    judged = facts.judged(context.rulebook, context.working_days)
    corrected = corrected_fields.as_corrected(facts, item, text).judged(context.rulebook, context.working_days)
    changes = _differing(context, judged, corrected)
    if changes:
        instead = (
            "请退回复审、退回补正后改正" if application_of(case.stage) is ApplicationKind.CLAIM else "请核对所填内容"
        )
        raise Refused(f"更正{item.name}后审查结果不同，没有更正：{'；'.join(changes)}；{instead}。")


def _differing(context: Context, judged: Judgement, corrected: Judgement) -> list[str]:
    """What comes out otherwise, and what the check finds that it did not find before; in Chinese."""
    before, after = Verdict.of(judged), Verdict.of(corrected)
    new = {*after.without(before)}
    changes = list(before.figures_to(after, context.rulebook))
    changes += [
        # Behind the last mark stands what the applicant would have to hand in; nothing is to be handed in here.
        finding.message.rstrip("。").rpartition("；")[0] or finding.message.rstrip("。")
        for finding in corrected.findings
        if (finding.code, finding.seq, finding.item, finding.blocks) in new
    ]
    if judged.passes != corrected.passes and not changes:
        changes.append(f"审查由{_passing(judged)}变为{_passing(corrected)}")
    return changes


def _passing(judgement: Judgement) -> str:
    return "通过" if judgement.passes else "不通过"


def _put_in_force(context: Context, case: Case, row: Correction) -> None:
    item, before, after = _item_of(row), row.unseal(context.vault, "before"), row.unseal(context.vault, "after")
    corrected_fields.put(context, case, item, after)
    proposals.close(context, row, in_force=True)
    summary = f"更正{item.name}（{row.unseal(context.vault, 'reason')}）"
    _journal(context, case, Act.CASE_CORRECTION, summary, item, before, after)


def _why_it_fails(context: Context, case: Case, row: Correction) -> str:
    """Why what waits cannot come into force as things stand, in Chinese; empty: it can."""
    item, after = _item_of(row), row.unseal(context.vault, "after")
    try:
        if why_not := _why_not(case, item):
            return why_not
        if item not in corrected_fields.items(context, case):
            return f"{item.name}已不在本案里，请撤销这项更正。"
        if corrected_fields.value(context, case, item) != row.unseal(context.vault, "before"):
            return f"{item.name}在提出更正以后又改过，请撤销后重新提出。"
        _require_same_outcome(context, case, item, after)
    except Refused as fault:
        return fault.sentence
    return ""


def _item(context: Context, case: Case, code: str) -> Item:
    found = {item.code: item for item in corrected_fields.items(context, case)}
    if code not in found:
        raise NotFound(
            f"没有可更正的“{code}”，可用：{'、'.join(f'{key}（{item.name}）' for key, item in found.items())}。"
        )
    return found[code]


def _item_of(row: Correction) -> Item:
    return Item(row.field, row.position, row.about)


def _told(context: Context, row: Correction) -> Corrected:
    before, after, reason = (row.unseal(context.vault, column) for column in ("before", "after", "reason"))
    name = _item_of(row).name
    if not row.in_force:
        return Corrected(row.field, name, before, after, reason, row.entered_on, row.entered_by)
    assert row.decided_on is not None
    return Corrected(row.field, name, before, after, reason, row.decided_on, row.entered_by, row.decided_by)


def _journal(context: Context, case: Case, act: Act, summary: str, item: Item, before: str, after: str) -> None:
    journal.record(context, case, act, summary, before={item.code: before}, after={item.code: after})
