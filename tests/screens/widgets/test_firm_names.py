"""A clerk tells the firms of a list apart where there is no room for their whole names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.firm_names import shortened
from screens.widgets.pane import cells


def test_the_city_gives_way_before_the_firm() -> None:
    assert shortened(["攀枝花市恒力机械有限公司"], 21) == ["恒力机械有限公司"]
    assert shortened(["四川省攀枝花市恒力机械有限公司"], 21) == ["恒力机械有限公司"]


def test_a_name_that_has_room_stays_whole() -> None:
    assert shortened(["攀枝花市恒力机械有限公司"], 24) == ["攀枝花市恒力机械有限公司"]


@pytest.mark.parametrize("name", ["攀枝花学院继续教育中心", "攀枝花钢铁集团有限公司"])
def test_a_place_that_belongs_to_the_name_stays(name: str) -> None:
    assert shortened([name], 16)[0].startswith("攀枝花")


def test_what_is_left_is_cut_at_its_end() -> None:
    assert shortened(["攀枝花市格里坪餐饮管理有限公司"], 15) == ["格里坪餐饮管理>"]


def test_branches_are_told_apart_by_their_ends() -> None:
    first, second = shortened(["攀枝花市恒力机械有限公司第一分公司", "攀枝花市恒力机械有限公司第二分公司"], 18)
    assert first != second
    assert first.startswith("恒力机械")
    assert (first[-4:], second[-4:]) == ("一分公司", "二分公司")


def test_districts_stay_and_tell_apart() -> None:
    assert shortened(["攀枝花市东区恒力机械厂", "攀枝花市西区恒力机械厂"], 20) == ["东区恒力机械厂", "西区恒力机械厂"]


def test_a_firm_without_the_city_in_its_name_is_not_taken_for_one_with_it() -> None:
    assert len(set(shortened(["攀枝花市恒力机械有限公司", "恒力机械有限公司"], 21))) == 2


def test_the_person_that_was_found_stands_before_the_firm() -> None:
    assert shortened(["陈志强3010 攀枝花市恒力机械有限公司"], 28) == ["陈志强3010 恒力机械有限公司"]


@given(st.lists(st.text("攀枝花市恒力东西区一二公司 A(", min_size=1, max_size=24), max_size=6), st.integers(1, 40))
def test_no_name_is_wider_than_its_column(names: list[str], width: int) -> None:
    found = shortened(names, width)
    assert len(found) == len(names)
    assert all(cells(name) <= width for name in found)
