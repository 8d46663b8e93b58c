"""A reviewer takes a row of a claim off, with a code and a reason, and may put it back until the claim is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, delete, select

from db.models import Act, Case, RowDeduction
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical_code
from pxtui.policy.deductions import BY_HAND, ByHand
from pxtui.policy.facts import ApplicationKind, Trainee

_WHAT = "核减人员"


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row that was taken off or put back."""

    name: str
    sent_back: bool
    """The case went back to its second check."""

    @property
    def sentence(self) -> str:
        """Whose row it is, and what became of the case."""
        return f"{self.name}{'；案件退回复核，请复核人重新复核' if self.sent_back else ''}"


def of_rows(context: Context, case: Case, people: Sequence[Trainee]) -> dict[int, ByHand]:
    """The rows that were taken off by hand, by their 序号."""
    rows = context.session.exec(select(RowDeduction).where(col(RowDeduction.case_id) == case.id)).all()
    return among(context, rows, people)


def among(context: Context, rows: Sequence[RowDeduction], people: Sequence[Trainee]) -> dict[int, ByHand]:
    """The people whom these rows take off, by their 序号."""
    if not rows:
        return {}
    vault = context.vault
    by_key = {row.id_key: ByHand(row.code, row.unseal(vault, "reason")) for row in rows}
    return {
        trainee.seq: by_key[key]
        for trainee in people
        if (key := vault.look_up_key(ID_NUMBER, canonical_code(trainee.id_number))) in by_key
    }


def deduct(context: Context, number: str, seq: int, code: str, reason: str) -> ReviewedRow:
    """Take a row off; behind the second check the case goes back to it. Who is taken off already is for the new reason.

    Args:
        seq: 序号 in the claim's roster.
        code: of `BY_HAND`.

    Raises:
        PxtuiError: the claim is not under review, there is no such row or code, or the reason is missing.
    """
    case = find(context, number)
    require_stage(case, CLAIM.under_review, _WHAT)
    if code not in BY_HAND:
        raise NotFound(f"没有核减代码“{code}”，可用：{_codes()}。")
    if not reason.strip():
        raise Refused("核减须写明查实的情况，请填写理由后再试。")
    trainee = _row(context, case, seq)
    key = _key(context, trainee)
    row = _deduction(context, case, key)
    before = None if row is None else _values(context, trainee, row)
    about: dict[str, Any] = {"code": code, "deducted_on": context.today, "staff_name": context.clerk}
    row = row or RowDeduction(case_id=case.id, id_key=key, **about)
    row.sqlmodel_update(about)
    row.seal(context.vault, reason=reason.strip())
    context.session.add(row)
    journal.record(
        context,
        case,
        Act.CLAIM_DEDUCT,
        f"核减第{seq}号：{code} {BY_HAND[code]}",
        before=before,
        after=_values(context, trainee, row),
    )
    return ReviewedRow(trainee.name, _send_back(context, case, f"核减第{seq}号"))


def put_back(context: Context, number: str, seq: int) -> ReviewedRow:
    """Undo what `deduct` did; after the second check it is made again.

    Raises:
        PxtuiError: the claim is not under review, or nobody took this row off.
    """
    case = find(context, number)
    require_stage(case, CLAIM.under_review, f"撤销{_WHAT}")
    trainee = _row(context, case, seq)
    row = _deduction(context, case, _key(context, trainee))
    if row is None:
        raise Refused(f"第{seq}号没有人工核减，不用撤销；审查发现的不符请先改正申请。")
    context.session.delete(row)
    journal.record(
        context, case, Act.CLAIM_PUT_BACK, f"撤销核减第{seq}号", before=_values(context, trainee, row), after={}
    )
    return ReviewedRow(trainee.name, _send_back(context, case, f"撤销核减第{seq}号"))


def _send_back(context: Context, case: Case, what: str) -> bool:
    """What changes behind the second check is checked once more; whether the case went back to it."""
    if case.stage is not CLAIM.second_checked:
        return False
    take(context, case, Action.RECHECK, f"复核以后{what}")
    return True


def clear(context: Context, case: Case) -> None:
    """The claim is taken back: nobody is taken off it any more."""
    context.session.exec(delete(RowDeduction).where(col(RowDeduction.case_id) == case.id))


def _codes() -> str:
    return "、".join(f"{code} {text}" for code, text in BY_HAND.items())


def _row(context: Context, case: Case, seq: int) -> Trainee:
    for trainee in roster_edits.trainees(context, case, ApplicationKind.CLAIM):
        if trainee.seq == seq:
            return trainee
    raise NotFound(f"花名册没有第{seq}号，请核对序号。")


def _key(context: Context, trainee: Trainee) -> bytes:
    number = canonical_code(trainee.id_number)
    if not number:
        raise Refused(f"第{trainee.seq}号没有身份证号，审查已经核减，不用再核减。")
    key: bytes = context.vault.look_up_key(ID_NUMBER, number)
    return key


def _deduction(context: Context, case: Case, key: bytes) -> RowDeduction | None:
    found = select(RowDeduction).where(col(RowDeduction.case_id) == case.id, col(RowDeduction.id_key) == key)
    return context.session.exec(found).first()


def _values(context: Context, trainee: Trainee, row: RowDeduction) -> dict[str, str | int]:
    reason = row.unseal(context.vault, "reason")
    return {"seq": trainee.seq, "name": trainee.name, "code": row.code, "reason": reason, "by": row.staff_name}
