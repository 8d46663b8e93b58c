"""The numbers of the rows of several registers in the one that they become."""

from collections.abc import Mapping, Sequence
from heapq import merge
from itertools import accumulate

from db.chain.statements import run
from db.merging.plan import Place, Plan, Source, own_number, taken_tables

_BY_DAY = {
    "training_case": "SELECT id, coalesce(opening_received_on, '') FROM training_case ORDER BY id",
    "voucher": (
        "SELECT voucher.id, coalesce(claim_received_on, ends_on) FROM voucher "
        "JOIN training_case ON training_case.id = voucher.case_id ORDER BY voucher.id"
    ),
}
"""Tables whose order says what came first, also of two offices: which case was filed, which claim keyed an invoice."""
_ONE_ROW = frozenset({"lifting"})
"""Tables of one row, whose number never changes."""


class Numbers:
    """The new number of each row that has one of its own.

    The rows of a register follow each other as they did: those of the first come first, then those of the second; the
    rows of `_BY_DAY` are put together by their days.
    """

    def __init__(self, sources: Sequence[Source], plan: Plan) -> None:
        """`plan`: what becomes one, and whose number that then has."""
        self._plan = plan
        self._known = {table: _by_day(sources, statement) for table, statement in _BY_DAY.items()}
        self._highest = {
            table.name: _highest(sources, table.name, column.name)
            for table in taken_tables()
            if (column := own_number(table)) is not None and table.name not in self._known
        }
        self._steps = {table: _steps(table, highest) for table, highest in self._highest.items()}

    def new(self, source: int, table: str, number: int) -> int:
        """The number of a row, of which it also is if the row is one with another."""
        place = self._plan.one_with(Place(source, table, (number,)))
        (own,) = place.key
        assert isinstance(own, int)
        if table in self._known:
            return self._known[table][place.source, own]
        return own + self._steps[table][place.source]

    def is_given(self, source: int, table: str, number: int) -> bool:
        """Whether it may be the number of a row: not of one behind the last, which is gone."""
        return 0 < number <= self._highest[table][source]


def _highest(sources: Sequence[Source], table: str, column: str) -> list[int]:
    asked = f'SELECT coalesce(max("{column}"), 0) FROM "{table}"'  # noqa: S608 - names of the models
    return [run(source.connection, asked)[0][0] for source in sources]


def _steps(table: str, highest: Sequence[int]) -> list[int]:
    """What is added to the numbers of each register."""
    if table in _ONE_ROW:
        return [0] * len(highest)
    return [0, *accumulate(highest)][: len(highest)]


def _by_day(sources: Sequence[Source], statement: str) -> Mapping[tuple[int, int], int]:
    ordered = [_with_latest(at, run(source.connection, statement)) for at, source in enumerate(sources)]
    return {(source, number): new for new, (_, source, number) in enumerate(merge(*ordered), start=1)}


def _with_latest(source: int, rows: Sequence[Sequence[object]]) -> list[tuple[str, int, int]]:
    """Each row with the latest day so far: of one register nothing changes its place."""
    days = accumulate((str(day or "") for _, day in rows), max)
    return [(day, source, int(str(number))) for (number, _), day in zip(rows, days, strict=True)]
