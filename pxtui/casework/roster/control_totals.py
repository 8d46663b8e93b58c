"""Control totals: head-count and sum of ID tails on the application's cover, compared with the roster's rows."""

from collections.abc import Sequence

from db.models import Case
from pxtui.casework.office.context import Context
from pxtui.casework.office.settings import settings
from pxtui.errors import Refused
from pxtui.identifiers import id_number
from pxtui.policy.facts import Trainee

_MOST_ROWS_NAMED = 2


def tail_sum_wanted(context: Context) -> bool:
    """Whether the office has set that the sum of the last four ID digits is keyed from the cover."""
    return settings(context).tail_sum_wanted


def tail(number: str) -> int:
    """The last four characters of an ID number as an integer, as keyed into a desk calculator: any letter is 0."""
    end = id_number.tail(number)
    return int("".join(mark if mark.isascii() and mark.isdigit() else "0" for mark in end) or "0")


def tail_sum(people: Sequence[Trainee]) -> int:
    """The sum of `tail` over a roster."""
    return sum(tail(trainee.id_number) for trainee in people)


def require_agreed(context: Context, case: Case, people: Sequence[Trainee]) -> None:
    """Refuse a roster that differs from the control totals of its cover.

    A head-count that nobody keyed is not compared; a sum that the office wants must be keyed.

    Raises:
        PxtuiError: a total differs, or the sum is wanted and unknown.
    """
    heads, stated = len(people), case.cover_head_count
    if stated is not None and stated != heads:
        raise Refused(f"申请表填{stated}人，花名册{heads}人，请核对后改正其中一处再提交。")
    if not tail_sum_wanted(context):
        return
    if case.cover_tail_sum is None:
        raise Refused("还没有录申请表上的证号末四位合计，请到开班申请填写“末四位合计”后再提交。")
    if case.cover_tail_sum != tail_sum(people):
        raise Refused(_difference_sentence(case.cover_tail_sum, people))


def _difference_sentence(stated: int, people: Sequence[Trainee]) -> str:
    total = tail_sum(people)
    excess = total - stated
    totals = f"末四位合计：申请表{stated}，花名册{total}，{'多' if excess > 0 else '少'}{abs(excess)}；"
    rows = [str(row) for row, trainee in enumerate(people, start=1) if tail(trainee.id_number) == excess]
    if not rows:
        return f"{totals}请逐行核对后改正。"
    more = "等行" if len(rows) > _MOST_ROWS_NAMED else "行"
    return f"{totals}第{'、'.join(rows[:_MOST_ROWS_NAMED])}{more}正合此数，请核对。"
