"""Papers of the review: verification report, approval table, refusal or deduction (notice 四(二))."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from db.models import DayOf
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.claim_figures import (
    ASKED_TOO_MUCH,
    ClaimFigures,
    by_row,
    figures_of,
    rows_not_granted,
    whole_reason,
)
from pxtui.casework.check.eligibility import Overview, row_verdict
from pxtui.casework.lifecycle.moves import (
    CLAIM_DECIDED,
    CLAIM_TURNED_DOWN,
    OPENING_GRANTED,
    OPENING_TURNED_DOWN,
    application_of,
)
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.printed import decided_check, defects, opinions
from pxtui.casework.printed.asking import Asking, Content, common, letter, shares_in_words
from pxtui.casework.printed.decided_check import CLAUSE_ASKED_FOR
from pxtui.casework.printed.defects import Line
from pxtui.identifiers import id_number
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import UNWRITTEN, Filling, Money, Opinion, dates_in_words
from pxtui.policy import facts, words
from pxtui.policy.deductions import Reason, claimed, first_reason, reason_of
from pxtui.policy.facts import Material, Route, Trainee
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Notice
from pxtui.policy.subsidy import Subsidy, yuan

_DELIVERY = "□现场　□邮寄　□QQ、微信"
_PASSED = "通过"
_NOTHING = "无"
_OF_APPLICATION = "申请事项"
NO_ROSTER = "花名册没有人员"
_OTHER_ROUTES = {
    Route.CATALOGUE: "学时计入总学时，按线下程序申领补贴",
    Route.NONE: "免费培训，不享受补贴",
}
_MORE_THAN_THAT = "申请金额高于按名册和凭证计算的金额，"
_CLAIM = facts.ApplicationKind.CLAIM
_OF_THE_REVIEW = "四(二)"
"""The clause under which an office reviews a claim row by row."""


def verification_report(asking: Asking) -> Content:
    """名单核验报告: a line for every finding on every row, as decided, else as found today; ID numbers masked."""
    checked = _check(asking)
    application = checked.application
    found = by_row(checked.judgement.findings)
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
        "checked_day": _decided_on(asking) or asking.context.today,
    }
    return letter("verification-report", values, rows=lines)


def nothing_to_verify(asking: Asking) -> str:
    """Why there is no roster to report on, in Chinese; empty where there is."""
    return "" if asking.application.roster else NO_ROSTER


def approval_table(asking: Asking) -> Content:
    """补贴审核（核定）表: claimed, deducted, checked and granted figures, with the opinions of those who signed."""
    case = asking.case
    found = _figures_of_claim(asking)
    checks = opinions.of_checks(asking.context, case, facts.ApplicationKind.CLAIM)
    decision = opinions.of_claim_decision(case)
    values = common(asking) | {
        "received_day": asking.received_day(DayOf.CLAIM_RECEIVED, with_reason=True),
        "cost": Money(found.checked.cost_fen),
        "covered_heads": found.checked.heads,
        "fund": _notice(asking).fund,
        "notice_number": _notice(asking).number,
        "shares": shares_in_words(found.total_fen, found.heads) if found.heads else None,
        **_opinion("first", "first_review", checks.get(Action.FIRST_CHECK, UNWRITTEN)),
        **_opinion("second", "second_review", checks.get(Action.SECOND_CHECK, UNWRITTEN)),
        **_opinion("approval", "approval", opinions.of_head(asking.context, decision)),
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
            "clause": _clause_of(asking, deduction.reason),
            "heads": deduction.heads,
            "amount": Money(deduction.amount_fen),
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
        {"seq": seq, "point": dates_in_words(point), "answer": answer.opinion if seq == 1 else "同上"}
        for seq, point in enumerate(answer.points, start=1)
    ]


def no_figures(asking: Asking) -> str:
    """Why there are no figures to approve in a claim, in Chinese; empty where there are."""
    return _OTHER_ROUTES.get(_check(asking).judgement.route, "")


@dataclass(frozen=True, slots=True)
class TakenOff:
    """The deducted heads and total (fen) of a claim."""

    heads: int
    total_fen: int
    reasons: str
    """The reasons in Chinese, in the order of their codes."""


def asked_for(asking: Asking) -> Subsidy | None:
    """The claimed subsidy, of all rows and vouchers; None where no subsidy is paid for the class."""
    found = _check(asking)
    checked = found.judgement.subsidy
    return None if checked is None else claimed(found.application, checked, _notice(asking))


def taken_off(asking: Asking) -> TakenOff | None:
    """The deductions of the review; None: no check was made yet, or no subsidy is paid for the class."""
    stage, judgement = asking.case.stage, _check(asking).judgement
    checks = opinions.of_checks(asking.context, asking.case, facts.ApplicationKind.CLAIM)
    if not (checks or stage in CLAIM_DECIDED) or judgement.subsidy is None:
        return None
    found = _figures_of_claim(asking)
    reasons = "、".join(_named(deduction.reason) for deduction in found.deductions) or _NOTHING
    return TakenOff(found.asked.eligible - found.heads, found.asked.total_fen - found.total_fen, reasons)


def claim_refusal(asking: Asking) -> Content:
    """不予补贴（核减）告知书: claimed and granted figures, and the reasons row by row.

    Each line bears the code under which the approval table counts it.
    """
    case = asking.case
    refused = case.stage in CLAIM_TURNED_DOWN
    found = _figures_if_any(asking)
    reasons = _reasons_of_rows(asking, found)
    if refused:
        reasons.insert(
            0,
            {
                "item": "审批意见",
                "reason": _as_counted(_reason_of_whole(asking), _codes(found)),
                "fault": f"不予补贴：{case.claim_opinion or ''}",
                "clause": decided_check.clause_of_refusal(asking, _CLAIM) or None,
            },
        )
    money: dict[str, Filling] = dict.fromkeys(("claimed_heads", "claimed_amount", "granted_heads", "granted_amount"))
    money |= dict.fromkeys(("deducted_heads", "deducted_amount"))
    if found is not None:
        money = _deducted_figures(found)
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
    """Why nothing of a decided claim was refused, in Chinese; empty where something was."""
    if asking.case.stage in CLAIM_TURNED_DOWN or _out(asking):
        return ""
    found = _figures_if_any(asking)
    return "" if found is not None and found.total_fen < found.asked.total_fen else "申报的全部核定，没有核减"


def clause_asked_for(asking: Asking) -> str:
    """That the reason must name the clause of a refused claim, in Chinese; empty where something else names it."""
    if asking.case.stage not in CLAIM_TURNED_DOWN:
        return ""
    return "" if decided_check.clause_of_refusal(asking, _CLAIM) else CLAUSE_ASKED_FOR


def _reasons_of_rows(asking: Asking, found: ClaimFigures | None) -> list[Line]:
    """The lines about rows and vouchers that get nothing, and about what was asked for too much."""
    checked, out = _check(asking), _out(asking)
    is_refused = asking.case.stage in CLAIM_TURNED_DOWN
    counted = {row.seq: _counted(asking, row) for row in out}
    codes = _codes(found)
    findings = [
        finding
        for finding in checked.judgement.findings
        if finding.blocks
        # What was found of a granted claim's vouchers and took nothing off is no reason of a deduction.
        and (finding.seq in counted or (finding.seq is None and (is_refused or reason_of(finding).code in codes)))
    ]
    lines: list[Line] = [
        line
        | {"reason": _named(counted[finding.seq]) if finding.seq in counted else _as_counted(reason_of(finding), codes)}
        for finding, line in zip(findings, defects.lines(asking, findings, checked.application.roster), strict=True)
    ]
    # A decision whose facts are not on file, and whose reason has been cleared up in the register since.
    for row in () if is_refused else _without(out, findings):
        unknown: Line = {"item": f"附件4序号{row.seq}", "fault": "审批时核减", "clause": _OF_THE_REVIEW}
        lines.append(unknown | masked_person(row) | {"reason": _named(counted[row.seq])})
    return lines + _of_no_row(found, {line["reason"] for line in lines})


def _codes(found: ClaimFigures | None) -> frozenset[str]:
    """The codes under which the approval table counts what is taken off; empty where no money is reckoned."""
    return frozenset() if found is None else frozenset(deduction.reason.code for deduction in found.deductions)


def _as_counted(reason: Reason, codes: Container[str]) -> str:
    """A reason on the notice: with its code only where the approval table counts something under it."""
    return _named(reason) if reason.code in codes else reason.text


def _reason_of_whole(asking: Asking) -> Reason:
    """The reason under which a refused claim is counted, but for rows that have one of their own."""
    return whole_reason(asking.case.stage, _check(asking).judgement.findings)


def _counted(asking: Asking, row: Trainee) -> Reason:
    """The one reason under which a row is counted."""
    own = [finding for finding in _check(asking).judgement.findings if finding.seq == row.seq and finding.blocks]
    return first_reason(own) if own else _reason_of_whole(asking)


def _clause_of(asking: Asking, reason: Reason) -> str | None:
    """The clause of a deduction; a refusal for which the check had nothing stands on that of the decision."""
    if reason.clause:
        return reason.clause
    if asking.case.stage in CLAIM_TURNED_DOWN:
        return decided_check.clause_of_refusal(asking, _CLAIM) or None
    return _OF_THE_REVIEW


def _check(asking: Asking) -> Overview:
    """The check of the present application: at its decision, before one today's."""
    return decided_check.check_at_decision(asking, application_of(asking.case.stage))


