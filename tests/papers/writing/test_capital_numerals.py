import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pxtui.errors import PxtuiError
from pxtui.papers.writing.capital_numerals import in_capitals, in_figures

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (60, "人民币陆角"),
        (60_000, "人民币陆佰元整"),
        (1_000_000, "人民币壹万元整"),
        (1_000_000_0, "人民币壹拾万元整"),
        (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (32_504, "人民币叁佰贰拾伍元零肆分"),
        (140_950, "人民币壹仟肆佰零玖元伍角"),
        (600_714, "人民币陆仟零柒元壹角肆分"),
        (10_050_030, "人民币壹拾万零伍佰元叁角"),
        (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
        (10_000_000_100, "人民币壹亿零壹元整"),
        (1_001_000_000_000, "人民币壹佰亿壹仟万元整"),
        (100_000_000_000_005, "人民币壹万亿元零伍分"),
    ],
)
def test_amounts_as_the_payment_rules_write_them(fen: int, capitals: str) -> None:
    assert in_capitals(fen) == capitals


@given(st.integers(min_value=0, max_value=10**18 - 1))
@example(100_010_001_00)
@example(20_000_030_000_00)
def test_capitals_read_back_to_the_same_amount(fen: int) -> None:
    capitals = in_capitals(fen)

    assert _read(capitals) == fen
    assert "零零" not in capitals
    assert capitals.endswith("整") == (fen % 100 == 0)
    assert all(f"零{unit}" not in capitals for unit in "拾佰仟万亿角分")


def test_a_negative_amount_has_figures_but_no_capitals() -> None:
    assert in_figures(-1_640_902) == "-￥16409.02"
    with pytest.raises(PxtuiError, match="负数"):
        in_capitals(-1)


def _read(capitals: str) -> int:
    """The amount in fen, read from left to right as a teller does."""
    body = capitals.removeprefix("人民币").removesuffix("整")
    assert capitals.startswith("人民币")
    yuan, _, rest = body.rpartition("元")
    fen = 0
    for digit, unit in zip(rest.lstrip("零")[::2], rest.lstrip("零")[1::2], strict=True):
        fen += _DIGITS.index(digit) * {"角": 10, "分": 1}[unit]
    return _read_whole(yuan) * 100 + fen


def _read_whole(words: str) -> int:
    total = section = digit = 0
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _PLACES:
            section += digit * _PLACES[character]
            digit = 0
        else:
            section += digit
            total = total + section * 10**4 if character == "万" else (total + section) * 10**8
            section = digit = 0
    return total + section + digit
