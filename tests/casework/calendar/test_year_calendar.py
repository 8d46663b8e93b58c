"""A new year's calendar: read from the announcement, signed by another administrator, and never against a told day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.desk import notices
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.printed import issuing
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.policy import calendar_text
from pxtui.policy.calendar_text import YearPlan
from pxtui.policy.working_days import CalendarMissing
from tests.support.counter import Counter
from tests.support.years import NOTICE_2027, typed

DOCUMENT = "国办发明电〔2026〕8号"
NOTICE = NOTICE_2027.read_text(encoding="utf-8")
PLAN = calendar_text.read(NOTICE)
DECEMBER = date(2026, 12, 1)
LAST_DAYS = date(2026, 12, 30)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register, DECEMBER)


@pytest.fixture
def apart(counter: Counter) -> Counter:
    """An office in which duties are apart, with two administrators: 赵六 and 孙七."""
    with counter.register.writing(counter.acting) as context:
        members.add(context, "赵六", Role.ADMINISTRATOR)
        members.add(context, "孙七", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True)
    return counter


def by(counter: Counter, name: str) -> Acting:
    return replace(counter.acting, name=name)


def enter(counter: Counter, plan: YearPlan = PLAN, name: str = "张三", document: str = DOCUMENT) -> None:
    with counter.register.writing(by(counter, name)) as context:
        year_calendar.enter(context, plan, document)


def sign(counter: Counter, name: str) -> None:
    with counter.register.writing(by(counter, name)) as context:
        year_calendar.sign(context, 2027)


def off(*days: date) -> YearPlan:
    """The plan of 2027 with more days off."""
    return replace(PLAN, days={**PLAN.days, **dict.fromkeys(days, False)})


def states(counter: Counter) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [version.state for version in year_calendar.versions(context)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("text", [NOTICE, PLAN.as_text()])
def test_the_announcement_is_read_as_it_was_saved_here(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(text, encoding=encoding)
    assert year_calendar.read_file(tmp_path / "通知.txt") == PLAN


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "^找不到文件“通知.txt”，请核对路径和文件名"),
        (NOTICE.encode("utf-16"), "^文件“.*通知.txt”不是文本，请另存为文本"),
        (b" " * 100_001, "^文件“.*通知.txt”太大，不像放假安排"),
        (b" " * 100_000, "^文件里没有日子"),
    ],
)
def test_a_file_that_is_no_announcement_is_named(content: bytes | None, sentence: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "通知.txt").write_bytes(content)
    with pytest.raises(PxtuiError, match=sentence):
        year_calendar.read_file(tmp_path / "通知.txt")


def test_the_announcement_is_named(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="请写明放假安排的文件名称和文号"):
        enter(counter, document=" ")
    assert states(counter) == []


def test_where_duties_are_not_apart_it_is_in_force_as_it_is_entered(counter: Counter) -> None:
    enter(counter)
    assert states(counter) == ["2026-12-01 张三录入，2026-12-01 张三签署"]
    with pytest.raises(PxtuiError, match="2027年放假安排已由张三于2026-12-01签署，不用再办"):
        sign(counter, "张三")


def test_where_duties_are_apart_another_administrator_signs(apart: Counter) -> None:
    with pytest.raises(PxtuiError, match="放假安排的录入和签署由管理员办理"):
        enter(apart)
    enter(apart, name="赵六")
    assert states(apart) == ["2026-12-01 赵六录入，待另一人签署"]
    apart.day = date(2026, 12, 2)
    with pytest.raises(PxtuiError, match="放假安排的录入和签署由管理员办理"):
        sign(apart, "张三")
    with pytest.raises(PxtuiError, match="2027年放假安排由赵六录入，须由另一人签署"):
        sign(apart, "赵六")
    sign(apart, "孙七")
    assert states(apart) == ["2026-12-01 赵六录入，2026-12-02 孙七签署"]


def test_the_desk_says_whose_signature_the_year_waits_for(apart: Counter) -> None:
    enter(apart, name="赵六")
    with apart.register.reading(apart.acting) as context:
        assert notices.sentence(context) == (
            "2027年放假安排由赵六录入，待另一位管理员签署（F4）；签署前不能推算到2027年的日期。"
        )
        with pytest.raises(CalendarMissing):
            year_calendar.days_of(context, 2027)
    sign(apart, "孙七")
    with apart.register.reading(apart.acting) as context:
        assert notices.sentence(context) == ""


def test_the_days_of_a_year_are_listed_but_for_common_weekends(counter: Counter) -> None:
    enter(counter)
    expected = [
        f"{day} 周{'一二三四五六日'[day.isoweekday() - 1]} {word}"
        for day, word in typed().items()
        if day.year == 2027 and (word == "班") == (day.isoweekday() in (6, 7))
    ]
    with counter.register.reading(counter.acting) as context:
        assert list(year_calendar.days_of(context, 2027)) == expected
    assert (expected[0], expected[-1]) == ("2027-01-01 周五 休", "2027-10-09 周六 班")


def test_the_version_that_came_last_stands_first_and_counts(counter: Counter) -> None:
    enter(counter)
    counter.day = date(2026, 12, 2)
    enter(counter, off(date(2027, 12, 31)))
    assert states(counter) == ["2026-12-02 张三录入，2026-12-02 张三签署", "2026-12-01 张三录入，2026-12-01 张三签署"]
    with counter.register.reading(counter.acting) as context:
        assert year_calendar.days_of(context, 2027)[-1] == "2027-12-31 周五 休"


def stays(counter: Counter, last: date, what: str) -> None:
    """The last day of a term is not taken away; the day behind it is nobody's."""
    with pytest.raises(PxtuiError, match=rf"^{last}已用于推算{what}（至{last}），是班，不能再改"):
        enter(counter, off(last))
    enter(counter, off(last.replace(day=last.day + 1)))


