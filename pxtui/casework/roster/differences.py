"""Differences of two rosters: rows added, dropped, swapped, and rows with a corrected name or ID number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.facts import Trainee

_Key = Callable[[Trainee], str]


class DifferenceKind(StrEnum):
    """The kind of a difference between two rows."""

    ADDED = "added"
    DROPPED = "dropped"
    SWAPPED = "swapped"
    ID_CHANGED = "id-changed"
    NAME_CHANGED = "name-changed"


_NAMES = {
    DifferenceKind.ADDED: "新增",
    DifferenceKind.DROPPED: "缺少",
    DifferenceKind.SWAPPED: "换人",
    DifferenceKind.ID_CHANGED: "证号改动",
    DifferenceKind.NAME_CHANGED: "姓名改动",
}


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """A row that differs; `before` is None for an added row, `after` for a dropped one."""

    kind: DifferenceKind
    before: Trainee | None
    after: Trainee | None

    @property
    def name(self) -> str:
        """The kind in Chinese."""
        return _NAMES[self.kind]

    @property
    def sentence(self) -> str:
        """The difference in Chinese, with masked ID numbers."""
        was, now = _described(self.before), _described(self.after)
        between = "换成" if self.kind is DifferenceKind.SWAPPED else "改为"
        return f"{self.name}：{between.join(filter(None, (was, now)))}"


def compare(before: Sequence[Trainee], after: Sequence[Trainee]) -> list[RosterDifference]:
    """The differences of two rosters, in the order of `after`, dropped rows last.

    Rows are matched by ID number, then by name (a corrected number), then by 序号 (a swapped person), each row once.
    An empty name counts as unchanged.
    """
    gone, new = _unmatched(before, after, _number)
    renamed = [
        RosterDifference(DifferenceKind.NAME_CHANGED, was, now)
        for was, now in _matched(before, after, _number)
        if _name(was) and _name(now) and _name(was) != _name(now)
    ]
    corrected = [RosterDifference(DifferenceKind.ID_CHANGED, was, now) for was, now in _matched(gone, new, _name)]
    gone, new = _unmatched(gone, new, _name)
    swapped = [RosterDifference(DifferenceKind.SWAPPED, was, now) for was, now in _matched(gone, new, _seq)]
    gone, new = _unmatched(gone, new, _seq)
    added = [RosterDifference(DifferenceKind.ADDED, None, now) for now in new]
    dropped = [RosterDifference(DifferenceKind.DROPPED, was, None) for was in gone]
    places = {id(trainee): place for place, trainee in enumerate(after)}
    known = sorted((*renamed, *corrected, *swapped, *added), key=lambda difference: places[id(difference.after)])
    return [*known, *dropped]


def _matched(before: Iterable[Trainee], after: Iterable[Trainee], key: _Key) -> Iterator[tuple[Trainee, Trainee]]:
    """Pairs with the same key, each row in one pair at most."""
    waiting: dict[str, list[Trainee]] = {}
    for trainee in before:
        waiting.setdefault(key(trainee), []).append(trainee)
    for trainee in after:
        if key(trainee) and waiting.get(key(trainee)):
            yield waiting[key(trainee)].pop(0), trainee


def _unmatched(before: Sequence[Trainee], after: Sequence[Trainee], key: _Key) -> tuple[list[Trainee], list[Trainee]]:
    pairs = list(_matched(before, after, key))
    was, now = {id(trainee) for trainee, _ in pairs}, {id(trainee) for _, trainee in pairs}
    return [trainee for trainee in before if id(trainee) not in was], [
        trainee for trainee in after if id(trainee) not in now
    ]


def _number(trainee: Trainee) -> str:
    return canonical_code(trainee.id_number)


def _name(trainee: Trainee) -> str:
    return canonical(trainee.name)


def _seq(trainee: Trainee) -> str:
    return str(trainee.seq)


def _described(trainee: Trainee | None) -> str:
    return f"第{trainee.seq}号{trainee.name}（{id_number.masked(trainee.id_number)}）" if trainee else ""
