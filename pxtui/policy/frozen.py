"""The facts of an application as one text, and back: what was judged once can be judged again, years later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pxtui.policy import codec
from pxtui.policy.deductions import ByHand
from pxtui.policy.facts import Application


@dataclass(frozen=True, slots=True)
class _JudgedFacts:
    application: Application
    by_hand: dict[int, ByHand]
    """Rows that a reviewer took off, by 序号."""


def written(application: Application, by_hand: Mapping[int, ByHand]) -> str:
    """All that a judgement depends on, as JSON; platform passwords, on which none does, are left out."""
    people = tuple(replace(row, password="") for row in application.roster)
    return codec.dump_text(_JudgedFacts, _JudgedFacts(replace(application, roster=people), dict(by_hand)))


def read(text: str) -> tuple[Application, dict[int, ByHand]]:
    """The facts that `written` wrote.

    Raises:
        ValueError: the text is something else.
    """
    judged = codec.load_text(_JudgedFacts, text)
    return judged.application, judged.by_hand
