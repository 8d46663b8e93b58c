"""What registers were told of other offices: of those that become one with them the cases themselves take its place.

Lists of earlier trainings and vouchers of others are made one by what identifies a training or an invoice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlmodel import col, select

from db import history as archive_history
from db.merging.plan import Place, Plan
from db.models import EarlierTraining, ExchangedTraining, ExchangedVoucher, ExchangeImport, UsedVoucher
from pxtui.casework.merging.told import Old, Told
from pxtui.casework.people.past_trainings import STAGES, Telling, together
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical
from pxtui.identifiers.voucher_number import voucher_key
from pxtui.policy.facts import Delivery
from pxtui.policy.parameters import shipped_rulebook

_Training = tuple[str, str, str | None, date]
"""ID number with its century, canonical occupation, level, first day: what makes it one training."""


def make_one(registers: Sequence[Old], tellers: Sequence[Told], plan: Plan) -> None:
    """Enter into the plan what is left out, because the register has the case itself or has been told it already."""
    offices = {told.code for told in tellers}
    _exchanged_trainings(registers, plan, offices)
    _exchanged_vouchers(registers, plan, offices)
    _imports(registers, plan, offices)
    _earlier_trainings(registers, plan)
    _used_vouchers(registers, tellers, plan)


def _exchanged_trainings(registers: Sequence[Old], plan: Plan, offices: set[str]) -> None:
    newest: dict[tuple[str, str, str], tuple[datetime, Place]] = {}
    for at, register in enumerate(registers):
        for row in register.session.exec(select(ExchangedTraining).order_by(col(ExchangedTraining.id))):
            place = Place(at, "exchanged_training", (row.id,))
            number = with_century(row.unseal(register.vault, "id_number"))
            if row.office_code in offices:
                plan.left_out.add(place)
            else:
                _keep_newest(plan, newest, (row.office_code, row.case_number, number), row.told_at, place)


def _exchanged_vouchers(registers: Sequence[Old], plan: Plan, offices: set[str]) -> None:
    newest: dict[tuple[str, str, str], tuple[datetime, Place]] = {}
    for at, register in enumerate(registers):
        for row in register.session.exec(select(ExchangedVoucher).order_by(col(ExchangedVoucher.id))):
            place = Place(at, "exchanged_voucher", (row.id,))
            if row.office_code in offices:
                plan.left_out.add(place)
            else:
                _keep_newest(plan, newest, (row.office_code, row.case_number, row.number_key), row.told_at, place)


def _keep_newest(
    plan: Plan,
    newest: dict[tuple[str, str, str], tuple[datetime, Place]],
    key: tuple[str, str, str],
    told_at: datetime,
    place: Place,
) -> None:
    known = newest.get(key)
    if known is None or known[0] < told_at:
        newest[key] = told_at, place
        if known is not None:
            plan.left_out.add(known[1])
    else:
        plan.left_out.add(place)


def _imports(registers: Sequence[Old], plan: Plan, offices: set[str]) -> None:
    seen: set[tuple[str, str]] = set()
    for at, register in enumerate(registers):
        for row in register.session.exec(select(ExchangeImport).order_by(col(ExchangeImport.id))):
            file = row.office_code, row.digest
            if row.office_code in offices or file in seen:
                plan.left_out.add(Place(at, "exchange_import", (row.id,)))
            seen.add(file)


def _earlier_trainings(registers: Sequence[Old], plan: Plan) -> None:
    """A training that says nothing new is left out, and a class that is a case of another of these registers."""
    listed = [list(_listed(register)) for register in registers]
    people = {training[0] for rows in listed for _, training in rows}
    filed = [_filed(register, people) for register in registers]
    known = _Known()
    for at, rows in enumerate(listed):
        of_others = set().union(*(some for other, some in enumerate(filed) if other != at))
        known.begin()
        for row, training in rows:
            is_case = row.delivery != Delivery.OFFLINE and training in of_others
            if is_case or not known.is_news(row, training):
                plan.left_out.add(Place(at, "earlier_training", (row.id,)))


class _Known:
    """What the lists so far told, as `past_trainings.insert_missing` takes it."""

    def __init__(self) -> None:
        self._told: dict[tuple[_Training, bool], Telling] = {}
        self._most: Counter[tuple[_Training, bool, Telling]] = Counter()
        self._here: Counter[tuple[_Training, bool, Telling]] = Counter()

    def begin(self) -> None:
        """Another register."""
        self._here.clear()

    def is_news(self, row: EarlierTraining, training: _Training) -> bool:
        """Whether a row says more than what is known; where no occupation is told, whether it is one more."""
        number, occupation, *_ = training
        which, telling = (training, row.subsidised), (row.ends_on, row.paid)
        if not number:
            return True
        if not occupation:
            place = (*which, telling)
            self._here[place] += 1
            is_more = self._here[place] > self._most[place]
            self._most[place] = max(self._most[place], self._here[place])
            return is_more
        before = self._told.get(which)
        self._told[which] = telling if before is None else together(before, telling)
        return before != self._told[which]


def _listed(register: Old) -> Iterator[tuple[EarlierTraining, _Training]]:
    for row in register.session.exec(select(EarlierTraining).order_by(col(EarlierTraining.id))):
        number = with_century(row.unseal(register.vault, "id_number"))
        yield row, (number, canonical(row.occupation), row.level, row.starts_on)


def _filed(register: Old, people: set[str]) -> set[_Training]:
    """The trainings of these people that are cases of a register."""
    numbers = {register.vault.look_up_key(ID_NUMBER, number): number for number in people if number}
    found = archive_history.filed_trainings_of(register.session, list(numbers), STAGES)
    return {(numbers[row.id_key], canonical(row.occupation), row.level, row.starts_on) for row in found}


def _used_vouchers(registers: Sequence[Old], tellers: Sequence[Told], plan: Plan) -> None:
    """One of each number; what was told of a case that is here now is that case."""
    seen: set[str] = set()
    for at, register in enumerate(registers):
        for row in register.session.exec(select(UsedVoucher).order_by(col(UsedVoucher.id))):
            key = row.number_key or voucher_key(row.number)
            if key in seen or _is_here(row, key, at, tellers):
                plan.left_out.add(Place(at, "used_voucher", (row.id,)))
            else:
                seen.add(key)


def _is_here(row: UsedVoucher, key: str, at: int, tellers: Sequence[Told]) -> bool:
    """Whether a voucher was told by an office whose case it stands in, by its name or the number of the case."""
    for other, told in enumerate(tellers):
        case = told.vouchers.get(key)
        if other != at and case is not None and any(name in row.source for name in (*_names(told), case)):
            return True
    return False


def _names(told: Told) -> Iterator[str]:
    yield told.office
    if (office := shipped_rulebook().latest.offices.get(told.code)) is not None:
        yield office.short_name
