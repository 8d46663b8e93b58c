"""What the check and the signs find in a made-up register: the planted, and at honest cases the false alarms."""

from collections import Counter
from dataclasses import dataclass, field

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import open_register
from pxtui.casework.signs import decisions
from pxtui.home import Home
from tests.conftest import NOW
from tests.register.making import Made, Planted


@dataclass(slots=True)
class Outcome:
    """What was found and what was not."""

    missed: list[Planted] = field(default_factory=list)
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By code and weight, how many honest cases have it."""
    honest: int = 0
    honest_asked: int = 0


def searched(home: Home, made: Made) -> Outcome:
    """Look at every planted and every honest case, each by itself as the check page does."""
    register, outcome = open_register(home, NOW), Outcome()
    with register.reading(register.nobody(NOW)) as context:
        planted: dict[str, list[Planted]] = {}
        for place in made.planted:
            planted.setdefault(place.case, []).append(place)
        for number, places in planted.items():
            found = set(_found(context, number))
            outcome.missed += [place for place in places if (place.code, place.seqs) not in found]
        for number in made.honest:
            alarms = {(code, weight) for code, _, weight in _weighed(context, number)}
            outcome.alarms.update(alarms)
            outcome.honest += 1
            outcome.honest_asked += any(weight == "ask" for _, weight in alarms)
    register.close()
    return outcome


def _found(context: Context, number: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(code, seqs) for code, seqs, _ in _weighed(context, number)]


def _weighed(context: Context, number: str) -> list[tuple[str, tuple[int, ...], str]]:
    case = find(context, number)
    overview = eligibility.overview(context, number)
    signs = decisions.of_case(context, case, overview.application)
    return [(row.sign.code, row.sign.seqs, row.sign.weight.value) for row in signs] + [
        (finding.code, () if finding.seq is None else (finding.seq,), finding.severity.value)
        for finding in overview.judgement.findings
    ]
