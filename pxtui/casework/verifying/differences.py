"""What a verification found, with the mark by which it is confirmed, and what was confirmed of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from db.chain.findings import Confirmed, Finding, Verified
from pxtui.casework.verifying import naming, own_checks
from pxtui.clock import CHINA
from pxtui.home import Database

_CHECK_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is wrong."""

    mark: str
    """Of it and no other: what is altered again has another one."""
    sentence: str
    finding: Finding | None
    """None: the register says it of itself, without the chain."""


def differences(database: Database, verified: Verified, pause: Callable[[], None] = lambda: None) -> list[Difference]:
    """What is wrong with a register and was not confirmed, what matters most to a case first.

    `pause`: called behind every few thousand rows.
    """
    accepted = {row.mark for row in verified.confirmed if row.accepted_by is not None}
    found = [Difference(finding.mark, sentence, finding) for finding, sentence in naming.named(database, verified)]
    own = [Difference(_mark(sentence), sentence, None) for sentence in own_checks.sentences(database, pause)]
    return found + [difference for difference in own if difference.mark not in accepted]


def check_of(marks: Iterable[str]) -> str:
    """Eight digits of all that is shown together; empty for nothing."""
    listed = sorted(marks)
    return sha256(" ".join(listed).encode()).hexdigest()[:_CHECK_DIGITS] if listed else ""


def in_words(row: Confirmed) -> str:
    """What was confirmed, by whom and when; or that it waits."""
    if row.accepted_by is None:
        return f"待第二人确认：{row.sentence}（{row.reason}；{row.proposed_by}提出，{_day(row.proposed_at)}）"
    people = f"{row.proposed_by}提出，{row.accepted_by}确认，{_day(row.accepted_at or '')}"
    return f"已确认的差异：{row.sentence}（{row.reason}；{people}）"


def _mark(sentence: str) -> str:
    return f"own {sha256(sentence.encode()).hexdigest()[:16]}"


def _day(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment).astimezone(CHINA):%Y-%m-%d %H:%M}"
    except ValueError:
        return ""
