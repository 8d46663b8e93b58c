"""The stored parts of names held against the names themselves: they follow from them and are in no chain.

Both are summed first, some cases together, whatever else is written meanwhile; where two sums differ the rows are
compared one by one in a view of one moment, so that neither memory nor the time of a lock grows with the register.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from secrets import token_bytes
from typing import Any

from db.kinds import kind_of
from db.kinds.raw import RawRows
from db.name_parts import Key, applicant_keys, case_keys, person_keys
from pxtui.home import Database

_TOGETHER = 500
"""Cases, or applicants, of one sum."""
_AT_ONCE = 4_000
_ROUND = 2**128

_CASES = """
    SELECT training_case.id, training_case.applicant_name, occupation, applicant.name, initials
    FROM training_case JOIN applicant ON applicant.id = applicant_id WHERE training_case.id BETWEEN ? AND ?
"""
_PEOPLE = """
    SELECT DISTINCT enrolment.case_id, person.id, person.name, initials
    FROM enrolment JOIN person ON person.id = person_id WHERE enrolment.case_id BETWEEN ? AND ?
"""
_APPLICANTS = "SELECT id, name, initials FROM applicant WHERE id BETWEEN ? AND ?"
_LAST = "SELECT coalesce(max(id), 0) FROM {}"
_NEXT = """
    SELECT kind, part, case_id, owner_id FROM name_part WHERE (kind, part, case_id, owner_id) > (?, ?, ?, ?)
    ORDER BY kind, part, case_id, owner_id LIMIT ?
"""
_OF_CASES = "SELECT kind, part, case_id, owner_id FROM name_part WHERE case_id BETWEEN ? AND ?"
_OF_APPLICANTS = "SELECT kind, part, case_id, owner_id FROM name_part WHERE case_id = 0 AND owner_id BETWEEN ? AND ?"

_Group = tuple[bool, int]
"""Whether it is of applicants by themselves, and which of them."""


@dataclass(frozen=True, slots=True)
class PartsFound:
    """What is wrong with the parts of one kind of a case, or of an applicant by itself."""

    kind: str
    case_id: int
    """0: an applicant's."""
    owner_id: int
    """As in `NamePart`."""
    missing: int
    added: int


def differing(database: Database, pause: Callable[[], None] = lambda: None) -> Iterator[PartsFound]:
    """What the parts say otherwise than the names.

    Args:
        pause: called behind every few thousand rows.

    Raises:
        Unreadable: a table is gone, or is not what it was.
    """
    with kind_of(database).raw(database) as file:
        sums = _Sums(file, pause)
        for group in sums.differing():
            yield from _compared(file, group)
        if sums.of_nothing:
            yield PartsFound("", 0, 0, 0, sums.of_nothing)


class _Sums:
    """Sums of rows by group: the same rows have the same sum in whatever order, others have another."""

    def __init__(self, file: RawRows, pause: Callable[[], None]) -> None:
        self._file = file
        self._pause = pause
        # Nobody can choose rows whose sum comes out the same.
        self._key = token_bytes(32)
        self._sums: defaultdict[_Group, int] = defaultdict(int)
        self.of_nothing = 0
        """Stored rows whose case or owner is no number."""

    def differing(self) -> list[_Group]:
        """The groups in which the two differ."""
        for is_applicants, table in ((False, "training_case"), (True, "applicant")):
            ((last,),) = self._file.asked(_LAST.format(table))
            for which in range(last // _TOGETHER + 1):
                group = (is_applicants, which)
                with _one_moment(self._file):
                    keys = _wanted(self._file, group)
                self._add(keys, 1)
        for some in self._stored():
            self._add((key for key in some if self._is_of_something(key)), -1)
        return sorted(group for group, found in self._sums.items() if found % _ROUND)

    def _add(self, keys: Iterable[Key], sign: int) -> None:
        for kind, part, case_id, owner_id in keys:
            about = f"{kind}\0{part}\0{case_id}\0{owner_id}".encode("utf-8", "surrogatepass")
            digest = blake2b(about, digest_size=16, key=self._key).digest()
            self._sums[_group_of(case_id, owner_id)] += sign * int.from_bytes(digest)
        self._pause()

    def _stored(self) -> Iterator[Sequence[Any]]:
        last: tuple[Any, ...] = ("", "", 0, 0)
        while rows := self._file.asked(_NEXT, (*last, _AT_ONCE)):
            yield rows
            before, last = last, rows[-1]
            if last == before:
                # Text that is none comes out as another one, behind which the same rows stand again.
                break

    def _is_of_something(self, key: Sequence[Any]) -> bool:
        is_numbered = all(isinstance(value, int) for value in key[2:])
        self.of_nothing += not is_numbered
        return is_numbered


def _group_of(case_id: int, owner_id: int) -> _Group:
    return (False, case_id // _TOGETHER) if case_id else (True, owner_id // _TOGETHER)


def _compared(file: RawRows, group: _Group) -> Iterator[PartsFound]:
    """What is wrong in a group, by case, owner and kind."""
    with _one_moment(file):
        wanted = _wanted(file, group)
        rows = file.asked(_OF_APPLICANTS if group[0] else _OF_CASES, _ends(group))
    stored = {(kind, part, case_id, owner_id) for kind, part, case_id, owner_id in rows if group[0] or case_id}
    found: defaultdict[tuple[int, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for added, keys in enumerate((wanted - stored, stored - wanted)):
        for kind, _, case_id, owner_id in keys:
            found[case_id, owner_id, kind][added] += 1
    for (case_id, owner_id, kind), (missing, added) in sorted(found.items()):
        yield PartsFound(kind, case_id, owner_id, missing, added)


def _wanted(file: RawRows, group: _Group) -> set[Key]:
    """The rows that there have to be of a group."""
    ends = _ends(group)
    if group[0]:
        return {key for row in file.asked(_APPLICANTS, ends) for key in applicant_keys(*row)}
    own = {key for row in file.asked(_CASES, ends) for key in case_keys(row)}
    return own | {key for row in file.asked(_PEOPLE, ends) for key in person_keys(*row)}


def _ends(group: _Group) -> tuple[int, int]:
    first = group[1] * _TOGETHER
    return first, first + _TOGETHER - 1


@contextmanager
def _one_moment(file: RawRows) -> Iterator[None]:
    file.begin()
    try:
        yield
    finally:
        file.end()
