"""Papers of the review: verification report, approval table, refusal or deduction, check record (notice 四(二))."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from hashlib import sha256

from db.models import DayOf
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.claim_figures import ASKED_TOO_MUCH, ClaimFigures, by_row, figures_of, rows_not_granted
from pxtui.casework.check.eligibility import row_verdict
from pxtui.casework.lifecycle.moves import (
    CLAIM_DECIDED,
    CLAIM_ENTRY,
    CLAIM_TURNED_DOWN,
    OPENING_GRANTED,
    OPENING_TURNED_DOWN,
    TAKEN_BACK,
    application_of,
)
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.printed import defects, opinions
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.defects import Line
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers import id_number
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import UNWRITTEN, Filling, Opinion
from pxtui.policy import facts, words
from pxtui.policy.deductions import Reason, claimed, first_reason, reason_of
from pxtui.policy.facts import Material, Route, Trainee
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Notice
from pxtui.policy.subsidy import Subsidy, yuan

SAMPLE_PERCENT = 10
"""Percent of a roster to be called, rounded up: domain practice, the notice only asks for supervision (六(三))."""
SAMPLE_LEAST = 5
"""Smallest number of people to be called; all, where there are fewer."""

_SEEDS = 1_000_000
_DELIVERY = "□现场　□邮寄　□QQ、微信"
_PASSED = "通过"
_NOTHING = "无"
_OF_APPLICATION = "申请事项"
_NO_ROSTER = "花名册没有人员"
_OTHER_ROUTES = {
    Route.CATALOGUE: "学时计入总学时，按线下程序申领补贴",
    Route.NONE: "免费培训，不享受补贴",
}
_MORE_THAN_THAT = "申请金额高于按名册和凭证计算的金额，"
_NOT_CLAIMED = "案件还没有申请补贴，请先办理“申请补贴”"


def verification_report(asking: Asking) -> Content:
    """名单核验报告: a line for every finding on every row; ID numbers masked."""
    application = asking.application
    found = by_row(asking.overview.judgement.findings)
    verdicts = [row_verdict(found[row.seq]).word for row in application.roster]
    lines = _verified(asking, None, found[None])
    for row in application.roster:
        lines += _verified(asking, row, found[row.seq])
    is_claim = application.stage is facts.ApplicationKind.CLAIM
    values = common(asking) | {
        "roster_name": words.MATERIALS[Material.ATTACHMENT_4 if is_claim else Material.ATTACHMENT_2],
        "notice_number": _notice(asking).number,
        "rows_count": len(application.roster),
        "application_blocks": sum(finding.blocks for finding in found[None]),
        "application_warnings": sum(not finding.blocks for finding in found[None]),
        "passed_count": verdicts.count(_PASSED),
        "warned_count": verdicts.count("注意"),
        "blocked_count": verdicts.count("不符"),
        "checked_day": asking.context.today,
    }
    return letter("verification-report", values, rows=lines)


def nothing_to_verify(asking: Asking) -> str:
    """Why there is no roster to report on, in Chinese; empty where there is."""
    return "" if asking.application.roster else _NO_ROSTER


def approval_table(asking: Asking) -> Content:
    """补贴审核（核定）表: claimed, deducted, checked and granted figures, with the opinions."""
    case = asking.case
    found = _figures_of_claim(asking)
    checks = opinions.of_checks(asking.context, case, facts.ApplicationKind.CLAIM)
    decision = opinions.of_claim_decision(case)
    values = common(asking) | {
        "received_day": asking.received_day(DayOf.CLAIM_RECEIVED, with_reason=True),
        "cost": yuan(found.checked.cost_fen),
        "covered_heads": found.checked.heads,
        "fund": _notice(asking).fund,
        "notice_number": _notice(asking).number,
        **_opinion("first", "first_review", checks.get(Action.FIRST_CHECK, UNWRITTEN)),
        **_opinion("second", "second_review", checks.get(Action.SECOND_CHECK, UNWRITTEN)),
        **_opinion("approval", "approval", decision),
        **_deducted_figures(found),
    }
    figures: list[Line] = [
        _figures("申报", found.asked.eligible, _asked_each(found), found.asked.total_fen),
        _figures("核减", found.asked.eligible - found.heads, None, found.asked.total_fen - found.total_fen),
        _figures("审核", found.checked.eligible, found.checked.per_person_fen, found.checked.total_fen),
        _figures("核定", found.heads, found.checked.per_person_fen if found.heads else None, found.total_fen)
        if found.is_decided
        else {"item": "核定"},
    ]
    taken_off: list[Line] = [
        {
            "seq": seq,
            "code": deduction.reason.code,
            "reason": deduction.reason.text,
            "clause": deduction.reason.clause,
            "heads": deduction.heads,
            "amount": yuan(deduction.amount_fen),
        }
        for seq, deduction in enumerate(found.deductions, start=1)
    ]
    return letter("approval-table", values, figures=figures, deductions=taken_off, answers=_answered(asking, decision))


def _answered(asking: Asking, decision: Opinion) -> list[Line]:
    """What stood open at the approval, with the one opinion that answers it, as it is frozen with the decision."""
    if not decision.text:
        return []
    kind = facts.ApplicationKind.CLAIM
    row = check_frozen.newest(asking.context, asking.case, frozenset({Action.APPROVE}), kind)
    answer = check_frozen.answer_of(asking.context, row)
    return [
        {"seq": seq, "point": point, "answer": answer.opinion if seq == 1 else "同上"}
        for seq, point in enumerate(answer.points, start=1)
    ]


def no_figures(asking: Asking) -> str:
    """Why there are no figures to approve, in Chinese; empty where there are."""
    stage = asking.case.stage
    if application_of(stage) is not facts.ApplicationKind.CLAIM:
        return _NOT_CLAIMED
    if stage in CLAIM_ENTRY:
        return "补贴申请还没有提交审查"
    return _OTHER_ROUTES.get(asking.overview.judgement.route, "")


@dataclass(frozen=True, slots=True)
class TakenOff:
    """The deducted heads and total (fen) of a claim."""

    heads: int
    total_fen: int
    reasons: str
    """The reasons in Chinese, in the order of their codes."""


def asked_for(asking: Asking) -> Subsidy | None:
    """The claimed subsidy, of all rows and vouchers; None where no subsidy is paid for the class."""
    checked = asking.overview.judgement.subsidy
    return None if checked is None else claimed(asking.application, checked, _notice(asking))


def taken_off(asking: Asking) -> TakenOff | None:
    """The deductions of the review; None: no check was made yet, or no subsidy is paid for the class."""
    stage, judgement = asking.case.stage, asking.overview.judgement
    checks = opinions.of_checks(asking.context, asking.case, facts.ApplicationKind.CLAIM)
    if not (checks or stage in CLAIM_DECIDED) or judgement.subsidy is None:
        return None
    found = _figures_of_claim(asking)
    reasons = "、".join(_named(deduction.reason) for deduction in found.deductions) or _NOTHING
    return TakenOff(found.asked.eligible - found.heads, found.asked.total_fen - found.total_fen, reasons)


def claim_refusal(asking: Asking) -> Content:
    """不予补贴（核减）告知书: claimed and granted figures, and the reasons row by row."""
    case = asking.case
    refused = case.stage in CLAIM_TURNED_DOWN
    out = _out(asking)
    seqs = {row.seq for row in out}
    findings = [
        finding
        for finding in asking.overview.judgement.findings
        if finding.blocks and (finding.seq is None or finding.seq in seqs)
    ]
    reasons: list[Line] = [
        line | {"reason": _named(reason_of(finding))}
        for finding, line in zip(findings, defects.lines(asking, findings), strict=True)
    ]
    # What stood in the way then may have been cleared up in the register since.
    for row in () if refused else _without(out, findings):
        reasons.append(
            {"item": f"附件4序号{row.seq}", **_person(row), "reason": _named(first_reason(())), "fault": "审批时核减"}
        )
    reasons += _of_no_row(asking, {line["reason"] for line in reasons})
    if refused:
        reasons.insert(0, {"item": "审批意见", "reason": "不予补贴", "fault": case.claim_opinion})
    money: dict[str, Filling] = dict.fromkeys(("claimed_heads", "claimed_amount", "granted_heads", "granted_amount"))
    money |= dict.fromkeys(("deducted_heads", "deducted_amount"))
    if asking.overview.judgement.subsidy is not None:
        money = _deducted_figures(_figures_of_claim(asking))
    values = (
        common(asking)
        | money
        | {
            "decided_day": case.claim_decided_on,
            "refused": "不予补贴" if refused else None,
            "reduced": None if refused else "予以核减",
            "notice_number": _notice(asking).number,
            "delivery": _DELIVERY,
        }
    )
    return letter("claim-refusal", values, reasons=[line | {"seq": seq} for seq, line in enumerate(reasons, start=1)])


def nothing_refused(asking: Asking) -> str:
    """Why nothing of a claim was refused, in Chinese; empty where something was."""
    stage = asking.case.stage
    if application_of(stage) is not facts.ApplicationKind.CLAIM:
        return _NOT_CLAIMED
    if stage not in CLAIM_DECIDED:
        return "补贴申请还没有审批"
    if stage in CLAIM_TURNED_DOWN or _out(asking):
        return ""
    found = _figures_of_claim(asking)
    return "" if found.total_fen < found.asked.total_fen else "申报的全部核定，没有核减"


def check_record(asking: Asking) -> Content:
    """电话、平台核查记录表: a sample of the roster, repeatable by the printed seed, with phones in full."""
    people = _to_be_called(asking)
    seed = asking.seed or _seed_of_day(asking)
    sample = drawn([row.seq for row in people], seed)
    values = common(asking) | {
        "roster_heads": len(people),
        "sample_heads": len(sample),
        "sample_percent": SAMPLE_PERCENT,
        "sample_least": SAMPLE_LEAST,
        "seed": seed,
        **dict.fromkeys(("finding", "finding_day", "outcome", "outcome_day")),
    }
    lines: list[Line] = [
        {"seq": row.seq, **_person(row), "phone": row.phone, "account": row.account}
        for row in people
        if row.seq in sample
    ]
    return letter("check-record", values, sample=lines)


def nobody_to_call(asking: Asking) -> str:
    """Why nobody is to be called, in Chinese; empty where somebody is."""
    if asking.case.stage in OPENING_TURNED_DOWN | TAKEN_BACK:
        return "案件已办结，不再核查"
    return "" if _to_be_called(asking) else _NO_ROSTER


def drawn(seqs: Iterable[int], seed: int) -> frozenset[int]:
    """The 序号 drawn by a seed: `SAMPLE_PERCENT` of them, at least `SAMPLE_LEAST`, all where there are fewer.

    The lot of a row is SHA-256 of "seed:序号"; the smallest lots are drawn.
    """
    lots = sorted(seqs, key=lambda seq: sha256(f"{seed}:{seq}".encode()).digest())
    return frozenset(lots[: max(SAMPLE_LEAST, -(-len(lots) * SAMPLE_PERCENT // 100))])


def _figures_of_claim(asking: Asking) -> ClaimFigures:
    found = figures_of(asking.context, asking.case, asking.overview)
    if found is None:
        raise ValueError("a claim without money has no outcome")
    return found


def _out(asking: Asking) -> list[Trainee]:
    return rows_not_granted(asking.context, asking.case, asking.overview)


def _without(people: Iterable[Trainee], findings: Iterable[Finding]) -> list[Trainee]:
    found = {finding.seq for finding in findings}
    return [row for row in people if row.seq not in found]


def _of_no_row(asking: Asking, named: Container[Filling]) -> list[Line]:
    """A line for each deduction without heads whose reason is not among `named`."""
    if asking.overview.judgement.subsidy is None:
        return []
    return [
        {
            "item": "申请金额",
            "reason": _named(deduction.reason),
            "fault": (_MORE_THAN_THAT if deduction.reason == ASKED_TOO_MUCH else "")
            + f"核减{yuan(deduction.amount_fen)}元",
            "clause": deduction.reason.clause,
        }
        for deduction in _figures_of_claim(asking).deductions
        if not deduction.heads and _named(deduction.reason) not in named
    ]


def _asked_each(found: ClaimFigures) -> int | None:
    """The claimed fen per head; None where the applicant wrote a higher total of its own."""
    is_written = any(deduction.reason == ASKED_TOO_MUCH for deduction in found.deductions)
    return None if is_written else found.asked.per_person_fen


def _verified(asking: Asking, row: Trainee | None, findings: list[Finding]) -> list[Line]:
    """The lines about one row, or about the application itself."""
    who: Line = {"name": _OF_APPLICATION} if row is None else {"seq": row.seq, **_person(row)}
    if row is not None and not findings:
        return [who | {"result": _PASSED}]
    lines = defects.lines(asking, findings, () if row is None else (row,))
    return [
        who
        | {
            "result": row_verdict((finding,)).word,
            "code": finding.code,
            "clause": finding.clause,
            "message": line["fault"],
        }
        for finding, line in zip(findings, lines, strict=True)
    ]


def _person(row: Trainee) -> Line:
    return {"name": row.name, "person": row.name, "id_number": id_number.masked(row.id_number)}


def _named(reason: Reason) -> str:
    return f"{reason.code} {reason.text}"


def _figures(item: str, heads: int, standard_fen: int | None, total_fen: int) -> Line:
    return {
        "item": item,
        "heads": heads,
        "standard": None if standard_fen is None else yuan(standard_fen),
        "amount": yuan(total_fen),
        "capitals": in_capitals(total_fen),
    }


def _opinion(officer: str, key: str, given: Opinion) -> dict[str, Filling]:
    """The values of an opinion by the names of the wording; None where it is not given."""
    return {key: given.text or None, f"{officer}_officer": given.officer or None, f"{officer}_day": given.on}


def _deducted_figures(found: ClaimFigures) -> dict[str, Filling]:
    return {
        "claimed_heads": found.asked.eligible,
        "claimed_amount": yuan(found.asked.total_fen),
        "granted_heads": found.heads,
        "granted_amount": yuan(found.total_fen),
        "deducted_heads": found.asked.eligible - found.heads,
        "deducted_amount": yuan(found.asked.total_fen - found.total_fen),
    }


def _to_be_called(asking: Asking) -> list[Trainee]:
    """The people to draw from: the approved rows of an approved opening, else all rows."""
    application = asking.application
    if application.stage is facts.ApplicationKind.OPENING and asking.case.stage in OPENING_GRANTED:
        approved = roster_edits.approved_seqs(asking.context, asking.case, application.stage)
        return [row for row in application.roster if row.seq in approved]
    return list(application.roster)


def _seed_of_day(asking: Asking) -> int:
    """The seed from the case's number and the day: not chosen by a person, and the same all day."""
    digest = sha256(f"{asking.case.number}:{asking.context.today}".encode()).digest()
    return int.from_bytes(digest[:8]) % (_SEEDS - 1) + 1


def _notice(asking: Asking) -> Notice:
    return asking.context.rulebook.for_class_starting(asking.case.starts_on)
