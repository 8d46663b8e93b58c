"""Who did which step of which case, kept beside the program: by person, whatever name or role he acted under."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from db.models import Role

CHECK, SECOND_CHECK, DECIDE, PREPARE, SIGN = "check", "second check", "decision", "preparation", "signature"
ROLE_OF = {
    CHECK: Role.CLERK,
    SECOND_CHECK: Role.REVIEWER,
    DECIDE: Role.HEAD,
    PREPARE: Role.CASHIER,
    SIGN: Role.HEAD,
}


@dataclass(frozen=True)
class Stand:
    """Who acts for whom, and on which days."""

    absent: str
    substitute: str
    first: date
    last: date


@dataclass
class FourEyes:
    """The staff of an office as they are, and what each of them did since a case was handed in last."""

    person: dict[str, int]
    """Whose name it is."""
    role: dict[str, Role]
    """Of the working staff."""
    stands: list[Stand] = field(default_factory=list)
    done: dict[str, list[tuple[str, frozenset[int]]]] = field(default_factory=lambda: defaultdict(list))
    """By case: the step, who took it and for whom."""

    def may(self, name: str, step: str, cases: Iterable[str], today: date, not_after: str = "") -> bool:
        """Whether somebody may take a step of all these cases.

        Args:
            not_after: who took the same step already, where it wants two people.
        """
        barred = {
            person for case in cases for other, people in self.done[case] if _apart(step, other) for person in people
        }
        if not_after:
            barred.add(self.person[not_after])
        return any(
            role is ROLE_OF[step] and not self.people(name, absent) & barred for role, absent in self._ways(name, today)
        )

    def took(self, name: str, absent: str, step: str, cases: Iterable[str], *, handed_in: bool = False) -> None:
        """Somebody took a step, for an absent colleague or (empty) in his own role; see `done`."""
        for case in cases:
            if handed_in:
                self.done[case].clear()
            self.done[case].append((step, self.people(name, absent)))

    def people(self, name: str, absent: str) -> frozenset[int]:
        """Who acts: the person, and the one for whom he stands in."""
        return frozenset(self.person[each] for each in (name, absent) if each)

    def require_apart(self) -> None:
        """Nobody has taken two steps of a case that are kept apart."""
        for case, steps in self.done.items():
            for place, (step, people) in enumerate(steps):
                for other, others in steps[:place]:
                    assert not (_apart(step, other) and people & others), f"{case}: {other} and {step} by one person"

    def _ways(self, name: str, today: date) -> Iterable[tuple[Role, str]]:
        if name not in self.role:
            return
        yield self.role[name], ""
        for stand in self.stands:
            if stand.substitute == name and stand.first <= today <= stand.last and stand.absent in self.role:
                yield self.role[stand.absent], stand.absent


def _apart(step: str, other: str) -> bool:
    """The decision and the signature may be one person's: a county has one head."""
    return step != other and {step, other} != {DECIDE, SIGN}
