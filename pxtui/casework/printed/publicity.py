"""What stands on the papers of the public notice (notice 四(二))."""

from sqlmodel import col, select

from db.models import PaperIssued
from pxtui.casework import eligibility, roster
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.stages import SETTLED
from pxtui.identifiers import id_number
from pxtui.papers.capital_numerals import in_capitals
from pxtui.papers.wording import Filling
from pxtui.policy.facts import Stage, Trainee
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.subsidy import yuan


def public_notice(asking: Asking) -> Content:
    """公示（稿）: of what is not published yet, as if it were on the day of issue, which does not count."""
    case, money = asking.case, granted(asking)
    notice = shipped_rulebook().for_class_starting(case.starts_on)
    starts_on, days = published.days_of(asking)
    values = (
        common(asking)
        | money
        | {
            "notice_title": notice.title,
            "notice_number": notice.number,
            "units_count": 1,
            "classes_count": 1,
            "starts_day": starts_on,
            "publicity_ends_day": days.ends_on,
            "working_days": notice.publicity_working_days,
            "phone": None,
            "office_address": None,
        }
    )
    units: list[dict[str, Filling]] = [
        values | {"seq": 1, "days": f"{case.starts_on}\n至{case.ends_on}", "remark": _deducted(asking)}
    ]
    people: list[dict[str, Filling]] = [
        {
            "seq": seq,
            "name": trainee.name,
            "id_number": id_number.masked(trainee.id_number),
            "applicant_name": case.applicant_name,
            "course": values["course"],
            "amount": money["standard"],
        }
        for seq, trainee in enumerate(paid_people(asking), start=1)
    ]
    return letter("public-notice", values, units=units, people=people)


def objection_record(asking: Asking) -> Content:
    """异议受理登记表, to be filled in by hand."""
    notice = asking.session.exec(
        select(PaperIssued)
        .where(col(PaperIssued.case_id) == asking.case.id, col(PaperIssued.form) == "public-notice")
        .order_by(col(PaperIssued.id).desc())
    ).first()
    blank: dict[str, Filling] = dict.fromkeys(
        ("objector", "objector_kind", "objector_phone", "objected_day", "finding_day", "outcome_day")
    )
    found = published.publication(asking.session, asking.case)
    values: dict[str, Filling] = {
        "notice_paper": notice.number if notice else None,
        "publicity_days": f"{found.on}至{found.days.ends_on}" if found else None,
    }
    return letter("objection-record", common(asking) | blank | values)


def not_granted(asking: Asking) -> str:
    """Why there is nothing to publish or to pay; empty where there is."""
    return "" if asking.case.stage in SETTLED else "补贴还没有审批同意"


def granted(asking: Asking) -> dict[str, Filling]:
    """The heads and the money that were approved; what was not decided stays blank."""
    case = asking.case
    claimed = roster.trainees(asking.session, case, Stage.CLAIM)
    money = eligibility.judge_case(asking.session, case).subsidy
    total = case.approved_total_fen
    return {
        "claimed_heads": len(claimed),
        "approved_heads": case.approved_heads,
        "heads": case.approved_heads,
        "standard": yuan(money.per_person_fen) if money else None,
        "amount": None if total is None else yuan(total),
        "capitals": None if total is None else in_capitals(total),
    }


def paid_people(asking: Asking) -> list[Trainee]:
    """The rows of the claim that were approved."""
    approved = roster.approved_seqs(asking.session, asking.case, Stage.CLAIM)
    return [row for row in roster.trainees(asking.session, asking.case, Stage.CLAIM) if row.seq in approved]


def _deducted(asking: Asking) -> str:
    """How many were left out, without a word on why one person was: that is nobody's business."""
    out = len(roster.trainees(asking.session, asking.case, Stage.CLAIM)) - len(paid_people(asking))
    return f"核减{out}人，不符合补贴条件" if out else ""