def _decided_on(asking: Asking) -> date | None:
    case = asking.case
    if case.stage in CLAIM_DECIDED:
        return case.claim_decided_on
    is_opening = application_of(case.stage) is facts.ApplicationKind.OPENING
    return case.opening_decided_on if is_opening and case.stage in OPENING_GRANTED | OPENING_TURNED_DOWN else None


def _figures_if_any(asking: Asking) -> ClaimFigures | None:
    """The figures of a claim; None: no subsidy is paid for the class."""
    return figures_of(asking.context, asking.case, _check(asking))


def _figures_of_claim(asking: Asking) -> ClaimFigures:
    found = _figures_if_any(asking)
    if found is None:
        raise ValueError("a claim without money has no outcome")
    return found


def _out(asking: Asking) -> list[Trainee]:
    return rows_not_granted(asking.context, asking.case, _check(asking))


def _without(people: Iterable[Trainee], findings: Iterable[Finding]) -> list[Trainee]:
    found = {finding.seq for finding in findings}
    return [row for row in people if row.seq not in found]


def _of_no_row(found: ClaimFigures | None, named: Container[Filling]) -> list[Line]:
    """A line for each deduction without heads whose reason is not among `named`."""
    return [
        {
            "item": "申请金额",
            "reason": _named(deduction.reason),
            "fault": (_MORE_THAN_THAT if deduction.reason == ASKED_TOO_MUCH else "")
            + f"核减{yuan(deduction.amount_fen)}元",
            "clause": deduction.reason.clause,
        }
        for deduction in (() if found is None else found.deductions)
        if not deduction.heads and _named(deduction.reason) not in named
    ]


