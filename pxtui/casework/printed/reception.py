"""Papers of the reception: receipt, acceptance, correction, non-acceptance, pre-review, hand-over list."""

from datetime import date

from sqlmodel import col, select

from db.models import Act, JournalEntry, PaperIssued
from pxtui.casework.calendar import due
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.settings import Settings
from pxtui.casework.printed import defects, materials
from pxtui.casework.printed.asking import LISTS_OF_PAPERS, Asking, Content, common, letter
from pxtui.casework.printed.defects import EXCLUDING
from pxtui.casework.printed.issued_titles import IssuedTitles
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.letters import pre_review
from pxtui.papers.writing import plain_text
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Filling
from pxtui.policy import facts, words
from pxtui.policy.deadlines import working_days_after
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Notice
from pxtui.policy.working_days import CalendarMissing

NOTIFICATION_DAYS = 5
"""Working days after the hand-in within which all defects must be notified at once (行政许可法 第32条)."""

_DELIVERY = "□现场　□邮寄　□QQ、微信"
_RECEIVED = frozenset({Stage.RECEIVED, Stage.CLAIM_RECEIVED})
_ZONE_COMMITTEE = "钒钛新城管委会"
_ZONE_SUMMARY = "钒钛新城管委会汇总意见（清单）"
_CORRECTION = "correction-notice"
_CHANGES = (*roster_edits.CHANGES, Act.CASE_AMEND, Act.CASE_CLAIM, Act.CLAIM_PUT, Act.CLAIM_VOUCHERS)
"""The journal's acts that change an application."""


def material_receipt(asking: Asking) -> Content:
    """收件回执 of the last hand-in: the required materials, whether each was handed in, who received them and when."""
    days = _promised_days(asking)
    handed_in_day = _handed_in_day(asking)
    values = common(asking) | {"handed_by": None, "handed_by_phone": None}
    if asking.course.hand_ins:
        last = asking.course.hand_ins[-1]
        values["officer"] = last.received_by
        if last.has_own_day:
            values["received_day"] = last.day
    values |= {"promised_days": days, "finish_day": due.working_days_later(asking.context, handed_in_day, days)}
    return letter("material-receipt", values, materials=materials.expected_and_received(asking))


def not_received(asking: Asking) -> str:
    """Why a receipt cannot be issued, in Chinese; empty where it can."""
    if common(asking)["received_day"] is None:
        return "还没有收件日期，请先登记申请"
    return "" if materials.handed_in(asking) else "还没有登记收到的材料"


def acceptance_notice(asking: Asking) -> Content:
    """受理通知书: the day of the hand-in, and the promised day of the decision."""
    handed_in_day = _handed_in_day(asking)
    days = _promised_days(asking)
    values = common(asking) | {
        "handed_in_day": handed_in_day,
        "promised_days": days,
        "finish_day": due.working_days_later(asking.context, handed_in_day, days),
        "delivery": _DELIVERY,
    }
    return letter("acceptance-notice", values, materials=materials.expected_and_received(asking))


def not_acceptable(asking: Asking) -> str:
    """Why the application cannot be accepted, in Chinese; empty where it can."""
    if _excluding(asking):
        return "本单位不能受理，请出具“不予受理通知书”或先改正申请"
    if missing := materials.missing(asking):
        return f"还缺{'、'.join(words.MATERIALS[material] for material in missing)}"
    if few := materials.too_few(asking):
        return "；".join(f"{item.name}{item.missing}" for item in few)
    whole = [finding for finding in _blocks(asking) if finding.seq is None]
    return f"审查有{len(whole)}项须补正，请出具“一次性补正告知书”" if whole else ""


def choice_of_clerk(asking: Asking) -> str:
    """That a clerk chooses between acceptance and correction, in Chinese; empty where there is no choice.

    Faults of single rows alone are corrected by the applicant, or the rows are deducted by the office.
    """
    blocks = _blocks(asking) if asking.case.stage in _RECEIVED else []
    if not blocks or any(finding.seq is None for finding in blocks) or materials.too_few(asking):
        return ""
    return f"名单有{len(blocks)}项不符：要改正的出补正告知书，只核减的出受理通知书，选一份"


