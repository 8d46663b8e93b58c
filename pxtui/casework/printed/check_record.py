"""电话、平台核查记录表: a sample of the roster to be called, drawn by lot."""

from collections.abc import Iterable

from db.models import SpotCheck
from pxtui.casework.lifecycle.moves import OPENING_GRANTED
from pxtui.casework.printed import review
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.papers.writing.wording import Filling
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.signs import draw
from pxtui.policy.signs.limits import limits


def check_record(asking: Asking) -> Content:
    """电话、平台核查记录表: a sample of the roster, repeatable by the printed seed, with phones in full."""
    people = _to_be_called(asking)
    seed = asking.seed or _seed_in_force(asking)
    sample = drawn([row.seq for row in people], seed)
    values = common(asking) | {
        "roster_heads": len(people),
        "sample_heads": len(sample),
        "sample_percent": limits().sample_percent,
        "sample_least": limits().sample_least,
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
    """The 序号 drawn by a seed; see `draw.drawn`."""
    return draw.drawn(seqs, seed, limits().sample_percent, limits().sample_least)


def _to_be_called(asking: Asking) -> list[Trainee]:
    """The people to draw from: the approved rows of an approved opening, else all rows."""
    application = asking.application
    if application.stage is ApplicationKind.OPENING and asking.case.stage in OPENING_GRANTED:
        approved = asking.approved_seqs(application.stage)
        return [row for row in application.roster if row.seq in approved]
    return list(application.roster)


def _seed_in_force(asking: Asking) -> int:
    """Of the sample whose results are entered; where none is drawn, from the case's number and the day."""
    row = asking.context.session.get(SpotCheck, asking.case.id)
    return draw.seed_of_day(asking.case.number, asking.context.today) if row is None else row.seed