def _asked_each(found: ClaimFigures) -> int | None:
    """The claimed fen per head; None where the applicant wrote a higher total of its own."""
    is_written = any(deduction.reason == ASKED_TOO_MUCH for deduction in found.deductions)
    return None if is_written else found.asked.per_person_fen


def _verified(asking: Asking, row: Trainee | None, findings: list[Finding]) -> list[Line]:
    """The lines about one row, or about the application itself."""
    who: Line = {"name": _OF_APPLICATION} if row is None else {"seq": row.seq, **masked_person(row)}
    if row is not None and not findings:
        return [who | {"result": _PASSED}]
    lines = defects.lines(asking, findings, () if row is None else (row,))
    return [
        who
        | {
            "result": row_verdict((finding,)).word,
            "clause": finding.clause,
            "message": line["fault"],
        }
        for finding, line in zip(findings, lines, strict=True)
    ]


def masked_person(row: Trainee) -> Line:
    """Name and masked ID number of a row."""
    return {"name": row.name, "person": row.name, "id_number": id_number.masked(row.id_number)}


def _named(reason: Reason) -> str:
    return f"{reason.code} {reason.text}"


def _figures(item: str, heads: int, standard_fen: int | None, total_fen: int) -> Line:
    return {
        "item": item,
        "heads": heads,
        "standard": None if standard_fen is None else Money(standard_fen),
        "amount": Money(total_fen),
        "capitals": in_capitals(total_fen),
    }


def _opinion(officer: str, key: str, given: Opinion) -> dict[str, Filling]:
    """The values of an opinion by the names of the wording; None where it is not given."""
    return {key: given.text or None, f"{officer}_officer": given.officer or None, f"{officer}_day": given.on}


def _deducted_figures(found: ClaimFigures) -> dict[str, Filling]:
    return {
        "claimed_heads": found.asked.eligible,
        "claimed_amount": Money(found.asked.total_fen),
        "granted_heads": found.heads,
        "granted_amount": Money(found.total_fen),
        "deducted_heads": found.asked.eligible - found.heads,
        "deducted_amount": Money(found.asked.total_fen - found.total_fen),
    }


def _notice(asking: Asking) -> Notice:
    return asking.context.rulebook.for_class_starting(asking.case.starts_on)
