"""Who works with the register: names are told apart, the last one stays, and whoever comes back is the same person."""

from dataclasses import replace

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from tests.support.counter import Counter


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def add(counter: Counter, name: str, role: Role = Role.CLERK) -> str:
    with counter.register.writing(counter.acting) as context:
        return members.add(context, name, role)


def retire(counter: Counter, name: str) -> str:
    with counter.register.writing(counter.acting) as context:
        return members.retire(context, name)


def working(counter: Counter) -> tuple[tuple[str, Role], ...]:
    with counter.register.reading(counter.acting) as context:
        return members.working(context)


def test_those_who_work_here_are_listed_as_they_came(counter: Counter) -> None:
    assert add(counter, " 李 四 ", Role.HEAD) == "李四"
    assert working(counter) == (("张三", Role.CLERK), ("李四", Role.HEAD))
    with counter.register.writing(counter.acting) as context:
        assert members.assign(context, "李四", Role.REVIEWER) == "李四"
    assert working(counter)[1] == ("李四", Role.REVIEWER)


def test_two_of_one_name_are_told_apart(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="已有名为“张三”的人员；同名的请加以区别，如“张三二”"):
        add(counter, "张三")


@pytest.mark.parametrize(("name", "sentence"), [(" ", "姓名不能为空"), ("李4", "姓名“李4”里有数字")])
def test_a_name_is_one(counter: Counter, name: str, sentence: str) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        add(counter, name)
    assert len(working(counter)) == 1


def test_whoever_left_comes_back_in_another_role_and_is_nobody_new(counter: Counter) -> None:
    add(counter, "李四")
    add(counter, "王五")
    assert retire(counter, "李四") == "李四"
    assert [name for name, _ in working(counter)] == ["张三", "王五"]
    add(counter, "李四", Role.HEAD)
    assert working(counter) == (("张三", Role.CLERK), ("李四", Role.HEAD), ("王五", Role.CLERK))


def test_the_last_one_does_not_leave(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="“张三”是唯一的在岗人员"):
        retire(counter, "张三")


def test_whoever_does_not_work_here_is_told_with_those_who_do(counter: Counter) -> None:
    add(counter, "李四")
    retire(counter, "李四")
    with pytest.raises(PxtuiError, match="没有名为“李四”的在岗人员，现有：张三"):
        retire(counter, "李四")


def test_of_two_administrators_one_may_leave(counter: Counter) -> None:
    add(counter, "赵六", Role.ADMINISTRATOR)
    add(counter, "孙八", Role.ADMINISTRATOR)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    administrator = replace(counter.acting, name="赵六")
    with counter.register.writing(administrator) as context:
        assert members.assign(context, "孙八", Role.HEAD, agreed=True) == "孙八"
    with counter.register.writing(administrator) as context, pytest.raises(PxtuiError, match="“赵六”是唯一的管理员"):
        members.retire(context, "赵六")
