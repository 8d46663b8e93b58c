"""Which vouchers of some hundred claims are used elsewhere: what `claim.filing` finds for one, by six statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.models import BundleVoucher, Case, ExchangedVoucher, UsedVoucher
from db.models import Voucher as VoucherRow
from pxtui.casework.office.context import Context
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy.facts import Voucher


@dataclass(slots=True)
class Uses:
    """The vouchers of the cases, and all others that have a number or its last eight digits in common with them."""

    own: defaultdict[int, list[Voucher]] = field(default_factory=lambda: defaultdict(list))
    """By case, in its order."""
    filed: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Key, tail, number as typed and case, in the order in which they were keyed."""
    known: list[tuple[str, str, str]] = field(default_factory=list)
    """Entered as used: key, tail, number."""
    exchanged: list[ExchangedVoucher] = field(default_factory=list)
    bundled: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_key: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_tail: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def index(self) -> None:
        """By key and by tail, so that a claim is not held against all vouchers of all."""
        for place, (key, tail, _, _) in enumerate(self.filed):
            self._by_key[key].append(place)
            if tail:
                self._by_tail[tail].append(place)

    def elsewhere(self, case: Case) -> tuple[str, ...]:
        """The numbers that are used elsewhere and are, or may be, one of a claim's."""
        typed = {key: voucher.number for voucher in self.own[case.id] if (key := voucher_key(voucher.number))}
        tails = {tail_of(key) for key in typed} - {""}
        here = {key: typed[key] for key, _, _ in self.known if key in typed}
        here |= {key: typed[key] for key in typed if self._first_keyed_elsewhere(key, case.id)}
        alike = {key: number for key, tail, number in self.known if tail in tails and key not in typed}
        for tail in tails:
            for key, number in self._older_with(tail, case.id):
                if key not in typed:
                    alike.setdefault(key, number)
        found = alike | here
        theirs = (typed.get(row.number_key, row.number) for row in self.exchanged if _counts(row, case, typed, tails))
        return tuple(dict.fromkeys((*(found[key] for key in sorted(found)), *theirs, *self.bundled[case.id])))

    def _first_keyed_elsewhere(self, key: str, case_id: int) -> bool:
        places = self._by_key[key]
        return bool(places) and self.filed[places[0]][3] != case_id

    def _older_with(self, tail: str, case_id: int) -> list[tuple[str, str]]:
        """Of other cases what ends alike and was keyed before the last one of this case."""
        places = self._by_tail[tail]
        last_own = max((place for place in places if self.filed[place][3] == case_id), default=-1)
        older = [self.filed[place] for place in reversed(places) if place < last_own]
        return [(key, number) for key, _, number, owner in older if owner != case_id]


def uses_of(context: Context, case_ids: Sequence[int]) -> Uses:
    """Read what `Uses` holds for these cases."""
    session, uses = context.session, Uses()
    rows = session.scalars(
        select(VoucherRow)
        .where(col(VoucherRow.case_id).in_(case_ids))
        .order_by(col(VoucherRow.case_id), col(VoucherRow.position))
    )
    for row in rows:
        uses.own[row.case_id].append(Voucher(row.number, row.issued_on, row.payer, row.payee, row.amount_fen))
    keys, tails = _own(case_ids)
    filed = (
        select(col(VoucherRow.number_key), col(VoucherRow.number_tail), col(VoucherRow.number), col(VoucherRow.case_id))
        .where(or_(col(VoucherRow.number_key).in_(keys), col(VoucherRow.number_tail).in_(tails)))
        .order_by(col(VoucherRow.id))
    )
    uses.filed = [(key, tail, number, case_id) for key, tail, number, case_id in session.execute(filed)]
    used = select(col(UsedVoucher.number_key), col(UsedVoucher.number_tail), col(UsedVoucher.number)).where(
        or_(col(UsedVoucher.number_key).in_(keys), col(UsedVoucher.number_tail).in_(tails))
    )
    uses.known = [(key, tail, number) for key, tail, number in session.execute(used)]
    exchanged = select(ExchangedVoucher).where(
        or_(col(ExchangedVoucher.number_key).in_(keys), col(ExchangedVoucher.number_tail).in_(tails)),
        col(ExchangedVoucher.struck) == "",
    )
    uses.exchanged = list(session.scalars(exchanged))
    for told in session.scalars(
        select(BundleVoucher).where(col(BundleVoucher.case_id).in_(case_ids)).order_by(col(BundleVoucher.id))
    ):
        uses.bundled[told.case_id].append(told.number)
    uses.index()
    return uses


def _own(case_ids: Sequence[int]) -> tuple[Any, Any]:
    """The keys and the tails of the cases' own vouchers, as parts of a statement."""
    own = aliased(VoucherRow)
    of_cases = col(own.case_id).in_(case_ids)
    keys = select(col(own.number_key)).where(of_cases, col(own.number_key) != "")
    return keys, select(col(own.number_tail)).where(of_cases, col(own.number_tail) != "")


def _counts(row: ExchangedVoucher, case: Case, typed: dict[str, str], tails: set[str]) -> bool:
    """Whether another office's voucher counts against a claim, see `exchange.known.voucher_uses`."""
    is_alike = row.number_key in typed or row.number_tail in tails
    return is_alike and (row.paid or row.claimed_on <= (case.claim_received_on or case.ends_on))
