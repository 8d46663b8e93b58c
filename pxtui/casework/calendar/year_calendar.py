"""The calendar of a year that came after the program: entered from the announcement, in force once it is signed.

Where duties are apart a second administrator signs. Days that are over, or on which a stored term was computed, are
never changed: whoever was told a day keeps it, and decisions of before replay with the same answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import col, select

from db.models import Act, CalendarVersion, Case, PublicityBatch
from pxtui.casework.calendar import due
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, RETURNED, UNDER_DECISION, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.errors import NotFound, Refused
from pxtui.file_content import content_of
from pxtui.policy import calendar_text
from pxtui.policy.calendar_text import YearPlan
from pxtui.policy.deadlines import claim_by, same_day_after_years
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.working_days import CalendarMissing, WorkingDays

_NOVEMBER, _DECEMBER = 11, 12
"""The State Council announces a year in November of the one before."""
_LARGEST = 100_000
"""Bytes of a file: a year of days is 6,000."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """A calendar as it was entered."""

    year: int
    document: str
    set_on: date
    set_by: str
    signed_on: date | None
    signed_by: str | None
    sentence: str
    """What it says in short."""
    days: tuple[str, ...]
    """A line a day, such as `2027-01-01 休`, for whoever compares it with the announcement."""

    @property
    def state(self) -> str:
        """Who entered and signed it."""
        signed = f"{self.signed_on} {self.signed_by}签署" if self.signed_on else "待另一人签署"
        return f"{self.set_on} {self.set_by}录入，{signed}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stored term: the days after `after` up to `last` were counted for it."""

    after: date
    last: date
    what: str


