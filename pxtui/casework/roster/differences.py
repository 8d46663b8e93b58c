"""Differences of two rosters: rows added, dropped, swapped, put right, moved, and every cell that is another one."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pxtui.casework.roster.cell_changes import (
    ID_NUMBER,
    NAME,
    SEQ,
    CellChange,
    cell_changes,
    differing_numbers,
    masked_cell,
)
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.facts import Trainee

_Key = Callable[[Trainee], str]
_Pair = tuple[Trainee, Trainee]
_PLACE = "次序"
_NOBODY = "无此人"


class DifferenceKind(StrEnum):
    """The kind of a difference between two rows."""

    ADDED = "added"
    DROPPED = "dropped"
    SWAPPED = "swapped"
    ID_CHANGED = "id-changed"
    NAME_CHANGED = "name-changed"
    CELLS_CHANGED = "cells-changed"


_NAMES = {
    DifferenceKind.ADDED: "新增",
    DifferenceKind.DROPPED: "缺少",
    DifferenceKind.SWAPPED: "换人",
    DifferenceKind.ID_CHANGED: "证号改动",
    DifferenceKind.NAME_CHANGED: "姓名改动",
    DifferenceKind.CELLS_CHANGED: "内容改动",
}
_WHO = frozenset({SEQ, NAME, ID_NUMBER})
"""The cells by which a difference names its person."""


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """A row that differs; `before` is None for an added row, `after` for a dropped one."""

    kind: DifferenceKind
    before: Trainee | None
    after: Trainee | None
    cells: tuple[CellChange, ...] = ()
    """Every cell that differs, and the place of the row where it was moved."""

    @property
    def name(self) -> str:
        """The kind in Chinese."""
        return _NAMES[self.kind]

    @property
    def person(self) -> str:
        """Whose row it is, as it was: 第3号张三; as it is for an added row."""
        row = self.before or self.after
        return f"第{row.seq}号{row.name}" if row else ""

    @property
    def sentence(self) -> str:
        """The difference in Chinese, cell by cell, with masked ID numbers."""
        who = _described(self.after) if self.kind is DifferenceKind.CELLS_CHANGED else self._who()
        rest = "；".join(self._told(cell) for cell in self.cells if self._is_unsaid(cell))
        return f"{self.name}：{who}{'，' if rest else ''}{rest}"

    @property
    def masked(self) -> "RosterDifference":
        """The difference with masked phones and accounts."""
        return replace(self, cells=tuple(map(masked_cell, self.cells)))

    @property
    def sides(self) -> tuple[str, str]:
        """The whole row, old and new, where it is the row that is another; 无此人 on the side that lacks it."""
        if self.before is not None and self.after is not None:
            numbers = differing_numbers(self.before.id_number, self.after.id_number)
            return _described(self.before, numbers[0]), _described(self.after, numbers[1])
        rest = "；".join(self._told(cell) for cell in self.cells if self._is_unsaid(cell))
        whole = f"{_described(self.after or self.before)}{'，' if rest else ''}{rest}"
        return (_NOBODY, whole) if self.before is None else (whole, _NOBODY)

    def _is_unsaid(self, cell: CellChange) -> bool:
        return self.kind is DifferenceKind.CELLS_CHANGED or cell.label not in _WHO

    def _told(self, cell: CellChange) -> str:
        if self.before is not None and self.after is not None:
            return cell.sentence
        return f"{cell.label}{cell.after if self.before is None else cell.before}"

    def _who(self) -> str:
        if self.before is None or self.after is None:
            return _described(self.after or self.before)
        was, now = differing_numbers(self.before.id_number, self.after.id_number)
        between = "换成" if self.kind is DifferenceKind.SWAPPED else "改为"
        return f"{_described(self.before, was)}{between}{_described(self.after, now)}"


def matched(before: Sequence[Trainee], after: Sequence[Trainee]) -> list[tuple[DifferenceKind | None, _Pair]]:
    """The rows of both rosters that are one person's, or the place of one and then of another.

    Rows are matched by ID number and name, by ID number, then by name (a corrected number), then by 序号 (a swapped
    person), each row once. The kind is None where name and number are the same.
    """
    gone, new = list(before), list(after)
    pairs: list[tuple[DifferenceKind | None, _Pair]] = []
    for key in (_number_and_name, _number, _name, _seq):
        for was, now in _matched(gone, new, key):
            pairs.append((_kind(was, now, key), (was, now)))
        gone, new = _unmatched(gone, new, [pair for _, pair in pairs])
    return pairs


def compare(before: Sequence[Trainee], after: Sequence[Trainee]) -> list[RosterDifference]:
    """The differences of two rosters, in the order of `after`, dropped rows last; see `matched`."""
    pairs = matched(before, after)
    gone, new = _unmatched(before, after, [pair for _, pair in pairs])
    moved = _moved([pair for _, pair in pairs], before, after)
    found = [
        RosterDifference(kind or DifferenceKind.CELLS_CHANGED, was, now, cells)
        for kind, (was, now) in pairs
        if (cells := (*cell_changes(was, now), *moved.get(id(now), ()))) or kind
    ]
    found += [RosterDifference(DifferenceKind.ADDED, None, now, cell_changes(None, now)) for now in new]
    places = {id(trainee): place for place, trainee in enumerate(after)}
    found.sort(key=lambda difference: places[id(difference.after)])
    return [*found, *(RosterDifference(DifferenceKind.DROPPED, was, None, cell_changes(was, None)) for was in gone)]


def of_people_alone(differences: Iterable[RosterDifference]) -> list[RosterDifference]:
    """Who is on one of two rosters and not on the other, or bears another name or number; no other cell."""
    return [
        replace(difference, cells=())
        for difference in differences
        if difference.kind is not DifferenceKind.CELLS_CHANGED
    ]


def _kind(was: Trainee, now: Trainee, key: _Key) -> DifferenceKind | None:
    if key is _seq:
        return DifferenceKind.SWAPPED
    if key is _name:
        return DifferenceKind.ID_CHANGED
    return (
        None
        if canonical(was.name) == canonical(now.name) or not (_name(was) and _name(now))
        else (DifferenceKind.NAME_CHANGED)
    )


def _moved(
    pairs: Sequence[_Pair], before: Sequence[Trainee], after: Sequence[Trainee]
) -> dict[int, tuple[CellChange, ...]]:
    """By `id` of the row in `after`, from which to which place among the common rows it went.

    Of the rows that are in another order as few as possible are said to have moved.
    """
    partner = {id(was): now for was, now in pairs}
    old_order = [id(partner[id(row)]) for row in before if id(row) in partner]
    old_places = {row: place for place, row in enumerate(old_order)}
    new_order = [old_places[id(row)] for row in after if id(row) in old_places]
    staying = _longest_rising(new_order)
    return {
        old_order[was]: (CellChange(f"{_PLACE}（共有的{len(pairs)}人中）", f"第{was + 1}位", f"第{now + 1}位"),)
        for now, was in enumerate(new_order)
        if was not in staying and was != now
    }


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """The longest subsequence of different numbers that rises."""
    ends: list[int] = []
    ahead_of: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        ahead_of[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    rising: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        rising.append(last)
        last = ahead_of[last]
    return frozenset(rising)


def _matched(before: Iterable[Trainee], after: Iterable[Trainee], key: _Key) -> Iterator[_Pair]:
    """Pairs with the same key, each row in one pair at most."""
    waiting: dict[str, list[Trainee]] = {}
    for trainee in before:
        waiting.setdefault(key(trainee), []).append(trainee)
    for trainee in after:
        if key(trainee) and waiting.get(key(trainee)):
            yield waiting[key(trainee)].pop(0), trainee


def _unmatched(
    before: Sequence[Trainee], after: Sequence[Trainee], pairs: Iterable[_Pair]
) -> tuple[list[Trainee], list[Trainee]]:
    taken = {id(trainee) for pair in pairs for trainee in pair}
    return [row for row in before if id(row) not in taken], [row for row in after if id(row) not in taken]


def _number_and_name(trainee: Trainee) -> str:
    number, name = _number(trainee), _name(trainee)
    return f"{number} {name}" if number and name else ""


def _number(trainee: Trainee) -> str:
    return canonical_code(trainee.id_number)


def _name(trainee: Trainee) -> str:
    return canonical(trainee.name)


def _seq(trainee: Trainee) -> str:
    return str(trainee.seq)


def _described(trainee: Trainee | None, number: str = "") -> str:
    shown = number or (id_number.masked(trainee.id_number) if trainee else "")
    return f"第{trainee.seq}号{trainee.name}（{shown or '无证号'}）" if trainee else ""