def test_the_term_of_an_application_under_review_stays(counter: Counter) -> None:
    counter.day = LAST_DAYS
    enter(counter)
    number = counter.file(starts_on=date(2027, 1, 11))
    enter(counter, off(date(2027, 1, 5)))
    enter(counter)
    counter.do(number, Action.SUBMIT)
    stays(counter, date(2027, 1, 7), f"{number}的办理期限")


def test_the_term_of_a_returned_application_is_that_of_its_notice(counter: Counter) -> None:
    counter.day = LAST_DAYS
    enter(counter)
    number = counter.file(starts_on=date(2027, 1, 11))
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="合同不全")
    counter.day = date(2026, 12, 31)
    with counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["correction-notice"])
    # Five working days after the notice and not after the return.
    enter(counter, off(date(2027, 1, 11)))
    enter(counter)
    stays(counter, date(2027, 1, 8), f"{number}的办理期限")


def test_the_term_of_a_claim_under_review_stays(register: Register) -> None:
    counter = Counter(register, date(2026, 12, 1))
    number = counter.file(starts_on=date(2026, 12, 7))
    counter.day = date(2026, 12, 24)
    enter(counter)
    counter.claimed(number)
    with register.reading(counter.acting) as context:
        promised = office_settings.settings(context).claim_days
    assert promised == 10
    stays(counter, date(2027, 1, 8), f"{number}的办理期限")


def test_an_announcement_may_give_a_day_of_december_that_nothing_was_counted_on(counter: Counter) -> None:
    counter.day = date(2026, 1, 10)
    number = counter.file(starts_on=date(2026, 1, 27))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = DECEMBER
    enter(counter, off(date(2026, 12, 31)))
    with counter.register.reading(counter.acting) as context:
        assert year_calendar.days_of(context, 2026)[-1] == "2026-12-31 周四 休"


def test_a_day_that_was_counted_on_between_entry_and_signature_is_not_signed_away(apart: Counter) -> None:
    enter(apart, name="赵六")
    sign(apart, "孙七")
    apart.day = LAST_DAYS
    enter(apart, off(date(2027, 1, 7)), name="赵六")
    number = apart.file(starts_on=date(2027, 1, 11))
    apart.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match=rf"^2027-01-07已用于推算{number}的办理期限"):
        sign(apart, "孙七")
    assert states(apart)[0] == "2026-12-30 赵六录入，待另一人签署"
