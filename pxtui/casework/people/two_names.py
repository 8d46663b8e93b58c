"""Two names under one ID number, in a roster and on file: shown side by side, decided by the clerk with a reason."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlmodel import col, select

from db.models import Act, Case, Enrolment, Office, Person
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY, application_of
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import people_on_file
from pxtui.errors import Refused
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.text import canonical, same

USUAL_REASONS = ("改名", "前次录入有误", "同音字", "生僻字异体")
"""Usual reasons of a decision; the digits from 1 pick one."""

_MOST_ROWS_NAMED = 5


class NameChoice(StrEnum):
    """The decision between the name on file and the keyed name."""

    ON_FILE = "on-file"
    """The row takes the name on file."""
    KEYED = "keyed"
    """The file takes the name of the row."""


_ACTS = {NameChoice.ON_FILE: Act.IDENTITY_ON_FILE, NameChoice.KEYED: Act.IDENTITY_KEYED}


@dataclass(frozen=True, slots=True)
class TwoNames:
    """A row of a roster whose ID number is on file under another name, undecided."""

    position: int
    on_file: str
    keyed: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """A case with a person in its rosters."""

    number: str
    starts_on: date
    occupation: str
    applicant_name: str
    """Of a case of another office the office."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of the names under the number, with phone and cases."""

    name: str
    phone: str
    """Masked."""
    appearances: tuple[Appearance, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both names of a row with what the register has under each."""

    names: TwoNames
    masked_number: str
    on_file: Bearer
    keyed: Bearer
    others: tuple[Bearer, ...]
    """Further names under the number, from other rosters."""


def undecided(context: Context, number: str) -> tuple[TwoNames, ...]:
    """The rows of the case's roster whose ID number is on file under another name, in their order.

    Empty for a roster that may not be changed now.
    """
    case = find(context, number)
    if case.stage not in OPENING_ENTRY | CLAIM_ENTRY:
        return ()
    rows = context.session.exec(
        select(Enrolment.position, Person.name, Enrolment.name)
        .join(Person)
        .where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application_of(case.stage).value)
        .where(col(Enrolment.name) != col(Person.name), col(Enrolment.name) != "")
        .order_by(col(Enrolment.position))
    )
    return tuple(TwoNames(*row) for row in rows if not same_name(row[1], row[2]))


def require_decided(context: Context, number: str) -> None:
    """Refuse a roster with an undecided row (`undecided`).

    Raises:
        PxtuiError: there are undecided rows; the sentence names them.
    """
    rows = [str(names.position + 1) for names in undecided(context, number)]
    if rows:
        more = f"等{len(rows)}行" if len(rows) > _MOST_ROWS_NAMED else "行"
        named = "、".join(rows[:_MOST_ROWS_NAMED])
        raise Refused(f"花名册第{named}{more}的证号在台账里是另一个姓名，请在花名册按F3逐一核对后再继续。")


def side_by_side(context: Context, number: str, position: int) -> SideBySide:
    """Both names of the row at a position (from 0) with what the register has under each.

    Raises:
        PxtuiError: the row has no second name any more.
    """
    case = find(context, number)
    names = _names_at(context, number, position)
    row, person = _row_and_person(context, case, position)
    vault = context.vault
    appearances = _appearances(context, row)
    others = {name for name in appearances if not same(name, names.on_file) and not same(name, names.keyed)}
    return SideBySide(
        names,
        id_number.masked(row.unseal(vault, "id_number")),
        Bearer(names.on_file, phone.masked(person.unseal(vault, "phone")), appearances[canonical(names.on_file)]),
        Bearer(names.keyed, phone.masked(row.unseal(vault, "phone")), appearances[canonical(names.keyed)]),
        tuple(Bearer(name, "", appearances[name]) for name in sorted(others)),
    )


def decide(context: Context, number: str, names: TwoNames, decision: NameChoice, reason: str) -> tuple[TwoNames, ...]:
    """Decide between two names, for the file and this roster alike; returns the rows that are left undecided.

    Args:
        names: as shown to the clerk.
        reason: in the clerk's words.

    Raises:
        PxtuiError: the reason is missing, the row was changed since, the roster may not be changed now, or somebody
            else holds its lease.
    """
    if not canonical(reason):
        raise Refused("请写明理由，如改名、前次录入有误，再确认。")
    case = find(context, number)
    application = roster_edits.application_being_entered(context, case)
    if _names_at(context, number, names.position) != names:
        raise Refused("这一行的姓名已被改动，请返回花名册看过后再核对。")
    row, person = _row_and_person(context, case, names.position)
    stands = names.keyed if decision is NameChoice.KEYED else names.on_file
    falls = names.on_file if decision is NameChoice.KEYED else names.keyed
    vault = context.vault
    number_of_both = row.unseal(vault, "id_number")
    if decision is NameChoice.KEYED:
        person.seal(vault, phone=row.unseal(vault, "phone") or person.unseal(vault, "phone"))
        people_on_file.rename(context, person, stands)
    # Every row of the roster under the number, so that the name that fell is not asked about again.
    for position, trainee in roster_edits.near(context, case, application, names.position, [number_of_both]).items():
        if same(trainee.name, falls):
            roster_edits.put_row(context, number, position, replace(trainee, name=stands))
    outcome = {NameChoice.ON_FILE: "以台账为准", NameChoice.KEYED: "以现填为准"}[decision]
    journal.record(
        context,
        case,
        _ACTS[decision],
        f"核对花名册第{names.position + 1}行同一证号的两个姓名：{outcome}",
        before={"id_number": id_number.masked(number_of_both), "on_file": names.on_file, "keyed": names.keyed},
        after={"name": stands, "reason": reason.strip()},
    )
    return undecided(context, number)


def _names_at(context: Context, number: str, position: int) -> TwoNames:
    for names in undecided(context, number):
        if names.position == position:
            return names
    raise Refused(f"第{position + 1}行的证号没有别的姓名，不用核对，请返回。")


def _row_and_person(context: Context, case: Case, position: int) -> tuple[Enrolment, Person]:
    return context.session.exec(
        select(Enrolment, Person)
        .join(Person)
        .where(col(Enrolment.case_id) == case.id, col(Enrolment.position) == position)
        .where(col(Enrolment.application) == application_of(case.stage).value)
    ).one()


def _appearances(context: Context, row: Enrolment) -> defaultdict[str, tuple[Appearance, ...]]:
    """By name, the cases whose rosters have the row's ID number, the newest first, each once."""
    enrolled = context.session.exec(
        select(Enrolment.name, Case)
        .join(Case)
        .where(col(Enrolment.id_key) == row.id_key)
        .order_by(col(Case.starts_on).desc(), col(Case.id).desc())
    )
    found: defaultdict[str, tuple[Appearance, ...]] = defaultdict(tuple)
    for name, case in enrolled:
        whose, office = case.applicant_name, case.office_code
        if roles.is_of_another_office(context, office) and not roles.sees_all_offices(context):
            whose = context.session.get_one(Office, office).name
        appearance = Appearance(case.number, case.starts_on, case.occupation, whose)
        if canonical(name) and appearance not in found[canonical(name)]:
            found[canonical(name)] += (appearance,)
    return found
