"""What is wrong with a single answer of the intake form, told at its field."""

from datetime import date
from decimal import Decimal

from pxtui.identifiers import credit_code, phone
from pxtui.identifiers.credit_code import InvalidCreditCode
from screens.entry.fields import Values


def name_fault(text: str) -> str:
    """A name is Chinese: a code or initials that found nothing on file are none."""
    if not text.isascii():
        return ""
    return f"“{text}”不是单位名称，请写汉字全称，信用代码填在下一栏。"


def credit_code_fault(text: str) -> str:
    """A code that breaks its own rules."""
    try:
        credit_code.parse(text)
    except InvalidCreditCode as fault:
        return f"{fault}。"
    return ""


def figure_fault(text: str) -> str:
    """Revenue and assets are never negative."""
    return "这一栏不能是负数，请改正。" if Decimal(text) < 0 else ""


def phone_fault(text: str) -> str:
    """A number that nobody can dial as it stands."""
    return "" if phone.is_valid(text) else "电话应为11位手机号，或座机区号-号码（如0812-3330000），请改正。"


def hours_fault(text: str) -> str:
    """A course takes time."""
    return "" if Decimal(text) > 0 else "课程学时应大于0，请改正。"


def money_fault(text: str) -> str:
    """A planned fee in whole fen."""
    if Decimal(text) < 0:
        return "预计费用不能是负数，请改正。"
    fen = Decimal(text) * 100
    return "" if fen == fen.to_integral_value() else "金额最多两位小数，请改正。"


def ends_fault(values: Values) -> str:
    """A class does not end before it begins."""
    try:
        starts_on, ends_on = (date.fromisoformat(values.get(key, "")) for key in ("starts_on", "ends_on"))
    except ValueError:
        return ""
    return f"结束日期早于开班日期{starts_on}，请改正其中一个。" if ends_on < starts_on else ""
