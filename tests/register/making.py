"""A register of so many cases: honest firms, and between them the planted ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.models import Office
from db.name_parts import rebuild
from pxtui.home import Home
from pxtui.policy.parameters import shipped_rulebook
from tests.conftest import NOW, empty_register
from tests.register.classes import Class, honest_classes
from tests.register.made_up import World
from tests.register.planted import PLANTS as OF_THE_FORMS
from tests.register.planted_records import PLANTS as OF_THE_RECORDS
from tests.register.writing import Writer, in_order

PLANTS = (*OF_THE_FORMS, *OF_THE_RECORDS)
"""All irregularities, in the order in which they are planted."""


@dataclass(frozen=True, slots=True)
class Planted:
    """What is to be found: a code at a case, at these 序号; none: at the case as a whole."""

    case: str
    code: str
    seqs: tuple[int, ...]
    plant: str


@dataclass(slots=True)
class Made:
    """What was made."""

    seed: int
    cases: int = 0
    enrolments: int = 0
    planted: list[Planted] = field(default_factory=list)
    honest: list[str] = field(default_factory=list)


def make(home: Home, cases: int, heads: int, seed: int, plants: int, open_cases: int) -> Made:
    """A register in a folder that is not there yet; `cases` honest ones, and those of the plants."""
    register = empty_register(home)
    made, world = Made(seed), World(seed)
    with register.writing(register.nobody(NOW)) as context:
        session = context.session
        for office in shipped_rulebook().latest.offices.values():
            session.merge(Office(code=office.code, name=office.name, letter=office.letters))
        session.flush()
        writer = Writer(session.connection(), context.vault)
        first_open = cases - open_cases
        for of_firm, plant in _mixed(world, cases, heads, plants):
            for each in of_firm:
                number = writer.write(each, is_open=not plant and len(made.honest) >= first_open)
                if plant:
                    made.planted += [Planted(number, code, seqs, plant) for code, seqs in each.planted]
                else:
                    made.honest.append(number)
            writer.forget_firms()
        writer.end()
        rebuild(session.connection())
    register.close()
    made.cases, made.enrolments = writer.cases, writer.heads
    return made


def _mixed(world: World, cases: int, heads: int, plants: int) -> Iterator[tuple[list[Class], str]]:
    """Honest firms, and every so many of them a planted one with its name."""
    waiting = [plant for _ in range(plants) for plant in PLANTS]
    world.random.shuffle(waiting)
    between = max(1, cases // (len(waiting) + 1))
    written = 0
    for of_firm in in_order(honest_classes(world, heads), cases):
        yield of_firm, ""
        written += len(of_firm)
        while waiting and written >= between * (plants * len(PLANTS) - len(waiting) + 1):
            plant = waiting.pop()
            yield plant(world), plant.__name__
    for plant in waiting:
        yield plant(world), plant.__name__
