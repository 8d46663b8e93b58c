"""The people of a roster entered in the register: an entry for each ID number, with the newest name and phone."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import col, select

from db.locks import hold_people
from db.models import Case, Enrolment, Person
from db.readings import read_people
from pxtui.casework.office.context import Context
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.identifiers import id_number
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.pinyin import initials
from pxtui.identifiers.text import canonical_code
from pxtui.policy.facts import Trainee
from pxtui.progress import Watch

_KEYS_A_QUERY = 500
"""Look-up keys in one statement, well below the parameters that any SQLite allows."""


def entered(context: Context, people: Sequence[Trainee], watch: Watch) -> dict[bytes, int]:
    """The ids of the people by look-up key, after their entries are made or updated with name and phone.

    A name on file that another row bears stays, with its phone, until somebody decides between the two names
    (`people/two_names.py`). ID numbers with a wrong check character make no entry.
    """
    vault = context.vault
    first: dict[bytes, Trainee] = {}
    for trainee in people:
        if id_number.has_check_character(trainee.id_number) and (key := key_of(context, trainee)) is not None:
            first.setdefault(key, trainee)
    hold_people(context.session, first)
    known = {person.id_key: person for person in _people_under(context, list(first))}
    others = [key for key, person in known.items() if (name := first[key].name) and not same_name(name, person.name)]
    undecided = _borne_elsewhere(context, others)
    new: list[Person] = []
    renamed: list[Person] = []
    for key, trainee in first.items():
        watch.check()
        person = known.get(key)
        if key in undecided:
            continue
        if person is None:
            person = known[key] = Person(id_key=key, name=trainee.name)
            person.seal(vault, id_number=canonical_code(trainee.id_number), phone=trainee.phone)
            context.session.add(person)
            new.append(person)
        elif trainee.name and person.name != trainee.name:
            renamed.append(person)
        person.name = trainee.name or person.name
        person.initials = initials(person.name)
        person.tail_key = vault.look_up_key(ID_TAIL, id_number.tail(trainee.id_number))
        if trainee.phone and person.unseal(vault, "phone") != trainee.phone:
            person.seal(vault, phone=trainee.phone)
    context.session.flush()
    read_people(context.session, new, renamed)
    return {key: person.id for key, person in known.items()}


def hold(context: Context, case: Case, people: Iterable[Trainee]) -> None:
    """Wait for all at once whom several changes of a roster touch one after the other: people and those in its rows."""
    there = context.session.exec(select(Enrolment.id_key).where(col(Enrolment.case_id) == case.id))
    keys = (*there, *(key_of(context, trainee) for trainee in people))
    hold_people(context.session, (key for key in keys if key is not None))


def rename(context: Context, person: Person, name: str) -> None:
    """Give a person on file another name."""
    person.name, person.initials = name, initials(name)
    context.session.add(person)
    context.session.flush()
    read_people(context.session, [], [person])


def _borne_elsewhere(context: Context, keys: Sequence[bytes]) -> set[bytes]:
    """The keys that rows of any roster bear now."""
    found: set[bytes | None] = set()
    for start in range(0, len(keys), _KEYS_A_QUERY):
        some = keys[start : start + _KEYS_A_QUERY]
        found.update(context.session.exec(select(col(Enrolment.id_key)).where(col(Enrolment.id_key).in_(some))))
    return {key for key in found if key is not None}


def _people_under(context: Context, keys: Sequence[bytes]) -> Iterator[Person]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        some = keys[start : start + _KEYS_A_QUERY]
        yield from context.session.exec(select(Person).where(col(Person.id_key).in_(some)))


def key_of(context: Context, trainee: Trainee) -> bytes | None:
    """The look-up key of a trainee's ID number; None where that is empty."""
    number = canonical_code(trainee.id_number)
    vault = context.vault
    return vault.look_up_key(ID_NUMBER, number) if number else None
