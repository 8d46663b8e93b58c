"""汇总上报: what the committee of the zone forwarded on a day, with the letter that goes before it (notice 四(一))."""

from sqlmodel import col, func, select

from db.models import Case, Enrolment, PassedCase
from pxtui.casework.office.context import Context
from pxtui.casework.printed.asking import Content, letter
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.errors import Refused
from pxtui.papers.writing.wording import Filling
from pxtui.papers.writing.wording import day as in_words
from pxtui.policy import facts, words
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.parameters import forwards


def is_offered(context: Context) -> bool:
    """Whether the acting person's office forwards."""
    return forwards(context.office)


def forwarding_list(asking: OfficeAsking) -> Content:
    """The plans that were forwarded in the period, in the order of their forwarding.

    Raises:
        PxtuiError: the acting person's office forwards nothing, or nothing was forwarded.
    """
    context = asking.context
    if not forwards(context.office):
        raise Refused("汇总上报由管委会出具；其他部门转办的案件按材料交接单移交。")
    notice = context.rulebook.latest
    rows = context.session.exec(
        select(PassedCase, Case)
        .join(Case, col(Case.id) == col(PassedCase.case_id))
        .where(
            col(PassedCase.office_code) == context.office,
            col(PassedCase.to_office) == notice.zone_office,
            col(PassedCase.passed_on).between(asking.first, asking.last),
        )
        .order_by(col(PassedCase.id))
    ).all()
    if not rows:
        raise Refused(f"{asking.first}没有上报案件，请先在桌面按Ctrl+W逐件上报。")
    lines = [_line(context, seq, case) for seq, (_, case) in enumerate(rows, start=1)]
    values: dict[str, Filling] = {
        "office_name": notice.office(context.office).name,
        "officer": context.clerk,
        "taker": notice.office(notice.zone_office).name,
        "notice_title": f"《{notice.title}》",
        "notice_number": notice.number,
        "firms": len({case.applicant_id for _, case in rows}),
        "plans": len(rows),
        "heads": sum(heads for line in lines if isinstance(heads := line["heads"], int)),
        "forwarded_day": asking.first,
    }
    return letter("forwarding-list", values, cases=lines)


def _line(context: Context, seq: int, case: Case) -> dict[str, Filling]:
    occupation = words.occupation_and_level(case.occupation, facts.Level(case.level) if case.level else None)
    in_roster = select(func.count()).where(
        col(Enrolment.case_id) == case.id, col(Enrolment.application) == ApplicationKind.OPENING.value
    )
    return {
        "seq": seq,
        "applicant_name": case.applicant_name,
        "course": case.course_title or occupation,
        "occupation": occupation,
        "days": f"{in_words(case.starts_on)}\n至{in_words(case.ends_on)}",
        "heads": context.session.exec(in_roster).one(),
        "received": case.opening_received_on,
        "case_number": case.display_number,
    }