def correction_notice(asking: Asking) -> Content:
    """补正告知书: the opinion of the return, all blocks on the application and its rows, all missing copies."""
    why_again = _why_told_again(asking)
    returned = defects.of_return(asking)
    found = [
        line | {"seq": seq} for seq, line in enumerate((*returned, *defects.lines(asking, _blocks(asking))), start=1)
    ]
    values = common(asking) | {
        "notice_number": _notice(asking).number,
        "repeat_reason": (asking.reason or None) if why_again else None,
        "late_reason": None if why_again else asking.reason or None,
        "until_day": due.working_days_later(asking.context, asking.context.today, _settings(asking).correction_days),
        "delivery": _DELIVERY,
    }
    return letter(_CORRECTION, values, defects=[*found, *defects.of_copies(asking, len(found) + 1)])


def no_defects(asking: Asking) -> str:
    """Why there is nothing to correct, in Chinese; empty where there is something."""
    blocks = _blocks(asking)
    if any(finding.code == "office.wrong" for finding in blocks):
        return "不属本单位受理，请出具“不予受理通知书”"
    if asking.case.stage in _RECEIVED and _excluding(asking):
        return "有补正也不能受理的情形，请出具“不予受理通知书”"
    found = blocks or materials.too_few(asking) or defects.of_return(asking)
    return "" if found else "审查没有发现须补正的内容"


def reason_asked_for(asking: Asking) -> str:
    """What the reason of a correction notice must say, in Chinese: why it is repeated or late; empty where neither."""
    return _why_told_again(asking) or _why_told_late(asking)


def non_acceptance(asking: Asking) -> Content:
    """不予受理通知书: the findings that exclude the application, and the office in charge."""
    right_office = _right_office(asking)
    judgement = asking.overview.judgement
    reasons = defects.lines(asking, _excluding(asking))
    values = common(asking) | {
        "notice_number": _notice(asking).number,
        "reasons": "\n".join(
            f"　　{line['seq']}. {line['fault']}（{line['clause']}）；{line['remedy']}。" for line in reasons
        ),
        "right_office": None if judgement.via else right_office or None,
        "zone_office": right_office or None if judgement.via else None,
        "committee": _ZONE_COMMITTEE if right_office and judgement.via else None,
        "delivery": _DELIVERY,
    }
    return letter("non-acceptance", values)


def not_excluded(asking: Asking) -> str:
    """Why the application cannot be refused acceptance, in Chinese; empty where it can."""
    return "" if _excluding(asking) else "属本单位受理，也没有不予受理的情形"


def pre_review_opinion(asking: Asking) -> Content:
    """线上预审意见: all findings, and the materials to hand in on paper, as plain text for a chat."""
    findings = asking.overview.judgement.findings
    parts = [
        ("faults", [finding for finding in findings if finding.blocks]),
        ("doubts", [finding for finding in findings if not finding.blocks]),
    ]
    tables: dict[str, list[dict[str, Filling]]] = {
        key: [{"seq": line["seq"], "said": defects.sentence(line)} for line in defects.lines(asking, some)]
        for key, some in parts
    }
    tables["papers"] = [
        {"seq": seq, "said": f"{words.MATERIALS[material]}，{materials.asked_for(asking, material)}"}
        for seq, material in enumerate(materials.required(asking), start=1)
    ]
    values = common(asking) | {
        "fault_count": len(tables["faults"]),
        "doubt_count": len(tables["doubts"]),
        "heads": len(asking.application.roster),
    }
    return Content(
        Facts(values, tables),
        lambda about, wording: plain_text.written(pre_review.PARTS, about, wording),
    )


def hand_over_list(asking: Asking) -> Content:
    """材料交接单: the case's handed-in materials and numbered papers, with giver and taker.

    Within the office the clerk gives, and takes whom the clerk's reason names.
    """
    case = asking.case
    lines = materials.received_so_far(asking)
    if case.vanadium_titanium_zone:
        lines.append({"material": _ZONE_SUMMARY})
    lines += [{"material": f"{name}（{number}）", "form": "原件", "copies": 1} for name, number in _papers(asking)]
    values = common(asking)
    right_office = _right_office(asking)
    values |= {
        "giver": _ZONE_COMMITTEE if case.vanadium_titanium_zone and not right_office else values["office_name"],
        "taker": right_office or values["office_name"],
    }
    if not goes_elsewhere(asking):
        values |= {
            "giver": f"{values['office_name']}　{asking.context.clerk}",
            "taker": f"{values['office_name']}　{asking.reason.strip()}",
        }
    return letter("hand-over-list", values, materials=[line | {"seq": seq} for seq, line in enumerate(lines, 1)])


