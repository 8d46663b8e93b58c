"""Irregularities of platforms' records, each at a known place."""

from dataclasses import replace
from datetime import date, time, timedelta

from tests.register.classes import Class, a_class
from tests.register.made_up import World
from tests.register.records import session, sessions_of

HEADS = 8
_EVENING = time(20)


def _new(world: World) -> Class:
    firm = world.firm(HEADS)
    made = a_class(world, firm, date(2020, 3, 9) + timedelta(days=world.random.randrange(150)), tidy=True)
    for seq in range(1, HEADS + 1):
        made.change(seq, account=f"px{firm.code}{seq}")
    made.sessions = list(sessions_of(made))
    return made


def at_night(world: World) -> list[Class]:
    """Somebody learns at two o'clock in the morning."""
    made = _new(world)
    made.sessions.append(session(made, 4, 5, time(2, 10), 45, "own"))
    made.planted = [("learning.night", (4,))]
    return [made]


def one_rhythm(world: World) -> list[Class]:
    """Two people sign in and off together, evening after evening."""
    made = _new(world)
    number, name = made.claim[1].person.id_number, made.claim[1].person.name
    first = made.claim[0].person.id_number
    made.sessions = [sitting for sitting in made.sessions if sitting.id_number != number]
    made.sessions += [
        replace(sitting, id_number=number, name=name, device="other", account="other")
        for sitting in made.sessions
        if sitting.id_number == first
    ]
    made.planted = [("learning.same-rhythm", (1, 2))]
    return [made]


def a_day_of_25_hours(world: World) -> list[Class]:
    """More minutes on one day than it has."""
    made = _new(world)
    made.sessions += [session(made, 3, 5, _EVENING, 1_000, "own"), session(made, 3, 5, time(6), 600, "own")]
    made.planted = [("learning.day-impossible", (3,))]
    return [made]


def one_device(world: World) -> list[Class]:
    """Two people learn on one device."""
    made = _new(world)
    made.sessions += [session(made, seq, 6, time(18, seq), 45, "the-same") for seq in (5, 6)]
    made.planted = [("learning.device-shared", (5, 6))]
    return [made]


PLANTS = (at_night, one_rhythm, a_day_of_25_hours, one_device)
"""All of them, in the order in which they are planted."""
