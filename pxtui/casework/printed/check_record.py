"""电话、平台核查记录表: a sample of the roster to be called, drawn by lot."""

from collections.abc import Iterable
from hashlib import sha256

from pxtui.casework.lifecycle.moves import OPENING_GRANTED
from pxtui.casework.printed import review
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.papers.writing.wording import Filling
from pxtui.policy.facts import ApplicationKind, Trainee

SAMPLE_PERCENT = 10
"""Percent of a roster to be called, rounded up: domain practice, the notice only asks for supervision (六(三))."""
SAMPLE_LEAST = 5
"""Smallest number of people to be called; all, where there are fewer."""

_SEEDS = 1_000_000


def check_record(asking: Asking) -> Content:
    """电话、平台核查记录表: a sample of the roster, repeatable by the printed seed, with phones in full."""
    people = _to_be_called(asking)
    seed = asking.seed or _seed_of_day(asking)
    sample = drawn([row.seq for row in people], seed)
    values = common(asking) | {
        "roster_heads": len(people),
        "sample_heads": len(sample),
        "sample_percent": SAMPLE_PERCENT,
        "sample_least": SAMPLE_LEAST,
        "seed": seed,
        **dict.fromkeys(("finding", "finding_day", "outcome", "outcome_day")),
    }
    lines: list[dict[str, Filling]] = [
        {"seq": row.seq, **review.masked_person(row), "phone": row.phone, "account": row.account}
        for row in people
        if row.seq in sample
    ]
    return letter("check-record", values, sample=lines)


def nobody_to_call(asking: Asking) -> str:
    """Why nobody is to be called, in Chinese; empty where somebody is."""
    return "" if _to_be_called(asking) else review.NO_ROSTER


def drawn(seqs: Iterable[int], seed: int) -> frozenset[int]:
    """The 序号 drawn by a seed: `SAMPLE_PERCENT` of them, at least `SAMPLE_LEAST`, all where there are fewer.

    The lot of a row is SHA-256 of "seed:序号"; the smallest lots are drawn.
    """
    lots = sorted(seqs, key=lambda seq: sha256(f"{seed}:{seq}".encode()).digest())
    return frozenset(lots[: max(SAMPLE_LEAST, -(-len(lots) * SAMPLE_PERCENT // 100))])


def _to_be_called(asking: Asking) -> list[Trainee]:
    """The people to draw from: the approved rows of an approved opening, else all rows."""
    application = asking.application
    if application.stage is ApplicationKind.OPENING and asking.case.stage in OPENING_GRANTED:
        approved = asking.approved_seqs(application.stage)
        return [row for row in application.roster if row.seq in approved]
    return list(application.roster)


def _seed_of_day(asking: Asking) -> int:
    """The seed from the case's number and the day: not chosen by a person, and the same all day."""
    digest = sha256(f"{asking.case.number}:{asking.context.today}".encode()).digest()
    return int.from_bytes(digest[:8]) % (_SEEDS - 1) + 1
