"""What one office tells another: its own classes with their people, and the vouchers of its own claims."""

import re
from dataclasses import dataclass
from datetime import date

from pxtui.errors import Damaged
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.voucher_number import voucher_key
from pxtui.policy import codec
from pxtui.policy.facts import Level

_CASE_NUMBER = re.compile("线培〔[0-9]{4}〕[A-Z]{1,4}-[0-9]{4,6}")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class LedgerTraining:
    """A training of one person in a case of the sender."""

    case: str
    """Its printed number."""
    id_number: str
    occupation: str
    level: Level | None
    starts_on: date
    ends_on: date
    held_since: date
    """The day from which the sender holds the place for this person."""
    by_claim: bool
    """The claim says who was trained, not the opening."""
    paid: bool


@dataclass(frozen=True, slots=True)
class LedgerVoucher:
    """A voucher in a claim of the sender."""

    case: str
    number: str
    starts_on: date
    """Of its class."""
    claimed_on: date
    paid: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """A whole file."""

    trainings: tuple[LedgerTraining, ...]
    vouchers: tuple[LedgerVoucher, ...]


def written(ledger: Ledger) -> str:
    """As text."""
    return codec.dump_text(Ledger, ledger)


def read(text: str) -> Ledger:
    """What `written` wrote.

    Raises:
        Damaged: it is something else, or a row of it says nothing that can be used.
    """
    try:
        ledger = codec.load_text(Ledger, text)
    except ValueError:
        raise Damaged("交换文件的内容不合格式，没有导入；请核对双方程序的版本。") from None
    sound = all(map(_is_sound_training, ledger.trainings)) and all(map(_is_sound_voucher, ledger.vouchers))
    if not sound:
        raise Damaged("交换文件里有读不懂的行，没有导入；请对方核对后重新导出。")
    return ledger


def _is_sound_training(row: LedgerTraining) -> bool:
    return _is_number(row.case) and len(row.occupation) <= _LONGEST and bool(with_century(row.id_number))


def _is_sound_voucher(row: LedgerVoucher) -> bool:
    return _is_number(row.case) and len(row.number) <= _LONGEST and bool(voucher_key(row.number))


def _is_number(text: str) -> bool:
    return _CASE_NUMBER.fullmatch(text) is not None