def taker_asked_for(asking: Asking) -> str:
    """That the reason must name who takes the materials, in Chinese; empty where another office does."""
    return "" if goes_elsewhere(asking) else "写明接收的科室、姓名"


def goes_elsewhere(asking: Asking) -> bool:
    """Whether the materials change hands between offices: from the zone's committee, or to the office in charge."""
    return asking.case.vanadium_titanium_zone or bool(_right_office(asking))


def nothing_to_hand_over(asking: Asking) -> str:
    """Why there is nothing to hand over, in Chinese; empty where there is something."""
    received = asking.case.opening_materials or asking.case.claim_materials
    return "" if received else "还没有登记收到的材料"


def _settings(asking: Asking) -> Settings:
    return office_settings.settings(asking.context)


def _promised_days(asking: Asking) -> int:
    """The promised working days until the decision; the notice sets no limit (R57)."""
    return _settings(asking).claim_days if _is_claim(asking) else _settings(asking).opening_days


def _is_claim(asking: Asking) -> bool:
    return application_of(asking.case.stage) is facts.ApplicationKind.CLAIM


def _notice(asking: Asking) -> Notice:
    return asking.context.rulebook.for_class_starting(asking.case.starts_on)


def _blocks(asking: Asking) -> list[Finding]:
    return [finding for finding in asking.overview.judgement.findings if finding.blocks]


def _excluding(asking: Asking) -> list[Finding]:
    return [finding for finding in _blocks(asking) if finding.code in EXCLUDING]


def _right_office(asking: Asking) -> str:
    """The name of the office in charge, where it is another one; else empty."""
    right = asking.overview.judgement.office
    return "" if right == asking.case.office_code else _notice(asking).offices[right].name


def _handed_in_day(asking: Asking) -> date:
    """The day of the hand-in; after a return, of the corrected hand-in."""
    case = asking.case
    last = asking.course.hand_ins[-1:]
    if last and last[0].is_correction:
        return last[0].day
    return (case.claim_received_on if _is_claim(asking) else case.opening_received_on) or asking.context.today


def _why_told_again(asking: Asking) -> str:
    issued = select(PaperIssued.issued_at).where(
        col(PaperIssued.case_id) == asking.case.id, col(PaperIssued.form) == _CORRECTION
    )
    last = asking.context.session.exec(issued.order_by(col(PaperIssued.id).desc()).limit(1)).first()
    if last is None:
        return ""
    changed = select(JournalEntry.id).where(
        col(JournalEntry.case_id) == asking.case.id,
        col(JournalEntry.action).in_(_CHANGES),
        col(JournalEntry.at) > last,
    )
    changed_since = asking.context.session.exec(changed.limit(1)).first() is not None
    return "" if changed_since else "上次告知后申请没有改动，写明再次告知的原因和同意的负责人"


def _why_told_late(asking: Asking) -> str:
    day = _handed_in_day(asking)
    try:
        last_day = working_days_after(day, NOTIFICATION_DAYS, asking.context.working_days)
    except CalendarMissing:
        return ""
    return "" if asking.context.today <= last_day else f"应于{last_day}前告知，写明逾期的原因"


def _papers(asking: Asking) -> list[tuple[str, str]]:
    """The numbered papers that lie in the file, by title and number; what lists papers is not on the list itself."""
    issued = select(PaperIssued).where(
        col(PaperIssued.case_id) == asking.case.id,
        col(PaperIssued.number) != "",
        col(PaperIssued.form).not_in(LISTS_OF_PAPERS),
    )
    titles = IssuedTitles(asking)
    found = asking.context.session.exec(issued.order_by(col(PaperIssued.id)))
    return [(titles.of(paper), paper.number) for paper in found]
