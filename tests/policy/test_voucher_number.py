"""One invoice however its number is written, and never two invoices taken for one."""

import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pxtui.identifiers.voucher_number import is_tax_invoice, may_be_one_invoice, tail_of, voucher_key

PLAIN = st.text(string.ascii_letters + string.digits, min_size=1, max_size=24)
PUT_IN = st.text(
    "\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u180e\u034f\ufeff\u00a0\u3000 \t-—–_./\\·:：，()（）[]#号第", max_size=3
)
DIGITS_8, DIGITS_20 = (st.text(string.digits, min_size=size, max_size=size) for size in (8, 20))


def full_width(text: str) -> str:
    """The same in the characters that an input method writes."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def strewn(data: st.DataObject, number: str) -> str:
    """The number with something that is no letter or digit at any place."""
    return "".join(data.draw(PUT_IN) + character for character in number) + data.draw(PUT_IN)


@given(PLAIN, st.data())
def test_what_is_put_between_changes_nothing(number: str, data: st.DataObject) -> None:
    assert voucher_key(strewn(data, number)) == voucher_key(number)


@given(PLAIN, st.sampled_from([str.upper, str.lower, full_width]))
def test_case_and_width_change_nothing(number: str, written: Callable[[str], str]) -> None:
    assert voucher_key(written(number)) == voucher_key(number)


@given(DIGITS_8 | DIGITS_20, st.sampled_from(["№", "No", "NO.", "no：", "Ｎｏ", "N\u200cO"]), st.data())
def test_a_number_sign_before_a_digit_is_no_part_of_it(number: str, sign: str, data: st.DataObject) -> None:
    assert voucher_key(sign + strewn(data, number)) == number


@given(PLAIN, PLAIN, st.data())
@example("NO", "O", None)
@example("NOA1", "A1", None)
@example("1NO2", "12", None)
@example("01234567", "1234567", None)
def test_two_different_numbers_stay_different(number: str, other: str, data: st.DataObject | None) -> None:
    plain = [_without_sign(text.upper()) for text in (number, other)]
    written = (number, other) if data is None else (strewn(data, number), strewn(data, other))
    assert (voucher_key(written[0]) == voucher_key(written[1])) is (plain[0] == plain[1])


def _without_sign(upper: str) -> str:
    return upper[2:] if upper[:2] == "NO" and upper[2:3].isdigit() else upper


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("回单一", "回单一"),
        ("回 单\u200b一", "回单一"),
        ("回单1", "1"),
        ("ß1", "1"),
        ("①②", "12"),
        ("١٢٣٤٥٦٧٨", "١٢٣٤٥٦٧٨"),
        ("", ""),
        (" \u200b", ""),
        (None, ""),
    ],
)
def test_a_number_without_letter_or_digit_is_compared_as_text(number: str | None, key: str) -> None:
    assert voucher_key(number) == key


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("04412001", True),
        ("№0441-2001", True),
        ("510020000104412001", True),
        ("05100200000104412001", True),
        ("0441200", False),
        ("044120011", False),
        ("5100200000104412001", False),
        ("0510020000010441200", False),
        ("A4412001", False),
        ("١٢٣٤٥٦٧٨", False),
        ("", False),
    ],
)
def test_a_tax_invoice_has_8_18_or_20_digits(number: str, is_one: bool) -> None:
    assert is_tax_invoice(number) is is_one


@given(DIGITS_8, st.text(string.digits, min_size=1, max_size=14))
def test_one_invoice_is_told_with_its_code_and_without(number: str, code: str) -> None:
    may_be = len(code) in (10, 12)
    assert may_be_one_invoice(number, code + number) is may_be
    assert may_be_one_invoice(code + number, number) is may_be
    assert (tail_of(code + number) == number) is may_be


@given(DIGITS_8, DIGITS_20)
def test_another_end_is_another_invoice(number: str, long: str) -> None:
    assert may_be_one_invoice(number, long) is long.endswith(number)
    assert not may_be_one_invoice(long, "9" * 10 + long[-8:])
    assert not may_be_one_invoice(number, number)
