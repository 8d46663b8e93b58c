"""Papers about money that bounced or is ordered back: notice, order and register (notice 四(二), 六(三))."""

from datetime import date

from sqlmodel import col, or_, select

from db.models import Act, Case, Fund, JournalEntry, PaymentBatch, PaymentLine, PaymentOutcome, Recovery
from pxtui.casework.calendar import due
from pxtui.casework.office import journal, roles
from pxtui.casework.office import settings as office_settings
from pxtui.casework.payment import recovery
from pxtui.casework.payment.batches import masked
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling, Money
from pxtui.papers.writing.wording import day as in_words

RETURN_ORDER = "return-order"
_DELIVERY = "□现场　□邮寄　□QQ、微信"
_FRAUD = "虚假培训、套取国家补贴资金"

_Line = dict[str, Filling]


def bounce_notice(asking: Asking) -> Content:
    """退票更正通知: which payment came back and why, and by when the account is to be put right."""
    context = asking.context
    line = _newest_line(asking)
    days = office_settings.settings(context).correction_days
    fund = context.session.get_one(Fund, context.session.get_one(PaymentBatch, line.batch_id).fund_code)
    values = common(asking) | {
        "batch_number": published.payment_batch_number(context, line),
        "amount": Money(line.amount_fen),
        "capitals": in_capitals(line.amount_fen),
        "fund": fund.name,
        "bounced_day": line.answered_on,
        "bounce_reason": line.reference,
        "account_name": line.account_name,
        "bank_name": line.bank_name,
        "masked_account": masked(line.unseal(context.vault, "account")),
        "correct_by_day": due.working_days_later(context, context.today, days),
        "notice_number": _notice_number(asking),
        "delivery": _DELIVERY,
    }
    return letter("bounce-notice", values)


def no_bounce(asking: Asking) -> str:
    """Why there is nothing to put right about an account, in Chinese; empty where there is."""
    lines = published.payment_lines(asking.context, asking.case)
    return "" if lines and lines[-1].outcome is PaymentOutcome.BOUNCED else "拨付没有退票"


def return_order(asking: Asking) -> Content:
    """责令退回通知书: how much has to be paid back, why, on what clause, until when and to which account."""
    row = _open_recovery(asking)
    assert row is not None
    paid = published.payment(asking.context, asking.case)
    values = common(asking) | {
        "payment_day": paid.answered_on if paid else None,
        "paid_amount": Money(recovery.paid_fen(asking.context, asking.case)),
        "amount": Money(row.amount_fen),
        "capitals": in_capitals(row.amount_fen),
        "recovery_reason": row.reason.rstrip("。"),
        "fraud": _FRAUD if row.is_fraud else None,
        "approved_day": row.approved_on,
        "return_terms": (asking.reason.strip() or _terms_before(asking)).rstrip("。") or None,
        "notice_number": _notice_number(asking),
        "delivery": _DELIVERY,
    }
    return letter(RETURN_ORDER, values)


def no_order(asking: Asking) -> str:
    """Why nothing can be ordered back on paper, in Chinese; empty where it can."""
    row = _open_recovery(asking)
    if row is None:
        return "没有正在办理的追回"
    return "" if row.approved_on is not None else "追回还没有由另一人批准"


def terms_asked_for(_: Asking) -> str:
    """What the reason of an order has to say, in Chinese: the register knows no account to which money comes back."""
    return "写明退回的期限和收款账户，如“2020年6月30日前，户名、开户银行、账号”"


