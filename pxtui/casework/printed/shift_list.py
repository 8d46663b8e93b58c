"""交班清单: the cases that a clerk handed over to colleagues, for both to sign."""

from datetime import datetime, time, timedelta

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.office import journal
from pxtui.casework.printed.asking import Content, letter
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.clock import CHINA
from pxtui.errors import Refused
from pxtui.papers.writing.wording import Filling


def shift_list(asking: OfficeAsking) -> Content:
    """The cases that the acting clerk handed over in the period, in that order.

    Raises:
        PxtuiError: no case was handed over.
    """
    context = asking.context
    begins, ends = (datetime.combine(day, time(), CHINA) for day in (asking.first, asking.last + timedelta(days=1)))
    given = context.session.exec(
        select(JournalEntry, Case)
        .join(Case, col(Case.id) == JournalEntry.case_id)
        .where(
            col(JournalEntry.action) == Act.SHIFT_HAND_OVER,
            col(JournalEntry.staff_name) == asking.context.clerk,
            col(JournalEntry.at) >= begins,
            col(JournalEntry.at) < ends,
        )
        .order_by(col(JournalEntry.id))
    )
    lines: list[dict[str, Filling]] = []
    for seq, (entry, case) in enumerate(given, start=1):
        _, after = journal.values(context, entry)
        lines.append(
            {
                "seq": seq,
                "case_number": case.number,
                "applicant_name": case.applicant_name,
                "stage": STAGE_NAMES[case.stage],
                "given_at": f"{entry.at.astimezone(CHINA):%H:%M}",
                "taker": str(after["taker"]),
                "remark": str(after["remark"]) or None,
            }
        )
    if not lines:
        raise Refused(f"{asking.context.clerk}在{asking.first}没有交出案件，不用出具交班清单。")
    values: dict[str, Filling] = {
        "office_name": context.rulebook.latest.office(asking.context.office).name,
        "officer": asking.context.clerk,
        "shift_day": asking.first,
        "heads": len(lines),
    }
    return letter("shift-list", values, cases=lines)
