"""What stands on the papers of the payment (notice 四(二))."""

from pxtui.casework import intake
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.publicity import granted
from pxtui.papers.wording import Filling
from pxtui.policy.parameters import shipped_rulebook

_SHOWN_DIGITS = 4


def payment_table(asking: Asking) -> Content:
    """资金拨付汇总表; of what is not published yet, for a public notice of the day of issue."""
    starts_on, days = published.days_of(asking)
    values = (
        common(asking)
        | _money(asking)
        | {
            "starts_day": starts_on,
            "publicity_ends_day": days.ends_on,
            "payable_day": days.payable_from,
        }
    )
    return letter("payment-table", values, units=[values | {"seq": 1, "remark": ""}])


def payment_slip(asking: Asking) -> Content:
    """拨付告知单: the account masked, for it may lie about on a desk."""
    paid = published.payment(asking.session, asking.case)
    values = common(asking) | _money(asking) | {"payment_day": paid.answered_on if paid else None, "phone": None}
    return letter("payment-slip", values)


def _money(asking: Asking) -> dict[str, Filling]:
    case, details = asking.case, intake.filing_of(asking.session, asking.case).details
    account = details.bank_account
    return granted(asking) | {
        "account_name": case.applicant_name if account else None,
        "bank_name": details.bank_name,
        "account": account,
        "masked_account": "*" * max(0, len(account) - _SHOWN_DIGITS) + account[-_SHOWN_DIGITS:],
        "fund": shipped_rulebook().for_class_starting(case.starts_on).fund,
    }
