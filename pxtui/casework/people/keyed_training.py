"""One earlier training that is keyed at the counter, because it stands in no list."""

from datetime import date

from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.errors import Refused
from pxtui.identifiers import id_number as id_numbers
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.earlier_trainings import TrainingRow

AT_THE_COUNTER = "柜台录入"


def number_fault(id_number: str) -> str:
    """What is wrong with a number that is keyed, in Chinese; empty where nothing is."""
    if id_numbers.has_check_character(id_numbers.with_century(id_number)):
        return ""
    return "身份证号不是15位或18位，或者末位校验不对，请照证件逐位核对。"


def add(
    context: Context,
    id_number: str,
    occupation: str,
    level: str | None,
    starts_on: date,
    ends_on: date | None,
    *,
    is_online: bool | None = None,
    subsidised: bool | None = None,
    paid: bool | None = None,
    source: str = "",
) -> bool:
    """Enter an earlier training; False where all of it was known already, or is a class that is filed here.

    Args:
        id_number: of 15 or 18 characters; unlike in a list its check character must be right.
        level: 5 to 1; None: the training has none.
        ends_on: None: it has not ended.
        is_online: like the two below None where nobody knows; see `past_trainings.import_list`.
        source: where it is told; empty: at the counter.

    Raises:
        PxtuiError: the number cannot be anybody's, the occupation is empty, or it ends before it begins.
    """
    if fault := number_fault(id_number):
        raise Refused(fault)
    if not canonical(occupation):
        raise Refused("请填写职业（工种）。")
    require_possible_year("开始日期", starts_on, context.today)
    require_possible_year("结束日期", ends_on, context.today)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(f"结束日期{ends_on}早于开始日期{starts_on}，请改正其中一个。")
    number = id_numbers.with_century(id_number)
    row = TrainingRow(number, "", occupation.strip(), level, starts_on, ends_on, is_online, subsidised, paid)
    return past_trainings.import_list(context, [row], source=source.strip() or AT_THE_COUNTER) > 0
