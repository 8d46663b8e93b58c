"""A year's holidays as text: a line a day, or the State Council's notice word for word.

Source of its form: 国务院办公厅关于2026年部分节假日安排的通知 and those of the years before.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pxtui.errors import Refused
from pxtui.policy.working_days import WorkingDays

_REST, _WORK = "休", "班"
_SATURDAY, _DECEMBER = 5, 12
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Month and day of the holidays that no announcement can move (全国年节及纪念日放假办法)."""
_FEWEST, _MOST = 10, 16
"""Weekdays off less weekends worked: 11 until 2024, 13 since; a list far from it is not whole."""
_HOLIDAYS = frozenset(("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"))

_DAY_LINE = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]?\s*(?P<month>\d{1,2})\s*[-/.月]?\s*(?P<day>\d{1,2})日?"
    r"[\s,，;；、：|]+(?P<word>休|班|休息|放假|上班)(?:[\s,，;；|].*)?"
)
_HEADING = re.compile(r"关于(\d{4})年部分节假日安排的通知")
_NUMBERED = re.compile(r"(?P<place>[一二三四五六七八])、(?P<holidays>[一-鿿、]+?)：(?P<rest>.+)")
_PLACES = "一二三四五六七八"
_FULL_WIDTH = str.maketrans("():", "（）：")
_ONE_DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:（[^（）]*）)?"
_HOLIDAY = re.compile(
    rf"(?P<first>{_ONE_DAY})(?:至(?P<last>{_ONE_DAY}))?放假(?:调休)?(?:(?:，共)?(?P<count>\d{{1,2}})天)?"
    rf"(?:，(?:不调休|与周末连休))?。(?:(?P<works>{_ONE_DAY}(?:、{_ONE_DAY})*)上班。)?"
)
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:（(?P<said>[^（）]*)）)?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")
_WEEKDAYS = "一二三四五六日"
_HOLIDAY_WORDS = re.compile(r"\d日.*(?:放假|上班|休息)")


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The days that the announcement of a year names."""

    year: int
    days: Mapping[date, bool]
    """Whether offices work; all of the year but for days of the December before."""

    @property
    def balance(self) -> int:
        """Weekdays off less weekends worked: the public holidays of the year."""
        off = sum(not works and day.weekday() < _SATURDAY for day, works in self.days.items())
        return off - sum(works and day.weekday() >= _SATURDAY for day, works in self.days.items())

    def over(self, known: WorkingDays) -> WorkingDays:
        """A calendar with this year in the place of what it says of it."""
        return known.with_days(self.year, self.days)

    def as_text(self) -> str:
        """A line a day, as `read` takes it."""
        return "\n".join(f"{day} {_WORK if works else _REST}" for day, works in sorted(self.days.items()))

    @property
    def sentence(self) -> str:
        """In a sentence, for whoever compares it with the announcement."""
        off = sum(not works for works in self.days.values())
        works = "、".join(
            f"{day:%m-%d}" for day, works in sorted(self.days.items()) if works and day.weekday() >= _SATURDAY
        )
        return f"{self.year}年：列出放假{off}天，周末上班{works or '无'}；净放假{self.balance}天"


def read(text: str) -> YearPlan:
    """The days of a year out of a text.

    Raises:
        Refused: a line is not read surely, a day is said twice, or the year is not whole; the sentence names it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    lines = [(number, line.translate(_FULL_WIDTH)) for number, line in lines]
    if any(_NUMBERED.fullmatch(line) for _, line in lines):
        year, found = _notice(lines)
    else:
        found = list(_day_lines(lines))
        year = max((day.year for _, day, _ in found), default=0)
    days: dict[date, bool] = {}
    for number, day, works in found:
        if days.setdefault(day, works) is not works:
            raise Refused(f"第{number}行：{day}既写休又写班，请改正后再导入。")
        if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER):
            raise Refused(f"第{number}行：{day}不是{year}年的日子，一个文件只写一年，请分开。")
    plan = YearPlan(year, days)
    _require_whole(plan)
    return plan


