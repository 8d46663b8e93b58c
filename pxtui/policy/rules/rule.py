"""What a rule is: a small pure function that yields what it finds, kept under its code and clause."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pxtui.policy.facts import ApplicationKind

Function = TypeVar("Function", bound=Callable[..., Iterator["Found"]])

OPENING = frozenset({ApplicationKind.OPENING})
CLAIM = frozenset({ApplicationKind.CLAIM})
BOTH = OPENING | CLAIM


class Severity(StrEnum):
    """`block` stops the application or the row; `warn` asks the clerk to look."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found in one place; the message says what is wrong and what can be done."""

    severity: Severity
    message: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[Function]):
    """A rule under its code, with the clause of the notice that it applies."""

    code: str
    clause: str
    stages: frozenset[ApplicationKind]
    finds: Function


class RuleSet(list[Rule[Function]]):
    """The rules that take the same facts, in the order in which they are written down."""

    def rule(self, code: str, clause: str, stages: frozenset[ApplicationKind] = BOTH) -> Callable[[Function], Function]:
        """Enter the decorated function as the rule `code`."""

        def enter(function: Function) -> Function:
            self.append(Rule(code, clause, stages, function))
            return function

        return enter


def block(message: str, item: str | None = None) -> Found:
    """A finding that stops."""
    return Found(Severity.BLOCK, message, item)


def warn(message: str, item: str | None = None) -> Found:
    """A finding that asks the clerk to look."""
    return Found(Severity.WARN, message, item)