def read_file(path: Path) -> YearPlan:
    """The announcement in a file, in UTF-8 or GB 18030.

    Raises:
        PxtuiError: it cannot be read, or not surely.
    """
    content = content_of(path, _LARGEST, f"文件“{path}”太大，不像放假安排，请核对。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return calendar_text.read(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused(f"文件“{path}”不是文本，请另存为文本（每天一行，或通知全文）再导入。")


def enter(context: Context, plan: YearPlan, document: str) -> Version:
    """Enter the calendar of a year; in force at once where duties are not apart. Until it is signed it can be entered
    again.

    Raises:
        PxtuiError: the document is not named, a day that counts already would change, or it is not for this person.
    """
    _require_administrator(context)
    if not document.strip():
        raise Refused("请写明放假安排的文件名称和文号，如“国办发明电〔2026〕8号”。")
    _require_unused(context, plan)
    pending = _pending(context, plan.year)
    before = None if pending is None else pending.days
    row = pending or CalendarVersion(year=plan.year, document="", days="", set_on=context.today, set_by=context.clerk)
    row.document, row.days = document.strip(), plan.as_text()
    row.set_on, row.set_by = context.today, context.clerk
    if not duties.are_apart(context):
        row.signed_on, row.signed_by = context.today, context.clerk
    context.session.add(row)
    journal.record(
        context,
        None,
        Act.CALENDAR_ENTER,
        f"录入放假安排（{row.document}）：{plan.sentence}",
        before=None if before is None else {"days": before},
        after={"days": row.days},
    )
    return _version(row)


def sign(context: Context, year: int, seen: Sequence[str] | None = None) -> Version:
    """Put the calendar of a year into force.

    Args:
        seen: the `days` that were compared with the announcement; None: those that wait now, whatever they are.

    Raises:
        PxtuiError: none waits for it, it was entered otherwise since it was seen, the same person entered it, or a day
            that counts by now would change.
    """
    _require_administrator(context)
    row = _pending(context, year)
    if row is None:
        if (signed := _newest(context, year)) is not None:
            raise Refused(f"{year}年放假安排已由{signed.signed_by}于{signed.signed_on}签署，不用再办。")
        raise NotFound(
            f"没有待签署的{year}年放假安排，请先在放假安排一页（F10、0、8）按F6或用 pxtui calendar import 录入。"
        )
    if seen is not None and tuple(seen) != _version(row).days:
        raise Refused(f"{year}年放假安排又重新录入过，与刚才看到的不同，请重新核对后再签署。")
    duties.require_another(
        context, Act.CALENDAR_SIGN, row.set_by, f"{year}年放假安排由{row.set_by}录入，须由另一人签署。"
    )
    _require_unused(context, calendar_text.read(row.days))
    row.signed_on, row.signed_by = context.today, context.clerk
    context.session.add(row)
    journal.record(context, None, Act.CALENDAR_SIGN, f"签署{year}年放假安排（{row.document}）")
    return _version(row)


def versions(context: Context) -> tuple[Version, ...]:
    """All that was entered, the newest first."""
    rows = context.session.exec(select(CalendarVersion).order_by(col(CalendarVersion.id).desc()))
    return tuple(_version(row) for row in rows)


def days_of(context: Context, year: int) -> tuple[str, ...]:
    """A line for every day of a year on which offices do not work on a weekday or work on a weekend.

    Raises:
        CalendarMissing: the year is not known.
    """
    day = date(year, 1, 1)
    lines = []
    while day.year == year:
        works = context.working_days.is_working_day(day)
        if works != (day.weekday() < len("一二三四五")):
            lines.append(f"{day} 周{'一二三四五六日'[day.weekday()]} {'班' if works else '休'}")
        day += _ONE_DAY
    return tuple(lines)


def missing(context: Context) -> str:
    """What is to be said while the next days cannot be counted: from November on of the next year; else empty."""
    today = context.today
    years = [today.year, today.year + 1] if today.month >= _NOVEMBER else [today.year]
    unknown = [year for year in years if not context.working_days.knows(year)]
    if not unknown:
        return ""
    year, are_apart = unknown[0], duties.are_apart(context)
    if waiting := _pending(context, year):
        other = "另一位管理员" if are_apart else "另一人"
        return f"{year}年放假安排由{waiting.set_by}录入，待{other}签署（F4）；签署前不能推算到{year}年的日期。"
    whom = "管理员" if are_apart else ""
    return f"还没有{year}年放假安排，不能推算到{year}年的日期；国务院公布后请{whom}按F4录入。"


def _require_unused(context: Context, plan: YearPlan) -> None:
    """Refuse a plan that changes a day which is over or was counted for something."""
    known = context.working_days
    changed = sorted(_changed(known, plan.over(known), plan))
    for day in changed:
        if day <= context.today:
            raise Refused(f"{day}已经过去，是{_word(known, day)}，不能再改；请核对文件，只改以后的日子。")
    if not changed:
        return
    for span in _spans(context, changed[0], changed[-1]):
        for day in changed:
            if span.after < day <= span.last:
                raise Refused(f"{day}已用于推算{span.what}（至{span.last}），是{_word(known, day)}，不能再改。")


def _changed(before: WorkingDays, after: WorkingDays, plan: YearPlan) -> Iterator[date]:
    day = date(plan.year - 1, _DECEMBER, 1)
    while day.year <= plan.year:
        if before.knows(day.year) and before.is_working_day(day) != after.is_working_day(day):
            yield day
        day += _ONE_DAY


def _spans(context: Context, first: date, last: date) -> Iterator[Span]:
    """The stored terms that may run over days between two."""
    batches = select(PublicityBatch).where(
        col(PublicityBatch.payable_from) >= first, col(PublicityBatch.published_on) <= last
    )
    for batch in context.session.exec(batches):
        yield Span(batch.published_on, batch.payable_from, f"{batch.published_on}公示的公示期和可拨付日")
    wanted = office_settings.settings(context)
    for case in context.session.exec(select(Case).order_by(col(Case.id))):
        yield from _spans_of(context, case, wanted)


def _spans_of(context: Context, case: Case, wanted: office_settings.Settings) -> Iterator[Span]:
    stage = case.stage
    # When a term began does not matter: days up to today are refused before terms are asked for.
    if stage in UNDER_DECISION | RETURNED and (until := due.due_on(context, case, wanted)) is not None:
        yield Span(context.today, until, f"{case.number}的办理期限")
    if stage is Stage.OPENED or stage in CLAIM_ENTRY or application_of(stage) is ApplicationKind.CLAIM:
        notice = context.rulebook.for_class_starting(case.starts_on)
        anniversary = same_day_after_years(case.ends_on, notice.claim_within_years)
        try:
            deadline = claim_by(case.ends_on, notice, context.working_days)
        except CalendarMissing:
            return
        yield Span(anniversary - _ONE_DAY, deadline, f"{case.number}的申领截止日")


def _pending(context: Context, year: int) -> CalendarVersion | None:
    return context.session.exec(
        select(CalendarVersion).where(CalendarVersion.year == year, col(CalendarVersion.signed_on).is_(None))
    ).first()


def _newest(context: Context, year: int) -> CalendarVersion | None:
    of_year = select(CalendarVersion).where(CalendarVersion.year == year)
    return context.session.exec(of_year.order_by(col(CalendarVersion.id).desc()).limit(1)).first()


def _version(row: CalendarVersion) -> Version:
    plan = calendar_text.read(row.days)
    days = tuple(plan.as_text().split("\n"))
    return Version(row.year, row.document, row.set_on, row.set_by, row.signed_on, row.signed_by, plan.sentence, days)


def _word(known: WorkingDays, day: date) -> str:
    return "班" if known.is_working_day(day) else "休"


def _require_administrator(context: Context) -> None:
    duties.require_role(context, Act.CALENDAR_SIGN)
