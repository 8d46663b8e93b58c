"""A list that comes back is compared with the one that went out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.casework.roster.differences import DifferenceKind, compare
from pxtui.policy.facts import Trainee

SENT = ("张三 110101199003070011", "李四 110101199003070038", "王五 110101199003070054")


def people(*lines: str) -> list[Trainee]:
    """Rows numbered 1, 2, 3 from `name number`."""
    parted = [line.split() for line in lines]
    return [Trainee(seq, name, None, None, number, "", "") for seq, (name, number) in enumerate(parted, start=1)]


@pytest.mark.parametrize(
    ("came_back", "told"),
    [
        (SENT, []),
        (
            (SENT[2], SENT[0], SENT[1]),
            [
                "内容改动：第1号王五（110101********0054），序号由3改为1；次序（共有的3人中）由第3位改为第1位",
                "内容改动：第2号张三（110101********0011），序号由1改为2",
                "内容改动：第3号李四（110101********0038），序号由2改为3",
            ],
        ),
        ((*SENT, "赵六 110101199003070070"), ["新增：第4号赵六（110101********0070）"]),
        (SENT[:2], ["缺少：第3号王五（110101********0054）"]),
        (
            (SENT[0], "赵六 110101199003070070", SENT[2]),
            ["换人：第2号李四（110101********0038）换成第2号赵六（110101********0070）"],
        ),
        (
            (SENT[0], "李四 110101199003070070", SENT[2]),
            ["证号改动：第2号李四（110101********0038）改为第2号李四（110101********0070）"],
        ),
        (
            ("张叁 110101199003070011", *SENT[1:]),
            ["姓名改动：第1号张三（110101********0011）改为第1号张叁（110101********0011）"],
        ),
        (
            ("张三 110101199003070038", "李四 110101199003070011", SENT[2]),
            [
                "姓名改动：第2号李四（110101********0038）改为第1号张三（110101********0038），"
                "次序（共有的3人中）由第2位改为第1位",
                "姓名改动：第1号张三（110101********0011）改为第2号李四（110101********0011）",
            ],
        ),
    ],
)
def test_what_became_of_a_roster_is_told_row_by_row(came_back: tuple[str, ...], told: list[str]) -> None:
    assert [difference.sentence for difference in compare(people(*SENT), people(*came_back))] == told


def test_a_name_that_one_list_does_not_give_is_the_same_person_and_told_as_empty() -> None:
    named = people(*SENT[:1])
    nameless = [replace(row, name="") for row in named]
    for lists, told in (((nameless, named), "姓名由空改为张三"), ((named, nameless), "姓名由张三改为空")):
        (difference,) = compare(*lists)
        assert difference.kind is DifferenceKind.CELLS_CHANGED
        assert difference.sentence.endswith(told)


ROWS = st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("12345")), max_size=7)


@given(ROWS, ROWS)
def test_nobody_is_lost_or_counted_twice(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    was, now = ([Trainee(seq, *_padded(row)) for seq, row in enumerate(rows, 1)] for rows in (before, after))
    found = compare(was, now)
    kinds = [difference.kind for difference in found]
    assert len(now) - len(was) == kinds.count(DifferenceKind.ADDED) - kinds.count(DifferenceKind.DROPPED)
    for side in ("before", "after"):
        rows = [id(row) for difference in found if (row := getattr(difference, side)) is not None]
        assert len(rows) == len(set(rows))


def _padded(row: tuple[str, str]) -> tuple[str, None, None, str, str, str]:
    return row[0], None, None, row[1], "", ""
