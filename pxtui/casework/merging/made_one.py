"""What several registers have of the same thing is made one: people, enterprises, staff, funds, holidays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import inspect
from sqlmodel import SQLModel, select

from db.merging.plan import Place, Plan
from db.models import (
    CalendarVersion,
    CatalogueTariff,
    ExchangePartner,
    FrozenRules,
    Fund,
    Lifting,
    LiftingCorrection,
    Office,
    OfficeSetting,
    OtherInitials,
    PrivacySetting,
    StaffLogin,
)
from pxtui.casework.merging import of_the_city, told_elsewhere
from pxtui.casework.merging.conflicts import Kind
from pxtui.casework.merging.decisions import Decided
from pxtui.casework.merging.told import Old, OnFile, Told
from pxtui.identifiers.text import canonical
from pxtui.policy.parameters import shipped_rulebook

Table = TypeVar("Table", bound=SQLModel)
_OfOffice = Office | OfficeSetting | PrivacySetting | ExchangePartner


@dataclass(frozen=True, slots=True)
class Together:
    """Several registers with what they say and what was decided."""

    registers: Sequence[Old]
    tellers: Sequence[Told]
    decided: Mapping[tuple[Kind, str], Decided]
    """By kind and the first of what it is about."""

    @property
    def offices(self) -> list[str]:
        """The codes of their offices."""
        return [told.code for told in self.tellers]

    def rows(self, table: type[Table]) -> Iterable[tuple[int, Table]]:
        """All rows of a table, those of the first register first."""
        for at, register in enumerate(self.registers):
            key = inspect(table, raiseerr=True).primary_key
            yield from ((at, row) for row in register.session.exec(select(table).order_by(*key)))

    def chosen(self, kind: Kind, about: str) -> int | None:
        """The register whose word counts; None: nothing had to be decided."""
        found = self.decided.get((kind, about))
        if found is None or found.choice >= len(found.conflict.sources):
            return None
        return found.conflict.sources[found.choice]


def plan_of(registers: Sequence[Old], tellers: Sequence[Told], decided: Iterable[Decided]) -> Plan:
    """What becomes of rows that several registers have, all that they say otherwise being decided."""
    by_subject = {(item.conflict.kind, item.conflict.subject[0]): item for item in decided if item.conflict.subject}
    together = Together(registers, tellers, by_subject)
    plan = Plan(names=[{} for _ in registers])
    _join_on_file(together, plan, "person", Kind.PERSON, [told.people for told in tellers])
    _join_on_file(together, plan, "applicant", Kind.APPLICANT, [told.applicants for told in tellers])
    _leave_out_readings(together, plan)
    _join_staff(together, plan)
    _join_logins(together, plan)
    _offices(together, plan)
    _funds(together, plan)
    _keep_one(together, plan, FrozenRules, lambda row: row.digest)
    _of_the_city(together, plan)
    told_elsewhere.make_one(registers, tellers, plan)
    return plan


def _join_on_file(
    together: Together, plan: Plan, table: str, kind: Kind, on_file: Sequence[Mapping[str, OnFile]]
) -> None:
    """People and enterprises: the row that was chosen, else the one of the newest case."""
    by_key: dict[str, dict[int, OnFile]] = {}
    for at, rows in enumerate(on_file):
        for key, row in rows.items():
            by_key.setdefault(key, {})[at] = row
    for key, found in by_key.items():
        chosen = together.chosen(kind, key)
        stays = max(found, key=lambda at: (found[at].newest, -at)) if chosen is None else chosen
        kept = Place(stays, table, (found[stays].id,))
        plan.same.update({Place(at, table, (row.id,)): kept for at, row in found.items() if at != stays})


def _leave_out_readings(together: Together, plan: Plan) -> None:
    """Readings of a name stay with the row whose name it is."""
    for at, row in together.rows(OtherInitials):
        owner = ("person", row.person_id) if row.person_id is not None else ("applicant", row.applicant_id)
        if not plan.is_taken(Place(at, owner[0], (owner[1],))):
            plan.left_out.add(Place(at, "other_initials", (row.id,)))


def _join_staff(together: Together, plan: Plan) -> None:
    names = [dict[str, str]() for _ in together.registers]
    taken = {name for told in together.tellers for name in told.staff}
    for (kind, name), decided in together.decided.items():
        if kind is not Kind.STAFF:
            continue
        sources = decided.conflict.sources
        members = {at: Place(at, "staff", (together.tellers[at].staff[name].id,)) for at in sources}
        if (chosen := together.chosen(kind, name)) is not None:
            plan.same.update({place: members[chosen] for at, place in members.items() if at != chosen})
            continue
        for at in sources[1:]:
            names[at][name] = _another_name(canonical(f"{name}（{_short(together, at)}）"), taken)
            taken.add(names[at][name])
    plan.names = names


def _another_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "又"
    return name


def _short(together: Together, at: int) -> str:
    offices = shipped_rulebook().latest.offices
    told = together.tellers[at]
    return offices[told.code].short_name if told.code in offices else told.office


def _join_logins(together: Together, plan: Plan) -> None:
    kept: dict[tuple[str, str], Place] = {}
    for at, row in together.rows(StaffLogin):
        place = Place(at, "staff_login", (row.id,))
        chosen = together.chosen(Kind.LOGIN, row.value)
        login = row.kind.value, row.value
        if login in kept or chosen not in (None, at):
            plan.left_out.add(place)
        else:
            kept[login] = place


def _offices(together: Together, plan: Plan) -> None:
    """What is of an office comes from its own register."""
    tables: tuple[type[_OfOffice], ...] = (Office, OfficeSetting, PrivacySetting, ExchangePartner)
    for table in tables:
        seen: set[str] = set()
        for at, row in together.rows(table):
            code = row.code if isinstance(row, Office) else row.office_code
            own = together.offices.index(code) if code in together.offices else None
            is_here = isinstance(row, ExchangePartner) and own is not None
            chosen = together.chosen(Kind.OF_THE_CITY, of_the_city.partner(code))
            wanted = own if not isinstance(row, ExchangePartner) else chosen
            if is_here or code in seen or wanted not in (None, at):
                plan.left_out.add(Place(at, str(table.__tablename__), (code,)))
            else:
                seen.add(code)


def _funds(together: Together, plan: Plan) -> None:
    """One of each code, with the grant that was decided."""
    seen: set[str] = set()
    for at, row in together.rows(Fund):
        place = Place(at, "fund", (row.code,))
        chosen = together.chosen(Kind.OF_THE_CITY, of_the_city.fund_name(row.code))
        if row.code in seen or chosen not in (None, at):
            plan.left_out.add(place)
            continue
        seen.add(row.code)
        if (decided := together.decided.get((Kind.FUND, row.code))) is not None:
            plan.changed[place] = {"granted_fen": _granted(together, row.code, decided.choice)}


def _granted(together: Together, code: str, choice: int) -> int:
    """The first choice is the sum, each further one an amount that a register has, the smallest first."""
    amounts = [told.granted[code] for told in together.tellers if code in told.granted]
    return sum(amounts) if choice == 0 else sorted(set(amounts))[choice - 1]


def _keep_one(
    together: Together,
    plan: Plan,
    table: type[Table],
    key: Callable[[Table], object],
    about: Callable[[Table], str] | None = None,
) -> None:
    """Of rows with the same key the first stays, or that of the register whose word counts.

    `about`: what was decided on, see `of_the_city`; None: nothing is.
    """
    seen: set[object] = set()
    names = [column.name for column in inspect(table, raiseerr=True).primary_key]
    for at, row in together.rows(table):
        chosen = together.chosen(Kind.OF_THE_CITY, about(row)) if about is not None else None
        if key(row) in seen or chosen not in (None, at):
            plan.left_out.add(Place(at, str(table.__tablename__), tuple(getattr(row, name) for name in names)))
        else:
            seen.add(key(row))


def _of_the_city(together: Together, plan: Plan) -> None:
    signed = {(row.year, row.document) for _, row in together.rows(CalendarVersion) if row.signed_on is not None}
    for at, row in together.rows(CalendarVersion):
        # What waits for a signature in one office was signed in another.
        if row.signed_on is None and (row.year, row.document) in signed:
            plan.left_out.add(Place(at, "calendar_version", (row.id,)))
    _keep_one(together, plan, CalendarVersion, _calendar_key, of_the_city.holidays)
    _keep_one(together, plan, CatalogueTariff, _tariff_key, of_the_city.tariff)
    _lifting(together, plan)


def _calendar_key(row: CalendarVersion) -> object:
    return row.year, row.document, row.signed_on is None


def _tariff_key(row: CatalogueTariff) -> object:
    return row.occupation_key, row.level, row.effective_on


def _lifting(together: Together, plan: Plan) -> None:
    """The announcement of one register, with what was corrected there: a signed one before one that waits."""
    rows = dict(together.rows(Lifting))
    if not rows:
        return
    chosen = together.chosen(Kind.OF_THE_CITY, of_the_city.LIFTING)
    stays = min(rows, key=lambda at: (rows[at].signed_on is None, at)) if chosen is None else chosen
    plan.left_out |= {Place(at, "lifting", (row.id,)) for at, row in rows.items() if at != stays}
    corrections = together.rows(LiftingCorrection)
    plan.left_out |= {Place(at, "lifting_correction", (row.id,)) for at, row in corrections if at != stays}
