"""What came of a merge, by office: rows and amounts of the old registers held against those of the new one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.merging.figures import Figures, by_office, money_of
from db.merging.plan import Plan, taken_tables
from pxtui.casework.merging.told import Old, Told
from pxtui.errors import Damaged

_KINDS = {
    "案件": ("training_case", None),
    "名单": ("enrolment", None),
    "核定": ("training_case", "approved_total_fen"),
    "凭证": ("voucher", "amount_fen"),
    "公示": ("publicity_item", "total_fen"),
    "拨付": ("payment_line", "amount_fen"),
    "追回": ("recovery", "amount_fen"),
    "文书": ("paper_issued", None),
}
MONEY = frozenset(word for word, (_, column) in _KINDS.items() if column)
"""The words of `HEADS` that are amounts."""
HEADS = ("部门", *_KINDS, "办理记录", "原链头")


@dataclass(frozen=True, slots=True)
class OfOffice:
    """What came of one register."""

    office: str
    figures: Mapping[str, int]
    """By the words of `HEADS`, rows or fen."""
    entries: tuple[int, int]
    """The first and the last journal entry in the new register; the last is before the first where there were none."""
    head: str
    """Of its chain."""


def compared(registers: Sequence[Old], tellers: Sequence[Told], plan: Plan, made: Connection) -> list[OfOffice]:
    """Each office's figures in the new register, which are those of the old ones.

    Args:
        made: the new register, before anything is entered in it.

    Raises:
        Damaged: they are not.
    """
    old = [by_office(register.session.connection()) for register in registers]
    new = by_office(made)
    touched = plan.touched()
    for table in taken_tables():
        if table.name not in touched:
            _require_same(table.name, old, new)
    gone = Counter(place.table for place in {*plan.left_out, *plan.same})
    for name in touched:
        if _rows(old, name) - gone[name] != _rows([new], name):
            raise Damaged(f"表{name}合并后的行数与原来不一致，没有启用，请再试一次。")
    return list(_of_offices(registers, tellers, old, new))


def _require_same(
    table: str, old: Sequence[Mapping[tuple[str, str], Figures]], new: Mapping[tuple[str, str], Figures]
) -> None:
    wanted: dict[str, Figures] = {}
    for figures in old:
        for (name, office), some in figures.items():
            if name == table:
                known = wanted.get(office, Figures(0, (0,) * len(some.sums)))
                wanted[office] = Figures(
                    known.rows + some.rows, tuple(map(sum, zip(known.sums, some.sums, strict=True)))
                )
    found = {office: some for (name, office), some in new.items() if name == table}
    if wanted != found:
        raise Damaged(f"表{table}合并后各部门的行数或金额与原来不一致，没有启用，请再试一次。")


def _rows(registers: Sequence[Mapping[tuple[str, str], Figures]], table: str) -> int:
    return sum(some.rows for figures in registers for (name, _), some in figures.items() if name == table)


def _of_offices(
    registers: Sequence[Old],
    tellers: Sequence[Told],
    old: Sequence[Mapping[tuple[str, str], Figures]],
    new: Mapping[tuple[str, str], Figures],
) -> Iterator[OfOffice]:
    columns = {table.name: money_of(table) for table in taken_tables()}
    before = 0
    for register, told, figures in zip(registers, tellers, old, strict=True):
        found = {}
        for word, (table, column) in _KINDS.items():
            some = new.get((table, told.code), Figures(0, (0,) * len(columns[table])))
            found[word] = some.rows if column is None else some.sums[columns[table].index(column)]
        entries = _rows([figures], "journal_entry")
        yield OfOffice(told.office, found, (before + 1, before + entries), register.head)
        before += entries
