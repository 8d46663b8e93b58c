"""The page of the staff: who is there, who comes, who goes, and what only the administrator may do."""

import pytest

from pxtui.casework.office import duties
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.staff import members, substitution
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.people import id_of

CLERK, ADMINISTRATOR = "张三", "赵六"


@pytest.fixture
def clerk(register: Register) -> Counter:
    """A counter with colleagues in every role."""
    made = Counter(register)
    made.hire_colleagues()
    return made


def everything(clerk: Counter) -> tuple[object, ...]:
    """All that the page changes."""
    with clerk.register.reading(clerk.acting) as context:
        return members.working(context), duties.person_of(context), substitution.listed(context)


@pytest.fixture
def apart(clerk: Counter) -> Counter:
    """The same, duties apart."""
    with clerk.register.writing(clerk.acting) as context:
        office_settings.change(context, duties_apart=True)
    return clerk


def page(clerk: Counter, *keys: str) -> list[str]:
    return seen(clerk.register, clerk, "staff", *keys)


def roles(clerk: Counter) -> dict[str, str]:
    with clerk.register.reading(clerk.acting) as context:
        return {name: role.value for name, role in members.working(context)}


def test_everybody_stands_there_with_the_role(clerk: Counter) -> None:
    lines = page(clerk)
    assert [line.split()[:2] for line in lines[5:9]] == [
        ["张三", "受理员"],
        ["李四", "复核人"],
        ["王五", "负责人"],
        ["赵六", "管理员"],
    ]
    assert lines[3].endswith("岗位没有分设，人人可办")


def test_somebody_is_added_in_a_role(clerk: Counter) -> None:
    lines = page(clerk, "insert", "=孙七", "enter", "=4", "enter")
    assert lines[-2] == " 已增加孙七，岗位管理员。"
    # The cursor stands at whoever came.
    assert any(line.startswith(" 孙七，管理员。") for line in lines[-8:-2])
    assert roles(clerk)["孙七"] == "管理员"


def test_a_name_that_is_borne_already_is_refused_and_what_was_keyed_stays(clerk: Counter) -> None:
    lines = page(clerk, "insert", "=李四", "enter", "=3", "enter")
    assert "台账里已有名为“李四”的人员" in lines[-2]
    assert lines[3].startswith(" 增加人员")
    assert [line.split() for line in lines[4:6]] == [["*姓名", "李四"], ["*岗位", "负责人"]]
    lines = page(clerk, "insert", "=李四", "enter", "=3", "enter", "up", "f2", "=二", "ctrl+n")
    assert lines[-2] == " 已增加李四二，岗位负责人。"


def test_without_a_name_nothing_is_stored(clerk: Counter) -> None:
    assert page(clerk, "insert", "ctrl+n")[-2] == " 请填写姓名。"
    assert len(roles(clerk)) == 4


def test_a_role_is_changed_and_the_bar_follows_it(clerk: Counter) -> None:
    lines = page(clerk, "f2", "=2", "enter")
    assert lines[-2] == " 张三现为复核人。"
    assert "张三 复核人" in lines[0]
    assert roles(clerk)[CLERK] == "复核人"
    # On the screens below as well.
    assert "张三 负责人" in seen(clerk.register, clerk, "office", "=1", "f2", "=3", "enter", "escape")[0]


def test_who_leaves_is_asked_for_once_more(clerk: Counter) -> None:
    assert "李四离岗：Enter确认" in page(clerk, "down", "delete")[-2]
    assert page(clerk, "down", "delete", "escape")[-2] == " 没有办理。"
    assert "李四" in roles(clerk)
    assert page(clerk, "down", "delete", "enter")[-2] == " 李四已离岗。"
    assert "李四" not in roles(clerk)


def test_who_came_back_is_added_by_the_same_name(clerk: Counter) -> None:
    page(clerk, "down", "delete", "enter")
    page(clerk, "insert", "=李四", "enter", "=3", "enter")
    assert roles(clerk)["李四"] == "负责人"


PROPOSED = [
    ("insert", "=孙七", "enter", "=1", "enter", f"={id_of(90)}", "enter"),
    ("f2", "=4", "enter"),
    ("f4", f"={id_of(91)}", "enter"),
    ("down", "f11", "=1", "enter", "=0316", "enter", "=0317", "enter"),
]


@pytest.mark.parametrize("keys", PROPOSED)
def test_where_duties_are_apart_an_administrator_proposes_and_another_confirms(
    apart: Counter, keys: tuple[str, ...]
) -> None:
    before = everything(apart)
    assert "由管理员办理，您的岗位是受理员" in page(apart, *keys)[-2]
    apart.clerk = ADMINISTRATOR
    assert "已提出，由负责人或管理员中另一人确认后生效（按F10、0、1、Ctrl+N" in page(apart, *keys)[-2]
    assert everything(apart) == before
    apart.clerk = "王五"
    lines = page(apart, "ctrl+n", "enter", "enter")
    assert "没有等待确认的" in "".join(lines), "it waits no more"
    assert everything(apart) != before


def test_where_duties_are_apart_an_administrator_alone_lets_somebody_leave(apart: Counter) -> None:
    assert "人员的增减和岗位由管理员办理，您的岗位是受理员" in page(apart, "down", "delete", "enter")[-2]
    apart.clerk = ADMINISTRATOR
    page(apart, "down", "delete", "enter")
    assert "李四" not in roles(apart)


def test_the_only_administrator_stays(apart: Counter) -> None:
    apart.clerk = ADMINISTRATOR
    assert "“赵六”是唯一的管理员" in page(apart, "end", "f2", "=1", "enter")[-2]
    assert roles(apart)[ADMINISTRATOR] == "管理员"


def test_the_last_one_stays(register: Register) -> None:
    assert "“张三”是唯一的在岗人员" in page(Counter(register), "delete", "enter")[-2]


def test_esc_gives_up_what_was_keyed_only_after_one_more_key(clerk: Counter) -> None:
    keyed = ("insert", "=孙七", "enter", "escape")
    assert "放弃这一屏没有存下的内容：Enter确认" in page(clerk, *keyed)[-2]
    assert page(clerk, *keyed, "escape")[4].split() == ["*姓名", "孙七"]
    assert page(clerk, *keyed, "enter")[3].startswith(" 人员")
    # Nothing was keyed: no question.
    assert page(clerk, "insert", "escape")[3].startswith(" 人员")
