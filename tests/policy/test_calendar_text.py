"""The State Council's notice is read surely or not at all, and the line that is in doubt is named."""

import pytest

from pxtui.errors import Refused
from pxtui.policy.calendar_text import read
from pxtui.policy.working_days import SHIPPED
from tests.support.years import NOTICE_2027, typed

NOTICE = NOTICE_2027.read_text(encoding="utf-8")
DAYS = read(NOTICE).as_text()

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
OF_2023 = """国务院办公厅关于2023年部分节假日安排的通知
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
"""
OF_2020 = """国务院办公厅关于2020年部分节假日安排的通知
一、元旦：2020年1月1日放假，共1天。
二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
三、清明节：4月4日至6日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。
"""


@pytest.mark.parametrize(("text", "year"), [(NOTICE, 2027), (OF_2026, 2026), (OF_2023, 2023)])
def test_the_notice_says_what_was_typed_by_hand(text: str, year: int) -> None:
    plan = read(text)
    assert plan.year == year
    meant = {day: word == "班" for day, word in typed().items() if day.year == year}
    assert {day: works for day, works in plan.days.items() if day.year == year} == meant
    assert read(plan.as_text()) == plan


def test_a_later_notice_of_the_same_year_takes_its_place() -> None:
    before = read(OF_2020).over(SHIPPED)
    extended = OF_2020.replace("24日至30日放假调休，共7天", "24日至2月2日放假调休，共10天").replace(
        "、2月1日（星期六）", ""
    )
    after = read(extended).over(before)
    changed = [day for day in typed() if day.year == 2020 and before.is_working_day(day) != after.is_working_day(day)]
    assert [f"{day}" for day in changed] == ["2020-01-31", "2020-02-01"]


@pytest.mark.parametrize(
    "line", ["2027/1/1 休", "2027年1月1日：休", "20270101,休", '"2027-01-01";"放假"', "2027.01.01\t休 元旦"]
)
def test_a_day_is_read_as_offices_write_it(line: str) -> None:
    assert read(DAYS.replace("2027-01-01 休", line)) == read(DAYS)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("共9天", "共8天", "第7行.*是9天，与所写天数不符"),
        ("13日（农历正月初八、周六）", "13日（农历正月初八、周日）", "第7行.*2027-02-13是周六，不是周日"),
        ("、2月14日（周日）上班", "、2月15日上班", "第7行.*2027-02-15不是周末"),
        ("不调休。\n六", "不调休。鼓励职工在6月10日休息。\n六", "第10行.*不能确切读出"),
        ("6月9日（周三）放假1天", "6月9日（周三）前后放假1天", "第10行.*不能确切读出"),
        ("6月9日（周三）", "6月31日", "第10行.*没有2027年6月31日"),
        ("五、端午节：6月9日（周三）放假1天，不调休。\n", "", "第10行.*不是通知的第5项"),
        ("六、中秋节", "六、重阳节", "读到.*重阳节"),
        ("2027年部分节假日", "2028年部分节假日", "第6行.*2028-01-01是周六，不是周五"),
        ("2027年部分节假日", "部分节假日", "不知道是哪一年"),
        ("节假日期间", "10月8日上班。节假日期间", "第13行.*不能确切读出"),
    ],
)
def test_a_notice_that_is_in_doubt_is_refused_with_its_line(before: str, after: str, sentence: str) -> None:
    assert before in NOTICE
    with pytest.raises(Refused, match=sentence):
        read(NOTICE.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("2027-01-31 班", "2027-01-31 半", "第4行“2027-01-31 半”读不出"),
        ("2027-01-31 班", "2027-01-32 班", "第4行.*没有2027年1月32日"),
        ("2027-01-31 班", "2027-01-01 班", "第4行：2027-01-01既写休又写班"),
        ("2027-01-31 班", "2025-01-31 班", "第4行：2025-01-31不是2027年的日子"),
        ("2027-10-02 休", "", "10月2日没有写休"),
        ("2027-01-31 班", "\n".join(f"2027-03-0{day} 休" for day in range(1, 6)), "是19天，法定节假日应有13天"),
    ],
)
def test_a_list_that_is_in_doubt_is_refused_with_its_line(before: str, after: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(DAYS.replace(before, after))


def test_a_notice_on_one_line_is_refused() -> None:
    with pytest.raises(Refused, match=r"第1行.*读不出"):
        read(NOTICE.replace("\n", ""))