def recovery_ledger(asking: OfficeAsking) -> Content:
    """追回台账: what was ordered back in the year or was still open when it began, and what has come in."""
    context = asking.context
    still_open = or_(
        (col(Recovery.returned_on).is_(None) & col(Recovery.dropped_on).is_(None)),
        col(Recovery.returned_on) >= asking.first,
        col(Recovery.dropped_on) >= asking.first,
    )
    rows = context.session.exec(
        select(Recovery, Case)
        .join(Case, col(Case.id) == Recovery.case_id)
        .where(col(Recovery.ordered_on) <= asking.last, still_open, *roles.of_seen_offices(context, Case.office_code))
        .order_by(col(Recovery.ordered_on), col(Recovery.id))
    ).all()
    values: dict[str, Filling] = {
        "office_name": context.rulebook.latest.office(context.office).name,
        "officer": context.clerk,
        "year": f"{asking.first.year}年",
        "as_of_day": context.today,
        "orders": len(rows),
        "ordered_amount": Money(sum(row.amount_fen for row, _ in rows if row.dropped_on is None)),
        "returned_amount": Money(sum(row.amount_fen for row, _ in rows if row.returned_on is not None)),
        "left_amount": Money(sum(_left_fen(row) for row, _ in rows)),
    }
    lines = [_ledger_line(asking, seq, row, case) for seq, (row, case) in enumerate(rows, start=1)]
    return letter("recovery-ledger", values, recoveries=lines)


def one_year(day: date) -> tuple[date, date]:
    """The first and last day of the year in which `day` lies."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _ledger_line(asking: OfficeAsking, seq: int, row: Recovery, case: Case) -> _Line:
    context = asking.context
    paid = published.payment(context, case)
    is_back = row.returned_on is not None
    return {
        "seq": seq,
        "case_number": case.display_number,
        "applicant_name": case.applicant_name,
        "paid": Money(recovery.paid_fen(context, case)),
        "paid_on": "" if paid is None or paid.answered_on is None else f"{in_words(paid.answered_on)}",
        "reason": f"{row.reason}{'（骗取补贴）' if row.is_fraud else ''}",
        "ordered": f"{in_words(row.ordered_on)}\n{row.ordered_by}",
        "approved": "" if row.approved_on is None else f"{in_words(row.approved_on)}\n{row.approved_by}",
        "paper": _order_number(asking, case, row),
        # What was dropped is owed by nobody: it must not be added up with the rest.
        "amount": None if row.dropped_on is not None else Money(row.amount_fen),
        "returned": Money(row.amount_fen) if is_back else None,
        "returned_on": f"{in_words(row.returned_on)}\n{row.reference}" if is_back else "",
        "left": Money(_left_fen(row)),
        "state": recovery.state_of(context, case, row) + _dropped(row),
    }


def _order_number(asking: OfficeAsking, case: Case, row: Recovery) -> str:
    """The number of the newest order that was issued for a case since its money was ordered back; empty without one."""
    numbers = published.numbers_since(asking.context, case, RETURN_ORDER, row.ordered_on)
    return numbers[-1] if numbers else ""


def _left_fen(row: Recovery) -> int:
    return row.amount_fen if row.returned_on is None and row.dropped_on is None else 0


def _newest_line(asking: Asking) -> PaymentLine:
    return published.payment_lines(asking.context, asking.case)[-1]


def _open_recovery(asking: Asking) -> Recovery | None:
    return asking.context.session.exec(
        select(Recovery).where(
            col(Recovery.case_id) == asking.case.id,
            col(Recovery.dropped_on).is_(None),
            col(Recovery.returned_on).is_(None),
        )
    ).first()


def _terms_before(asking: Asking) -> str:
    """What an earlier order of this recovery said; empty where none was issued."""
    about = (Act.RECOVERY_ORDER, Act.PAPER_ISSUE)
    entries = asking.context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == asking.case.id, col(JournalEntry.action).in_(about))
        .order_by(col(JournalEntry.id).desc())
    )
    for entry in entries:
        if entry.action == Act.RECOVERY_ORDER:
            return ""
        _, after = journal.values(asking.context, entry)
        if after.get("form") == RETURN_ORDER:
            return str(after["reason"])
    return ""


def _notice_number(asking: Asking) -> str:
    return asking.context.rulebook.for_class_starting(asking.case.starts_on).number


def _dropped(row: Recovery) -> str:
    return "" if row.dropped_on is None else f"\n{Money(row.amount_fen)}元"
