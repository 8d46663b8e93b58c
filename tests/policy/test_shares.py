"""What is paid for a class is shared out among its people, to the fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.casework.printed.asking import shares_in_words
from pxtui.policy.subsidy import shares


@pytest.mark.parametrize(
    ("total", "heads", "each"),
    [
        (100_000, 3, (33_334, 33_333, 33_333)),
        (180_000, 3, (60_000, 60_000, 60_000)),
        (2, 3, (1, 1, 0)),
        (0, 2, (0, 0)),
        (100, 0, ()),
    ],
)
def test_the_first_ones_get_a_fen_more_where_it_cannot_be_divided(
    total: int, heads: int, each: tuple[int, ...]
) -> None:
    assert shares(total, heads) == each


@given(st.integers(0, 10**9), st.integers(1, 2000))
def test_the_shares_add_up_and_differ_by_a_fen_at_most(total: int, heads: int) -> None:
    each = shares(total, heads)
    assert (len(each), sum(each)) == (heads, total)
    assert max(each) - min(each) <= 1
    assert list(each) == sorted(each, reverse=True)


@pytest.mark.parametrize(
    ("total", "heads", "sentence"),
    [
        (100_000, 3, "前1人每人333.34元，其余2人每人333.33元"),
        (120_000, 2, "每人600.00元"),
        (0, 0, ""),
    ],
)
def test_the_shares_are_told_in_a_sentence(total: int, heads: int, sentence: str) -> None:
    assert shares_in_words(total, heads) == sentence
