"""Two clerks at the vouchers of a claim: what each has, voucher by voucher, and the list that comes of the choice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pxtui.casework.office.versions import Newer
from pxtui.policy.facts import Voucher
from pxtui.policy.subsidy import yuan
from screens.application.claim_fields import from_voucher, to_vouchers
from screens.entry.effects import Row
from screens.frame.storing import FieldConflict, told_by

_NUMBER_SHOWN = 8


def conflicts(newer: Newer[tuple[Voucher, ...]], was: Sequence[Voucher], rows: Sequence[Row]) -> list[FieldConflict]:
    """The vouchers that a colleague added, changed or took out, unless the sheet has them likewise.

    Args:
        was: as the sheet was filled or stored last.
        rows: of the sheet.
    """
    before, theirs = _by_key(map(from_voucher, was)), _by_key(map(from_voucher, newer.now.value))
    # What is not whole is no voucher yet, and cannot be one that a colleague changed.
    mine = _by_key(map(from_voucher, to_vouchers([*rows])))
    by = told_by(newer.by_whom(lambda _before, _after: False))
    found = []
    for key in {**before, **theirs, **mine}:
        stood, stands, keyed = (_told(some.get(key)) for some in (before, theirs, mine))
        if stands not in (stood, keyed):
            takes_theirs = True if keyed == stood else None
            found.append(FieldConflict(key, f"凭证{key[-_NUMBER_SHOWN:]}", stood, stands, keyed, by, takes_theirs))
    return found


def merged(newer: Newer[tuple[Voucher, ...]], rows: Sequence[Row], taken: frozenset[str]) -> list[Row]:
    """The rows of the sheet with the colleague's vouchers in their place where those were chosen."""
    theirs, mine = _by_key(map(from_voucher, newer.now.value)), _by_key(rows)
    kept = [theirs.get(key) if key in taken else row for key, row in mine.items()]
    added = [row for key, row in theirs.items() if key in taken and key not in mine]
    return [row for row in (*kept, *added) if row is not None]


def _by_key(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their numbers, those without one and those that come again by their place among such."""
    counted: Counter[str] = Counter()
    found = {}
    for row in rows:
        number = row.get("number", "")
        counted[number] += 1
        key = number if number and counted[number] == 1 else f"{number}第{counted[number]}张"
        found[key] = row
    return found


def _told(row: Mapping[str, str] | None) -> str:
    if row is None:
        return "没有"
    (voucher,) = to_vouchers([dict(row)])
    return f"{yuan(voucher.amount_fen)}元 {voucher.issued_on} {voucher.payee} {voucher.payer}"
