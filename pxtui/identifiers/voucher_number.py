"""Numbers of vouchers in the form in which they are compared: one invoice written in two ways is one."""

import re
import unicodedata

from pxtui.identifiers.text import canonical

NUMBER_DIGITS = 8
"""Of an invoice that has a code besides its number."""
WITH_CODE_DIGITS = frozenset({18, 20})
"""A code of 10 or 12 digits and the number; a fully digital invoice has 20 without a code."""

_OTHERS = re.compile("[^0-9A-Za-z]+")
_DIGITS = re.compile("[0-9]+")
_NUMBER_SIGN = re.compile("^NO(?=[0-9])")


def voucher_key(number: str | None) -> str:
    """The ASCII letters and digits of a number after NFKC, in upper case, without a leading NO before a digit.

    So `№ 1234-5678` and `12345678` are one number, whatever invisible characters stand between. A number without such
    a character is compared like any text.
    """
    # Upper case comes last: it would make ASCII letters of others, such as SS of ß.
    plain = _OTHERS.sub("", unicodedata.normalize("NFKC", number or "")).upper()
    return _NUMBER_SIGN.sub("", plain) or canonical(number)


def is_tax_invoice(number: str | None) -> bool:
    """Whether a tax invoice can have this number: 8 digits, or 18 or 20 with its code or fully digital."""
    return tail_of(voucher_key(number)) != ""


def tail_of(key: str) -> str:
    """The last eight digits of the key of a tax invoice; empty where no tax invoice can have this number."""
    is_one = _DIGITS.fullmatch(key) is not None and (len(key) == NUMBER_DIGITS or len(key) in WITH_CODE_DIGITS)
    return key[-NUMBER_DIGITS:] if is_one else ""


def may_be_one_invoice(key: str, other: str) -> bool:
    """Whether two different keys may be one invoice, once with its code and once without."""
    one_has_a_code = (len(key) == NUMBER_DIGITS) is not (len(other) == NUMBER_DIGITS)
    return one_has_a_code and tail_of(key) == tail_of(other) != ""
