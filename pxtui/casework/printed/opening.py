"""Papers about the opening of a class: approval, refusal, change, termination, offline transfer (notice 四(一))."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from db.models import Act, CorrectedField, DayOf, JournalEntry, Lifting, PaperIssued
from pxtui.casework.calendar import lifting
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.printed import decided_check, defects
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.decided_check import CLAUSE_ASKED_FOR
from pxtui.casework.printed.defects import Line
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.cell_changes import CELLS, NAME, CellChange
from pxtui.casework.roster.rows import with_those_who_left
from pxtui.clock import CHINA
from pxtui.identifiers import id_number
from pxtui.papers.writing.wording import Filling, dates_in_words, day
from pxtui.policy import facts, words
from pxtui.policy.deadlines import claim_by
from pxtui.policy.facts import Route, Trainee
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Notice
from pxtui.policy.working_days import CalendarMissing

_OPENING = facts.ApplicationKind.OPENING
_APPLICATION = "攀枝花市线上职业技能培训申请表"
_DELIVERY = "□现场　□邮寄　□QQ、微信"
_WAY_OUT = "改正后可以重新申请；不服的，可以申请复议或提起诉讼，见下文"
_UNKNOWN_REASON = "审批时未予批准"
_OF_THE_REVIEW = "四(一)"
"""The clause under which an office reviews the people of an opening."""
_NOTHING = "无"
_OTHER_ROUTES = {
    Route.SME_PAID: "中小企业有偿培训，结束后直接申请补贴",
    Route.NONE: "免费培训，不享受补贴",
}


def opening_approval(asking: Asking) -> Content:
    """同意开班通知书: the approved class and people, and deadline and materials of the claim."""
    case, notice = asking.case, _notice(asking)
    roster = roster_edits.trainees(asking.context, case, _OPENING)
    judgement = decided_check.check_at_decision(asking, _OPENING).judgement
    approved = asking.approved_seqs(_OPENING)
    people = [row for row in roster if row.seq in approved]
    out = [row for row in roster if row.seq not in approved]
    route = judgement.route
    is_paid = route is Route.SME_PAID
    values = _about_opening(asking) | {
        "planned_heads": len(roster),
        "approved_heads": len(people),
        "refused_heads": len(out) or None,
        "route": words.ROUTES[route],
        "claim_by_day": _claim_by(asking) if is_paid else None,
        "claim_within_years": notice.claim_within_years if is_paid else None,
        "claim_materials": "、".join(f"{words.MATERIALS[material]}" for material in notice.claim_materials)
        if is_paid
        else None,
        "offline_route": None if is_paid else words.ROUTES[route],
        "minutes_per_hour": notice.minutes_per_hour,
        "opinion": None if case.opening_opinion == ACTION_NAMES[Action.APPROVE] else case.opening_opinion,
    }
    return letter(
        "opening-approval",
        values,
        people=[_person(seq, row) | {"occupation": values["occupation"]} for seq, row in enumerate(people, 1)],
        refused=_refused(asking, out, judgement.findings),
    )


def not_opened(asking: Asking) -> str:
    """Why an approved case has no approval to print, in Chinese; empty where it has."""
    return "" if asking.case.opening_decided_on else "开班不是在本台账审批的"


def opening_refusal(asking: Asking) -> Content:
    """不予同意开班告知书: the decision with its clause, and all blocks of the check that it was taken on."""
    checked = decided_check.check_at_decision(asking, _OPENING)
    blocks = [finding for finding in checked.judgement.findings if finding.blocks]
    decision: Line = {
        "item": "审批意见",
        "fault": asking.case.opening_opinion,
        "remedy": _WAY_OUT,
        "clause": decided_check.clause_of_refusal(asking, _OPENING) or None,
    }
    reasons = [decision, *defects.lines(asking, blocks, checked.application.roster)]
    return letter(
        "opening-refusal",
        _about_opening(asking),
        reasons=[line | {"seq": seq} for seq, line in enumerate(reasons, start=1)],
    )


def clause_asked_for(asking: Asking) -> str:
    """That the reason must name the clause of the refusal, in Chinese; empty where something else names it."""
    return "" if decided_check.clause_of_refusal(asking, _OPENING) else CLAUSE_ASKED_FOR


def change_notice(asking: Asking) -> Content:
    """开班变更（终止）通知书: the changes since the approval, from the journal, or that it has ended.

    A class that ends because the epidemic does (notice 三) ends by a decision of the office: on its clause, with what
    can be done now and what can be done against it.
    """
    lines, ended = _changes(asking), _ending(asking)
    values = _about_opening(asking) | {
        "ended_day": None,
        "end_reason": None,
        "lifted_day": None,
        "changes_count": None if ended else len(lines) or None,
    }
    if ended is not None:
        before, after = journal.values(asking.context, ended)
        stage = Stage(after["stage"])
        is_lifted = stage is Stage.TERMINATED
        values |= {
            "ended_day": ended.at.astimezone(CHINA).date(),
            "end_reason": dates_in_words(after.get("opinion") or "申请单位撤回申请"),
            "lifted_day": lifting.day_for(asking.context, asking.case) if is_lifted else None,
        }
        lines.append(
            {
                "day": values["ended_day"],
                "item": "办理状态",
                "before": STAGE_NAMES[Stage(before["stage"])],
                "after": STAGE_NAMES[stage] + ("" if is_lifted else "，终止办理"),
            }
        )
    return letter("change-notice", values, changes=[line | {"seq": seq} for seq, line in enumerate(lines, start=1)])


def not_changed(asking: Asking) -> str:
    """Why a case has no change since the approval, in Chinese; empty where it has."""
    return "" if _ending(asking) is not None or _changes(asking) else "开班批准后没有变更，申请也没有撤回"


def offline_transfer(asking: Asking) -> Content:
    """转线下补贴程序告知单: the online hours of each person (notice 二, 三, 四(二))."""
    case = asking.case
    application = asking.application
    is_claim = application.stage is facts.ApplicationKind.CLAIM
    approved = roster_edits.approved_seqs(asking.context, case, facts.ApplicationKind.OPENING)
    people = [row for row in application.roster if is_claim or row.seq in approved]
    values = _about_opening(asking) | {
        "route": words.ROUTES[asking.overview.judgement.route],
        "heads": len(people),
        "lifted_day": lifting.day_for(asking.context, case),
        "total_hours": None,
        "clause": "二、三、四（二）",
    }
    lines: list[Line] = [
        _person(seq, row)
        | {"course_hours": row.course_hours or case.course_hours, "completed_hours": row.completed_hours}
        for seq, row in enumerate(people, start=1)
    ]
    return letter("offline-transfer", values, people=lines)


def not_offline(asking: Asking) -> str:
    """Why an approved class is not on the offline procedure, in Chinese; empty where it is."""
    return _OTHER_ROUTES.get(asking.overview.judgement.route, "")


def _about_opening(asking: Asking) -> dict[str, Filling]:
    """Values that letters about the opening share, whatever the case's stage."""
    case = asking.case
    return common(asking) | {
        "application_name": _APPLICATION,
        "received_day": asking.received_day(DayOf.OPENING_RECEIVED),
        "decided_day": case.opening_decided_on,
        "notice_number": _notice(asking).number,
        "delivery": _DELIVERY,
    }


