"""The administrator is alone in the evening and wants a second person: duties joined for a minute, a head made up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, OfficeSetting, Staff
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, members, substitution
from pxtui.errors import NotAllowed, PxtuiError
from tests.support.counter import Counter
from tests.support.people import id_of

ADMINISTRATOR, HEAD = "赵六", "王五"
TODAY = date(2020, 3, 16)


@pytest.fixture
def strict(register: Register) -> Counter:
    """An office with duties apart; whose name each is, is known."""
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
        changes.change_settings(context, duties_apart=True)
    return counter


def done(counter: Counter, act: Callable[[Context], object], by: str = ADMINISTRATOR) -> object:
    """What somebody does in a transaction of its own."""
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return act(context)


def confirmed(counter: Counter, by: str = HEAD) -> None:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        for change in changes.waiting(context):
            changes.confirm(context, change.id)


def in_force(counter: Counter) -> tuple[object, ...]:
    """All that says who is a second person."""
    with counter.register.reading(counter.acting) as context:
        staff = [(row.name, row.role, row.active, row.person_key) for row in context.session.exec(select(Staff))]
        settings = [row.model_dump() for row in context.session.exec(select(OfficeSetting))]
        return staff, settings, substitution.listed(context)


ALONE: dict[str, Callable[[Context], object]] = {
    "a head is made up": lambda context: changes.add(context, "钱七", Role.HEAD, id_number=id_of(90)),
    "a clerk is made up": lambda context: changes.add(context, "钱七", id_number=id_of(90)),
    "a second administrator": lambda context: changes.assign(context, "李四", Role.ADMINISTRATOR),
    "a clerk becomes the head": lambda context: changes.assign(context, "张三", Role.HEAD),
    "somebody is another person": lambda context: changes.identify(context, "张三", id_of(91)),
    "duties are joined": lambda context: changes.change_settings(context, duties_apart=False),
    "no second signature": lambda context: changes.change_settings(context, second_signature_from_fen=1),
    "the clerk acts for the head": lambda context: changes.substitute(context, HEAD, "张三", TODAY, TODAY),
}
BENEATH: dict[str, Callable[[Context], object]] = {
    "added": lambda context: members.add(context, "钱七", Role.HEAD),
    "given a role": lambda context: members.assign(context, "张三", Role.HEAD),
    "identified": lambda context: members.identify(context, "张三", b"0123456789abcdef"),
    "joined": lambda context: office_settings.change(context, duties_apart=False),
    "a limit": lambda context: office_settings.change(context, second_signature_from_fen=1),
    "substituted": lambda context: substitution.put(context, HEAD, "张三", TODAY, TODAY),
}


@pytest.mark.parametrize("what", ALONE)
def test_what_makes_up_a_second_person_waits_for_one(strict: Counter, what: str) -> None:
    before = in_force(strict)
    assert "确认后生效" in str(done(strict, ALONE[what]))
    assert in_force(strict) == before
    with pytest.raises(PxtuiError, match="由赵六提出，须由另一人确认"):
        confirmed(strict, ADMINISTRATOR)
    with pytest.raises(PxtuiError, match="由负责人或管理员办理"):
        confirmed(strict, "张三")
    assert in_force(strict) == before
    confirmed(strict)
    assert in_force(strict) != before


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("a head is made up", "增加人员钱七，岗位负责人"),
        ("a clerk becomes the head", "张三的岗位改为负责人"),
        ("somebody is another person", "登记张三的身份证号"),
        ("duties are joined", "设置改为：岗位分设 否"),
        ("no second signature", "设置改为：第二人签发（分） 1"),
        ("the clerk acts for the head", "2020-03-16至2020-03-16由张三代理王五"),
    ],
)
def test_whoever_confirms_reads_what_would_come_into_force(strict: Counter, what: str, shown: str) -> None:
    done(strict, ALONE[what])
    with strict.register.reading(replace(strict.acting, name=HEAD)) as context:
        (change,) = changes.waiting(context)
    assert change.sentence == f"2020-03-16 赵六提出{shown}。"
    assert (change.is_for_acting, change.awaited, change.to_check) == (True, "负责人或管理员", "身份证件")


def test_the_same_is_proposed_once_and_a_setting_reads_yes_or_no(strict: Counter) -> None:
    done(strict, lambda context: changes.change_settings(context, sign_in_wanted=True, duties_apart=False))
    with pytest.raises(PxtuiError, match="已经提出设置改为：岗位分设 否，登录 是，等待确认"):
        done(strict, lambda context: changes.change_settings(context, sign_in_wanted=True, duties_apart=False))


@pytest.mark.parametrize("what", BENEATH)
@pytest.mark.parametrize("by", [ADMINISTRATOR, HEAD, "张三"])
def test_the_functions_beneath_refuse_one_alone_too(strict: Counter, what: str, by: str) -> None:
    before = in_force(strict)
    with pytest.raises(NotAllowed):
        done(strict, BENEATH[what], by)
    assert in_force(strict) == before


@pytest.mark.parametrize("what", ALONE)
def test_only_an_administrator_proposes(strict: Counter, what: str) -> None:
    with pytest.raises(NotAllowed, match="由管理员办理"):
        done(strict, ALONE[what], HEAD)


def test_what_is_about_himself_the_head_does_not_confirm(strict: Counter) -> None:
    done(strict, lambda context: changes.assign(context, HEAD, Role.ADMINISTRATOR))
    with pytest.raises(PxtuiError, match="您本人的改动，须由另一人确认"):
        confirmed(strict)


def test_a_second_name_of_the_head_is_not_the_heads_to_confirm(strict: Counter) -> None:
    """Neither a new name that bears the head's ID number, nor a name that is to become the head."""
    for act in (
        partial(changes.add, name="王五二", role=Role.CASHIER, id_number=id_of(2)),
        partial(changes.identify, name="张三", id_number=id_of(2)),
    ):
        done(strict, act)
        with pytest.raises(PxtuiError, match="您本人的改动，须由另一人确认"):
            confirmed(strict)
        done(strict, lambda context: changes.drop(context, changes.waiting(context)[0].id, "由另一名负责人确认"))


