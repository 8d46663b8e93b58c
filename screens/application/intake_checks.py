"""What is wrong with a single answer of the intake form, told at its field."""

from datetime import date
from decimal import Decimal, InvalidOperation

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


def hours_fault(what: str, text: str) -> str:
    """A course takes time; `what`: which hours."""
    return "" if Decimal(text) > 0 else f"{what}应大于0，请改正。"


def total_hours_fault(values: Values) -> str:
    """The project has at least the hours that are taught online."""
    total, online = _number(values, "total_hours"), _number(values, "course_hours")
    if total is None or online is None or total >= online:
        return ""
    return f"项目总学时少于线上的课程学时{values['course_hours']}，请改正其中一个。"


def theory_fault(values: Values) -> str:
    """Theory is a part of the project."""
    total, theory = _number(values, "total_hours"), _number(values, "theory_hours")
    if theory is None:
        return ""
    if theory < 0:
        return "理论学时不能是负数，请改正。"
    if total is None or theory <= total:
        return ""
    return f"理论学时多于项目总学时{values['total_hours']}，请改正其中一个。"


def year_fault(today: date, text: str) -> str:
    """The year whose end the figures describe is over, and not from another century."""
    if len(text) == 4 and text.startswith("20") and int(text) < today.year:
        return ""
    return f"数据年度应为4位年份，且早于今年，如{today.year - 1}，请改正。"


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


def _number(values: Values, key: str) -> Decimal | None:
    try:
        return Decimal(values.get(key, ""))
    except InvalidOperation:
        return None