def _notice(asking: Asking) -> Notice:
    return asking.context.rulebook.for_class_starting(asking.case.starts_on)


def _claim_by(asking: Asking) -> date | None:
    """The last day of the claim; None where that year has no calendar yet."""
    try:
        return claim_by(asking.case.ends_on, _notice(asking), asking.context.working_days)
    except CalendarMissing:
        return None


def _person(seq: int, row: Trainee) -> Line:
    return {
        "seq": seq,
        "name": row.name,
        "sex": row.sex,
        "age": row.age,
        "id_number": id_number.masked(row.id_number),
    }


def _refused(asking: Asking, out: Sequence[Trainee], findings: Iterable[Finding]) -> list[Line]:
    """A line for every block of every row that was not approved."""
    blocks: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.blocks:
            blocks[finding.seq].append(finding)
    lines: list[Line] = []
    # Of a decision whose facts are not on file, what stood in the way may have been cleared up since.
    unknown: Line = {"fault": _UNKNOWN_REASON, "clause": _OF_THE_REVIEW}
    for row in out:
        found = defects.lines(asking, blocks[row.seq], (row,)) or [unknown]
        lines += [_person(row.seq, row) | {"fault": line["fault"], "clause": line.get("clause")} for line in found]
    return lines


def _ending(asking: Asking) -> JournalEntry | None:
    """The act with which the case was withdrawn, or the class ended because the epidemic did; None: it goes on."""
    act = {Stage.WITHDRAWN: Act.CASE_WITHDRAW, Stage.TERMINATED: Act.CASE_TERMINATE}.get(asking.case.stage)
    return None if act is None else _entries(asking, act)[-1]


