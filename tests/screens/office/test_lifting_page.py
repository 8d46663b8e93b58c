"""The page of the lifting: announced by one person, signed by another; a wrong day is put right by two."""

from datetime import date

import pytest

from pxtui.casework.calendar import lifting
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from tests.support.counter import ANSWER, Counter
from tests.support.pages import seen

DOCUMENT = "川府发〔2020〕3号"
ANNOUNCED = ("insert", "=0401", "enter", f"={DOCUMENT}", "enter")
CORRECTED = ("f2", "=0501", "enter", f"={DOCUMENT}", "enter", "=日期看错", "enter")


@pytest.fixture
def clerk(register: Register) -> Counter:
    """A counter with colleagues and an approved class that begins on 10 April; it is 15 April."""
    made = Counter(register)
    made.hire_colleagues()
    made.do(made.file(starts_on=date(2020, 4, 10)), Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    made.day = date(2020, 4, 15)
    return made


def page(clerk: Counter, *keys: str, by: str = "张三") -> list[str]:
    clerk.clerk = by
    return seen(clerk.register, clerk, "lifting", *keys)


def in_force(clerk: Counter) -> date | None:
    with clerk.register.reading(clerk.acting) as context:
        return lifting.in_force(context)


def test_where_nothing_is_announced_the_page_says_how(clerk: Counter) -> None:
    assert page(clerk)[4] == page(clerk, "enter")[-2] == " 没有登记疫情解除；宣布解除后按Ins登记日期和文件。"


def test_what_is_announced_shows_every_case_that_it_touches(clerk: Counter) -> None:
    lines = page(clerk, *ANNOUNCED)
    assert lines[3].endswith("涉及1件")
    assert lines[4] == f" 2020-04-01解除（{DOCUMENT}），张三登记，待另一人签署，签署后生效。"
    assert lines[5] == " 2020-DQ-0001 开班在解除之后，终止；人员的培训次数释放。"
    assert lines[11].split()[:2] == ["2020-DQ-0001", "培训中"]
    assert in_force(clerk) is None


def test_who_announced_it_does_not_sign_it_and_another_does(clerk: Counter) -> None:
    page(clerk, *ANNOUNCED)
    assert "须由另一人签署" in page(clerk, "enter", "enter")[-2]
    assert "签署2020-04-01解除，涉及1件，逐件见下：Enter确认" in page(clerk, "enter", by="李四")[-2]
    assert page(clerk, "enter", "enter", by="李四")[-2] == " 疫情解除已签署生效。"
    assert (in_force(clerk), clerk.stage("2020-DQ-0001")) == (date(2020, 4, 1), Stage.TERMINATED)
    assert "已由李四签署，不用再办" in page(clerk, "enter")[-2]


def test_before_the_signature_it_is_announced_again(clerk: Counter) -> None:
    page(clerk, *ANNOUNCED)
    lines = page(clerk, "insert", "=0402", "ctrl+n")
    assert lines[4].startswith(f" 2020-04-02解除（{DOCUMENT}）")


def test_a_day_that_is_signed_is_only_corrected(clerk: Counter) -> None:
    page(clerk, *ANNOUNCED)
    lines = page(clerk, *CORRECTED)
    assert "疫情解除还没有签署" in lines[-2]
    assert [line.split()[1] for line in lines[4:7]] == ["2020-05-01", DOCUMENT, "日期看错"]
    page(clerk, "enter", "enter", by="李四")
    assert "不能再改" in page(clerk, *ANNOUNCED)[-2]


def test_a_wrong_day_is_corrected_by_two(clerk: Counter) -> None:
    page(clerk, *ANNOUNCED)
    page(clerk, "enter", "enter", by="李四")
    lines = page(clerk, *CORRECTED)
    assert "更正已登记，涉及1件，由另一人按Enter签署后生效。" in lines[-2]
    assert lines[3].endswith("涉及1件，更正待签署")
    assert "2020-04-01改为2020-05-01" in lines[5]
    clerk.day = date(2020, 5, 1)
    assert "须由另一人签署" in page(clerk, "enter", "enter")[-2]
    assert "签署更正：2020-04-01改为2020-05-01，涉及1件" in page(clerk, "enter", by="李四")[-2]
    assert page(clerk, "enter", "enter", by="李四")[-2] == " 更正已签署生效。"
    assert (in_force(clerk), clerk.stage("2020-DQ-0001")) == (date(2020, 5, 1), Stage.OPENED)


def test_without_a_reason_there_is_no_correction(clerk: Counter) -> None:
    page(clerk, *ANNOUNCED)
    page(clerk, "enter", "enter", by="李四")
    lines = page(clerk, "f2", "=0501", "enter", f"={DOCUMENT}", "enter", "enter")
    assert lines[-2] == " 请填写理由。"


def test_where_duties_are_apart_it_is_the_administrator_s(clerk: Counter) -> None:
    with clerk.register.writing(clerk.acting) as context:
        office_settings.change(context, duties_apart=True)
    lines = page(clerk, *ANNOUNCED)
    assert "疫情解除的登记和签署由管理员办理，您的岗位是受理员" in lines[-2]
    assert lines[5].split() == ["*文件名称和文号", DOCUMENT]
    assert "由另一人在这一屏按Enter签署后生效" in page(clerk, *ANNOUNCED, by="赵六")[-2]