def _require_whole(plan: YearPlan) -> None:
    if not plan.days:
        raise Refused("文件里没有日子，请每行写一天，如“2027-01-01 休”，或贴上国务院办公厅的通知全文。")
    missing = [
        f"{month}月{day}日" for month, day in _ALWAYS_OFF if plan.days.get(date(plan.year, month, day)) is not False
    ]
    if missing:
        raise Refused(f"{plan.year}年的{'、'.join(missing)}没有写休，安排不完整，请对照通知补齐后再导入。")
    if not _FEWEST <= plan.balance <= _MOST:
        raise Refused(
            f"{plan.year}年放假的工作日减去上班的周末是{plan.balance}天，法定节假日应有13天，请对照通知核对后再导入。"
        )


def _day_lines(lines: list[tuple[int, str]]) -> Iterator[tuple[int, date, bool]]:
    for place, (number, line) in enumerate(lines):
        plain = line.replace('"', "").replace("'", "")
        if place == 0 and not any(character.isdigit() for character in plain):
            continue
        match = _DAY_LINE.fullmatch(plain)
        if match is None:
            raise Refused(f"第{number}行“{line}”读不出，请写成“2027-01-01 休”或“2027-01-01 班”。")
        day = _made(number, line, int(match["year"]), int(match["month"]), int(match["day"]))
        yield number, day, match["word"] in (_WORK, "上班")


def _notice(lines: list[tuple[int, str]]) -> tuple[int, list[tuple[int, date, bool]]]:
    years = {int(heading[1]) for _, line in lines if (heading := _HEADING.search(line))}
    if len(years) != 1:
        raise Refused("通知里没有“国务院办公厅关于…年部分节假日安排的通知”这一标题，不知道是哪一年，请贴上全文。")
    (year,) = years
    found: list[tuple[int, date, bool]] = []
    named: list[str] = []
    place = 0
    for number, line in lines:
        match = _NUMBERED.fullmatch(line)
        if match is None:
            if _HOLIDAY_WORDS.search(line):
                raise _not_sure(number, line)
            continue
        if place == len(_PLACES) or match["place"] != _PLACES[place]:
            raise Refused(f"第{number}行“{line}”不是通知的第{place + 1}项，请核对是否缺项。")
        place += 1
        named += match["holidays"].split("、")
        found += _holiday(number, line, match["rest"], year)
    if len(named) != len(_HOLIDAYS) or {*named} != _HOLIDAYS:
        raise Refused(f"通知里的节日应为{'、'.join(sorted(_HOLIDAYS))}各一次，读到{'、'.join(named)}，请贴上全文。")
    return year, found


def _holiday(number: int, line: str, text: str, year: int) -> Iterator[tuple[int, date, bool]]:
    match = _HOLIDAY.fullmatch(text)
    if match is None:
        raise _not_sure(number, line)
    first = _said(number, line, match["first"], year, None)
    last = _said(number, line, match["last"], first.year, first) if match["last"] else first
    count = (last - first).days + 1
    if count < 1 or (match["count"] and int(match["count"]) != count):
        raise Refused(f"第{number}行“{line}”：{first}至{last}是{count}天，与所写天数不符，请核对。")
    for offset in range(count):
        yield number, first + timedelta(days=offset), False
    before = None
    for found in _DAY.finditer(match["works"] or ""):
        before = _said(number, line, found[0], year, before)
        if before.weekday() < _SATURDAY:
            raise Refused(f"第{number}行“{line}”：{before}不是周末，不用写上班，请核对日期。")
        yield number, before, True


def _said(number: int, line: str, text: str, year: int, before: date | None) -> date:
    """A day as the notice writes it; the month may stand at the day before it alone."""
    match = _DAY.fullmatch(text)
    if match is None or not (match["month"] or before):
        raise _not_sure(number, line)
    month = int(match["month"]) if match["month"] else before.month if before else 0
    day = _made(number, line, int(match["year"] or year), month, int(match["day"]))
    weekday = _WEEKDAY.search(match["said"] or "")
    if weekday and weekday[1] != _WEEKDAYS[day.weekday()]:
        raise Refused(
            f"第{number}行“{line}”：{day}是周{_WEEKDAYS[day.weekday()]}，不是周{weekday[1]}，请核对年份和日期。"
        )
    return day


def _made(number: int, line: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(f"第{number}行“{line}”：没有{year}年{month}月{day}日这一天，请核对。") from None


def _not_sure(number: int, line: str) -> Refused:
    return Refused(f"第{number}行“{line}”不能确切读出，请改用每天一行的写法（如“2027-01-01 休”）。")