def _changes(asking: Asking) -> list[Line]:
    """A line for each item that differs from the approval, with the day of its last change."""
    approvals = _entries(asking, Act.CASE_APPROVE)
    if asking.case.opening_decided_on is None or not approvals:
        return []
    amended = [
        (entry.at.astimezone(CHINA).date(), *journal.values(asking.context, entry))
        for entry in _entries(asking, Act.CASE_AMEND)
        if entry.id > approvals[0].id
    ]
    lines: list[Line] = []
    for path, (item, in_chinese) in _ITEMS.items():
        steps = [(on, _at(was, path), _at(now, path)) for on, was, now in amended if _at(was, path) != _at(now, path)]
        if steps and steps[0][1] != steps[-1][2]:
            before, after = (in_chinese(value) if value else _NOTHING for value in (steps[0][1], steps[-1][2]))
            lines.append({"day": steps[-1][0], "item": item, "before": before, "after": after})
    return [
        *lines,
        *_corrections(asking),
        *_changes_of_people(asking, approvals[0].id),
        *_cut_short(asking),
        *_reinstated(asking),
    ]


def _cut_short(asking: Asking) -> list[Line]:
    """That a class which runs past the end of the epidemic stops there (notice 三); nothing for any other."""
    case, signed = asking.case, asking.context.session.get(Lifting, 1)
    if signed is None or signed.signed_on is None or not case.starts_on <= signed.lifted_on < case.ends_on:
        return []
    after = f"疫情已解除，培训至{day(signed.lifted_on)}为止，之后的学时不计"
    return [{"day": signed.signed_on, "item": "结束日期", "before": day(case.ends_on), "after": after}]


def _reinstated(asking: Asking) -> list[Line]:
    """That a class goes on after all whose end was told; nothing where it was not, or where it has ended again."""
    entries = _entries(asking, Act.CASE_REINSTATE)
    if not entries or asking.case.stage is Stage.TERMINATED or not _was_told_of_the_end(asking, entries[-1]):
        return []
    before, after = journal.values(asking.context, entries[-1])
    names = STAGE_NAMES[Stage(before["stage"])], f"{STAGE_NAMES[Stage(after['stage'])]}，原终止通知书作废"
    day_of_act = entries[-1].at.astimezone(CHINA).date()
    return [{"day": day_of_act, "item": "办理状态", "before": names[0], "after": names[1]}]


def _was_told_of_the_end(asking: Asking, reinstated: JournalEntry) -> bool:
    """Whether a notice was issued between the first end of a class and its last reinstatement."""
    ended = _entries(asking, Act.CASE_TERMINATE)[0]
    issued = select(PaperIssued.id).where(
        col(PaperIssued.case_id) == asking.case.id,
        col(PaperIssued.form) == "change-notice",
        col(PaperIssued.issued_at).between(ended.at, reinstated.at),
    )
    return asking.context.session.exec(issued).first() is not None


