"""What a sign is: a pure function over the surroundings of a case that yields what it notices, under a code."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pxtui.policy.facts import ApplicationKind
from pxtui.policy.rules.rule import BOTH
from pxtui.policy.signs.limits import Limits
from pxtui.policy.signs.surroundings import Surroundings

SUPERVISION = "通知六(三)"
"""The clause under which every sign is looked into: supervision of what is paid from public money."""


class Weight(StrEnum):
    """`ask` wants somebody's decision, `tell` is told."""

    ASK = "ask"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What one function noticed in one place."""

    weight: Weight
    message: str
    """What is to be seen, personal numbers masked, and behind the last `；` what to do."""
    seqs: tuple[int, ...] = ()
    """序号 of the rows that show it; empty: the case as a whole."""
    item: str = ""
    """A voucher number, firm or case that it is about; empty: none."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign with its evidence."""

    code: str
    weight: Weight
    fields: tuple[str, ...]
    """The columns and lines of the forms that show it, as they are headed there."""
    source: str
    """Clause of the notice or page of a standard."""
    message: str
    seqs: tuple[int, ...] = ()
    item: str = ""

    @property
    def asks(self) -> bool:
        """Whether it wants a decision."""
        return self.weight is Weight.ASK

    @property
    def evidence(self) -> str:
        """All of it as one text: what a decision was about. Another text is another sign."""
        return "\n".join((self.code, self.item, ",".join(map(str, self.seqs)), self.message))


Looks = Callable[[Surroundings, Limits], Iterator[Noticed]]


@dataclass(frozen=True, slots=True)
class SignRule:
    """A function under its code."""

    code: str
    fields: tuple[str, ...]
    source: str
    stages: frozenset[ApplicationKind]
    looks: Looks


class SignRules(list[SignRule]):
    """Functions in the order in which they are written down."""

    def sign(
        self, code: str, *fields: str, source: str = SUPERVISION, stages: frozenset[ApplicationKind] = BOTH
    ) -> Callable[[Looks], Looks]:
        """Enter the decorated function under `code`."""

        def enter(looks: Looks) -> Looks:
            self.append(SignRule(code, fields, source, stages, looks))
            return looks

        return enter


def ask(message: str, seqs: tuple[int, ...] = (), item: str = "") -> Noticed:
    """Something that somebody decides about."""
    return Noticed(Weight.ASK, message, seqs, item)


def tell(message: str, seqs: tuple[int, ...] = (), item: str = "") -> Noticed:
    """Something that is good to know."""
    return Noticed(Weight.TELL, message, seqs, item)


_READABLE = 8


def rows(seqs: tuple[int, ...]) -> str:
    """`第1、2、3号`, the first few of many."""
    more = f"等{len(seqs)}人" if len(seqs) > _READABLE else ""
    return f"第{'、'.join(map(str, seqs[:_READABLE]))}号{more}"