def test_a_second_name_of_the_administrator_confirms_nothing(strict: Counter) -> None:
    """Both names have his ID number: they are one person."""
    own_second = partial(changes.add, name="赵六二", role=Role.HEAD, id_number=id_of(3))
    done(strict, own_second)
    confirmed(strict)
    done(strict, ALONE["a head is made up"])
    with pytest.raises(PxtuiError, match="由赵六提出，须由另一人确认"):
        confirmed(strict, "赵六二")


def test_all_others_who_confirm_do_not_leave(strict: Counter) -> None:
    """Alone, the administrator would be the founder of an office again."""
    with pytest.raises(PxtuiError, match="仅有的两名能确认改动的人之一"):
        done(strict, lambda context: members.retire(context, HEAD))
    done(strict, lambda context: changes.add(context, "孙八", Role.HEAD, id_number=id_of(80)))
    confirmed(strict)
    done(strict, lambda context: members.retire(context, HEAD))


def test_a_name_of_somebody_who_left_is_not_given_to_another(strict: Counter) -> None:
    done(strict, lambda context: members.retire(context, "李四"))
    with pytest.raises(PxtuiError, match="“李四”以前是另一个人的姓名"):
        done(strict, lambda context: changes.add(context, "李四", id_number=id_of(77)))


def test_whoever_comes_back_is_who_checked_before(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    done(strict, lambda context: members.retire(context, "张三"))
    done(strict, lambda context: changes.add(context, "张三二", Role.REVIEWER, id_number=id_of(0)))
    confirmed(strict)
    with pytest.raises(PxtuiError, match="此案前面的一步由您办理，复核通过须由另一人办理"):
        strict.do(number, Action.SECOND_CHECK, by="张三二")
    assert strict.do(number, Action.SECOND_CHECK, by="李四") is Stage.SECOND_CHECKED


def test_a_substitute_does_not_check_what_he_or_the_absent_one_checked(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    for absent, name in (("李四", "张三"), (HEAD, "李四")):
        act = partial(changes.substitute, absent=absent, name=name, from_on=TODAY, to_on=TODAY + timedelta(days=3))
        done(strict, act)
    confirmed(strict)
    with pytest.raises(PxtuiError, match="由您办理，复核通过须由另一人办理"):
        strict.do(number, Action.SECOND_CHECK, by="张三")
    strict.do(number, Action.SECOND_CHECK, by="李四")
    with pytest.raises(PxtuiError, match="由您办理，同意须由另一人办理"):
        strict.do(number, Action.APPROVE, by="李四")
    assert strict.do(number, Action.APPROVE, by=HEAD) is Stage.OPENED


def test_a_substitute_acts_in_the_days_of_it_and_the_journal_has_both(strict: Counter) -> None:
    done(strict, partial(changes.add, name="孙八", id_number=id_of(81)))
    confirmed(strict)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    done(strict, partial(changes.substitute, absent=HEAD, name="孙八", from_on=first, to_on=last))
    confirmed(strict)
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    for day, may in ((TODAY, False), (TODAY + timedelta(days=3), False), (TODAY + timedelta(days=2), True)):
        strict.day = day
        if may:
            assert strict.do(number, Action.APPROVE, by="孙八") is Stage.OPENED
        else:
            with pytest.raises(PxtuiError, match="同意由负责人办理，您的岗位是受理员"):
                strict.do(number, Action.APPROVE, by="孙八")
        strict.day = TODAY
    with strict.register.reading(strict.acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_APPROVE)).one()
        assert (entry.staff_name, entry.role, entry.for_name) == ("孙八", Role.HEAD, HEAD)


def test_who_stands_in_for_a_head_who_has_left_decides_nothing(strict: Counter) -> None:
    done(strict, partial(changes.add, name="孙八", id_number=id_of(81)))
    done(strict, partial(changes.add, name="周九", role=Role.HEAD, id_number=id_of(82)))
    confirmed(strict)
    done(strict, partial(changes.substitute, absent=HEAD, name="孙八", from_on=TODAY, to_on=TODAY + timedelta(days=9)))
    confirmed(strict)
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    done(strict, lambda context: members.retire(context, HEAD))
    with pytest.raises(PxtuiError, match="同意由负责人办理，您的岗位是受理员"):
        strict.do(number, Action.APPROVE, by="孙八")
    assert strict.do(number, Action.APPROVE, by="周九") is Stage.OPENED


def test_duties_are_apart_only_where_everybody_is_somebody(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    with (
        register.writing(counter.acting) as context,
        pytest.raises(PxtuiError, match=r"请先登记身份证号.*张三、李四、王五、赵六"),
    ):
        changes.change_settings(context, duties_apart=True)


def test_the_first_administrator_is_alone_until_there_is_another(register: Register) -> None:
    counter = Counter(register)
    with register.writing(counter.acting) as context:
        changes.identify(context, "张三", id_of(0))
        changes.add(context, "赵六", Role.ADMINISTRATOR, id_number=id_of(3))
        changes.change_settings(context, duties_apart=True)
    assert done(counter, partial(changes.add, name="李四", role=Role.REVIEWER, id_number=id_of(1))) == (
        "已增加李四，岗位复核人。"
    )
    done(counter, partial(changes.add, name="王五", role=Role.HEAD, id_number=id_of(2)))
    assert "确认后生效" in str(done(counter, ALONE["a head is made up"]))
