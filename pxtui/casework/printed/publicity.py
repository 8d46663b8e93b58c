"""Papers of the public notice: the notice of a batch, and the record of an objection (notice 四(二))."""

from collections.abc import Sequence

from db.models import CorrectedField, ItemOutcome
from pxtui.casework.lifecycle.stated_days import MARK, stated
from pxtui.casework.office.context import Context
from pxtui.casework.printed import decided_check, published
from pxtui.casework.printed.asking import Asking, Content, common, letter, marked, office_of
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.casework.publicity.objections import objections_to
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers import id_number
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling, Money
from pxtui.papers.writing.wording import day as in_words
from pxtui.policy.deadlines import PublicityDays
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.subsidy import shares


def batch_notice(context: Context, number: str) -> Content:
    """公示 of a batch, with the published figures, without claims that were taken out.

    Raises:
        PxtuiError: there is no such batch.
    """
    batch = PUBLICITY_BATCHES.find(context, number)
    kept = [
        (item, case)
        for item, case in PUBLICITY_BATCHES.items(context, batch)
        if item.outcome is not ItemOutcome.WITHDRAWN
    ]
    askings = [Asking(context, case) for _, case in kept]
    total = sum(item.total_fen for item, _ in kept)
    days = PublicityDays(batch.ends_on, batch.payable_from)
    office = office_of(context, batch.office_code)
    values: dict[str, Filling] = (
        office
        | _notice(context, askings, marked(batch.published_on, next(iter(stated(context, batch)), None)), days)
        | {
            "batch_number": PUBLICITY_BATCHES.number(context, batch),
            "heads": sum(item.heads for item, _ in kept),
            "amount": Money(total),
            "capitals": in_capitals(total),
        }
    )
    units = [
        _unit(asking, seq) | {"approved_heads": item.heads, "amount": Money(item.total_fen)}
        for seq, (asking, (item, _)) in enumerate(zip(askings, kept, strict=True), start=1)
    ]
    published_amounts = [(asking, item.total_fen) for asking, (item, _) in zip(askings, kept, strict=True)]
    return letter("public-notice", values, dated=batch.published_on, units=units, people=_people(published_amounts))


def _notice(
    context: Context, askings: Sequence[Asking], starts_day: Filling, days: PublicityDays
) -> dict[str, Filling]:
    """The values of the text without amounts, by the newest notice of the classes."""
    rulebook = context.rulebook
    found = [rulebook.for_class_starting(asking.case.starts_on) for asking in askings]
    notice = max(found, key=lambda notice: notice.effective_from, default=rulebook.latest)
    return {
        "notice_title": notice.title,
        "notice_number": notice.number,
        "units_count": len({asking.case.credit_code or asking.case.applicant_name for asking in askings}),
        "classes_count": len(askings),
        "starts_day": starts_day,
        "publicity_ends_day": days.ends_on,
        "working_days": notice.publicity_working_days,
    }


def _unit(asking: Asking, seq: int) -> dict[str, Filling]:
    case = asking.case
    line: dict[str, Filling] = {
        "seq": seq,
        "days": f"{in_words(case.starts_on)}\n至{in_words(case.ends_on)}",
        "remark": "；".join(filter(None, (_deducted(asking), asking.corrected_names(CorrectedField.APPLICANT_NAME)))),
    }
    return common(asking) | granted(asking) | line


def _people(claims: Sequence[tuple[Asking, int]]) -> list[dict[str, Filling]]:
    """A line a person; claims with their totals in fen, each of which its persons' amounts add up to."""
    lines: list[dict[str, Filling]] = []
    for asking, total in claims:
        about = {"applicant_name": asking.case.applicant_name, "course": common(asking)["course"]}
        people = paid_people(asking)
        for trainee, amount in zip(people, shares(total, len(people)), strict=True):
            lines.append(
                about
                | {
                    "seq": len(lines) + 1,
                    "name": trainee.name,
                    "id_number": id_number.masked(trainee.id_number),
                    "amount": Money(amount),
                }
            )
    return lines


def only_of_batch(asking: Asking) -> str:
    """Where the public notice of a claim is printed, in Chinese: with its batch, never by itself."""
    number = published.batch_number(asking.context, asking.case)
    if number is None:
        return "公示只按公示批次出具，本案还没有列入公示批次"
    return f"公示只按公示批次出具：本案在{number}，请到“公示”里出具"


def no_objection(asking: Asking) -> str:
    """Why there is no objection to record, in Chinese; empty where there is one."""
    return "" if objections_to(asking.context, asking.case.number) else "没有异议；收到异议的，先在“公示”里登记"


def objection_record(asking: Asking) -> Content:
    """异议受理登记表 of the newest objection; what is not recorded is left blank."""
    found = published.objected(asking.context, asking.case)
    notice = published.notice_of(asking.context, found.number) if found else None
    values: dict[str, Filling] = {
        "notice_paper": notice.number if notice else found.number if found else None,
        "publicity_days": f"{in_words(found.on)}{MARK if found.stated else ''}至{in_words(found.days.ends_on)}"
        if found
        else None,
        "objector_kind": None,
    }
    return letter("objection-record", common(asking) | values | _objected(asking))


def _days_shown(found: published.Publication) -> str:
    return f"{in_words(found.on)}{MARK if found.stated else ''}至{in_words(found.days.ends_on)}"


def _objected(asking: Asking) -> dict[str, Filling]:
    """The values of the newest objection; all None without one."""
    values: dict[str, Filling] = dict.fromkeys(
        ("objector", "objector_phone", "objected_day", "objection", "finding", "finding_day", "outcome", "outcome_day")
    )
    for objection in objections_to(asking.context, asking.case.number)[:1]:
        values |= {
            "officer": objection.staff_name,
            "objector": objection.objector or None,
            "objector_phone": objection.contact or None,
            "objected_day": objection.received_on,
            "objection": objection.statement,
            "finding": objection.finding or None,
            "finding_day": objection.decided_on,
            "outcome": f"异议{objection.outcome}" if objection.outcome else None,
            "outcome_day": objection.decided_on,
        }
    return values


def granted(asking: Asking) -> dict[str, Filling]:
    """The values of the granted heads and amounts; None where undecided."""
    case = asking.case
    claimed = roster_edits.trainees(asking.context, case, ApplicationKind.CLAIM)
    money = decided_check.check_at_decision(asking, ApplicationKind.CLAIM).judgement.subsidy
    total = case.approved_total_fen
    return {
        "claimed_heads": len(claimed),
        "approved_heads": case.approved_heads,
        "heads": case.approved_heads,
        "standard": Money(money.per_person_fen) if money else None,
        "amount": None if total is None else Money(total),
        "capitals": None if total is None else in_capitals(total),
    }


def paid_people(asking: Asking) -> list[Trainee]:
    """The approved rows of the claim."""
    approved = roster_edits.approved_seqs(asking.context, asking.case, ApplicationKind.CLAIM)
    return [
        row for row in roster_edits.trainees(asking.context, asking.case, ApplicationKind.CLAIM) if row.seq in approved
    ]


def _deducted(asking: Asking) -> str:
    """The number of refused rows in Chinese, without personal reasons; empty where there is none."""
    out = len(roster_edits.trainees(asking.context, asking.case, ApplicationKind.CLAIM)) - len(paid_people(asking))
    return f"核减{out}人，不符合补贴条件" if out else ""