def _corrections(asking: Asking) -> list[Line]:
    """A line for each field of the application that was put right; the vouchers are the claim's."""
    return [
        {
            "day": found.on,
            "item": f"更正{found.name}",
            "before": dates_in_words(found.before) or _NOTHING,
            "after": dates_in_words(found.after),
        }
        for found in asking.corrections
        if found.field is not CorrectedField.VOUCHER_DAY
    ]


def _changes_of_people(asking: Asking, approval: int) -> list[Line]:
    """Who left, who joined, and whose row was put right, each with the day of it."""
    entries = [
        (entry.at.astimezone(CHINA).date(), *journal.values(asking.context, entry))
        for entry in _entries(asking, Act.CASE_PEOPLE)
        if entry.id > approval
    ]
    if not entries:
        return []
    people = {person.seq: person for person in with_those_who_left(asking.context, asking.case)}
    at_first, at_last = {*entries[0][1]["approved"]}, {*entries[-1][2]["approved"]}
    lines: list[Line] = []
    for item, seqs, before, after in (
        ("人员退出", at_first - at_last, _in_class, lambda _: "退出，不再参训"),
        ("人员加入", at_last - at_first, lambda _: _NOTHING, _in_class),
    ):
        for seq in sorted(seqs):
            days = [on for on, was, now in entries if (seq in was["approved"]) is not (seq in now["approved"])]
            lines.append({"day": days[-1], "item": item, "before": before(people[seq]), "after": after(people[seq])})
    for on, was, now in entries:
        for old, new in zip(was.get("people", ()), now.get("people", ()), strict=True):
            lines.append({"day": on, "item": "人员更正", **_put_right(old, new)})
    return lines


def _put_right(old: Mapping[str, Any], new: Mapping[str, Any]) -> Line:
    """A row as it was and as it is, with the cells that were put right."""
    cells = [cell for cell in journal.load(tuple[CellChange, ...], new.get(CELLS, [])) if cell.label != NAME]
    return {
        "before": "，".join((_named(old), *(f"{cell.label}{cell.before}" for cell in cells))),
        "after": "，".join((_named(new), *(f"{cell.label}{cell.after}" for cell in cells))),
    }


def _named(row: Mapping[str, Any]) -> str:
    return f"第{row['seq']}号 {row['name']}"


def _in_class(person: Trainee) -> str:
    return f"第{person.seq}号 {person.name}（{id_number.masked(person.id_number)}）"


def _entries(asking: Asking, action: Act) -> list[JournalEntry]:
    of_case = select(JournalEntry).where(
        col(JournalEntry.case_id) == asking.case.id, col(JournalEntry.action) == action
    )
    return list(asking.context.session.exec(of_case.order_by(col(JournalEntry.id))))


def _at(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


_ITEMS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "applicant.name": ("申请单位", str),
    "applicant.credit_code": ("统一社会信用代码", str),
    "course_title": ("培训项目（课程）", str),
    "training.occupation": ("职业（工种）", str),
    "training.level": ("等级", lambda code: words.LEVELS[facts.Level(code)]),
    "training.trainees": ("培训对象", lambda code: words.TRAINEES[facts.Trainees(code)]),
    "training.format": ("开展形式", lambda code: words.FORMATS[facts.Format(code)]),
    "training.fee": ("是否有偿", lambda code: words.FEES[facts.Fee(code)]),
    "training.platform": ("线上培训平台", str),
    "training.provider": ("提供培训服务单位", str),
    "training.starts_on": ("开班日期", _day),
    "training.ends_on": ("结束日期", _day),
    "training.course_hours": ("线上课程学时", str),
    "contract_number": ("合同编号", str),
}
"""By path in the journal's values, the Chinese name of an item and the function that writes its value in Chinese."""
