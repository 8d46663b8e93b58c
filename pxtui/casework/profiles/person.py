"""The page of a person: every training of all offices and years, the places of the year, names, phones, neighbours.

Of another office's case it tells what the rules need of it: the days, the occupation, the office. Whoever sees the
cases of all offices reads all of it, masked like everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from db.models import Act, BundleTraining, Case, EarlierTraining, Enrolment, ExchangedTraining, Person
from pxtui.casework.exchange import told_trainings
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.people import reveals
from pxtui.casework.profiles import phone_sharing
from pxtui.casework.profiles.of_person import EnrolledRow, TrainingLine, rows_of, training_lines
from pxtui.casework.profiles.phone_sharing import SharedPhone
from pxtui.casework.profiles.places import PlacesOfYear, places_of_years
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.text import canonical, canonical_code

ELSEWHERE = "（其他部门的人员）"
"""Called so where the name stands in rosters of other offices alone."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the register knows of somebody. All numbers are masked."""

    key: bytes
    """Look-up key of the number under which the page was opened."""
    name: str
    masked_number: str
    other_names: tuple[str, ...]
    """Of rosters, with a case that has it: 张风（线培〔2020〕DQ-0003）."""
    phones: tuple[str, ...]
    """Those of the rosters, the newest first, with the cases that have them."""
    trainings: tuple[TrainingLine, ...]
    """Everywhere, whatever became of them, the newest first."""
    years: tuple[PlacesOfYear, ...]
    """The present year first, then those with trainings, back."""
    shared_phones: tuple[SharedPhone, ...]
    other_numbers: tuple[str, ...]
    """Of people with the same name and phone, masked: perhaps this person before the number was changed."""

    @property
    def this_year(self) -> PlacesOfYear:
        """The places of the present year."""
        return self.years[0]


def key_of(context: Context, number: str) -> bytes:
    """The look-up key of a number that was typed, by which a page is opened and which names nobody."""
    return context.vault.look_up_key(ID_NUMBER, canonical_code(number))


def key_of_row(context: Context, number: str, place: int) -> bytes:
    """The same of a row of a case's roster.

    Args:
        place: of the row in the roster, from 0.

    Raises:
        PxtuiError: there is no such row, or it has no number yet.
    """
    people = roster_edits.rows(context, number)
    if not 0 <= place < len(people) or not canonical_code(people[place].id_number):
        raise NotFound("这一行还没有存下的证号，没有可看的人员页。")
    return key_of(context, people[place].id_number)


def person_page(context: Context, key: bytes) -> PersonPage:
    """The page of whoever bears the number with this look-up key.

    Raises:
        NotFound: nothing is known under it.
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    number = _number_under(context, key)
    keys = keys_of_number(context, number)
    rows = rows_of(context, keys)
    seen = [row for row in rows if row.is_seen]
    on_file = _on_file(context, keys)
    shared = phone_sharing.of_phones(context, {row.phone_key for row in seen if row.phone_key}, besides=keys)
    name = _name(context, on_file, seen)
    told = told_trainings.of_number(context, number)
    years = places_of_years(context, told)
    return PersonPage(
        key=key,
        name=name,
        masked_number=id_number.masked(number),
        other_names=tuple(_other_names(name, seen)),
        phones=tuple(_phones(seen)),
        trainings=training_lines(context, rows, told, years),
        years=years,
        shared_phones=shared,
        other_numbers=tuple(
            dict.fromkeys(neighbour.masked_number for neighbour in shared if same_name(neighbour.name, name))
        ),
    )


def open_in_full(context: Context, key: bytes, reason: str) -> str:
    """The ID number and the phones of a person in full, in a sentence; the journal has who looked and why.

    Raises:
        PxtuiError: as in `reveals.of_row`, or no reason is given.
    """
    require_people(context)
    number = _number_under(context, key)
    seen = [row for row in rows_of(context, keys_of_number(context, number)) if row.is_seen]
    whom = reveals.about(context, number)
    counted = reveals.with_reason(context, Act.READ_PERSON, "看全号：人员页的证号、电话", whom, reason)
    phones = "、".join(dict.fromkeys(row.phone for row in seen if row.phone)) or "没有"
    return f"证号{number} 电话{phones} {counted}"


def keys_of_number(context: Context, number: str) -> list[bytes]:
    """The look-up keys of the forms of one number: rosters keep it as it was handed in, of 15 digits or of 18."""
    forms = {canonical_code(number), id_number.with_century(number)}
    forms |= {form[:6] + form[8:-1] for form in forms if len(form) == 18 and form[6:8] == "19"}
    return sorted(context.vault.look_up_key(ID_NUMBER, form) for form in forms)


def _number_under(context: Context, key: bytes) -> str:
    """The number in clear that some table has under a key."""
    tables = (Person, Enrolment, EarlierTraining, ExchangedTraining, BundleTraining)
    for table in tables:
        row = context.session.exec(select(table).where(col(table.id_key) == key).limit(1)).first()
        if row is not None:
            return row.unseal(context.vault, "id_number")
    raise NotFound("台账里没有这个证号的人员，请核对证号；名单里还没有的人，没有可看的。")


def _on_file(context: Context, keys: Sequence[bytes]) -> Person | None:
    return context.session.exec(select(Person).where(col(Person.id_key).in_(keys))).first()


def _name(context: Context, on_file: Person | None, seen: Sequence[EnrolledRow]) -> str:
    if on_file is not None and (seen or not roles.of_seen_offices(context, Case.office_code)):
        return on_file.name
    return next((row.name for row in seen if row.name), ELSEWHERE if on_file is not None else "")


def _other_names(name: str, seen: Iterable[EnrolledRow]) -> Iterable[str]:
    found: dict[str, str] = {}
    for row in seen:
        if canonical(row.name) and not same_name(row.name, name):
            found.setdefault(canonical(row.name), row.case.display_number)
    return (f"{other}（{number}）" for other, number in found.items())


def _phones(seen: Iterable[EnrolledRow]) -> Iterable[str]:
    cases: dict[str, dict[str, None]] = {}
    for row in seen:
        if row.phone:
            cases.setdefault(phone.masked(row.phone), {})[row.case.number] = None
    return (f"{masked}（{'、'.join(numbers)}）" for masked, numbers in cases.items())
