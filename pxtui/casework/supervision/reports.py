"""The monthly and yearly table for the superior office, and the workbook of the statistics, as files."""

from dataclasses import replace
from pathlib import Path

from pxtui.casework.office.context import Context
from pxtui.casework.printed.entering import OFFICE_FOLDER, folder_for
from pxtui.casework.supervision import tables
from pxtui.casework.supervision.flows import Flows
from pxtui.casework.supervision.overview import Statistics, statistics
from pxtui.casework.supervision.query import Dimension, Query, days_of, name_of
from pxtui.casework.supervision.reasons import reasons
from pxtui.errors import Refused
from pxtui.papers.writing.charted import FigureSheet, workbook
from pxtui.papers.writing.workbook_file import store
from pxtui.progress import Watch

_DAY, _MONTH = len("2020-03-16"), len("2020-03")


def write_statistics(context: Context, query: Query, watch: Watch, folder: Path | None = None) -> Path:
    """Write all tables of the statistics with their charts, the reasons of all decisions among them.

    Raises:
        NotAllowed: they are not for this person.
        Refused: the folder does not take the file.
        Cancelled: `watch` says so.
    """
    found = statistics(context, query, watch)
    of_decisions = reasons(context, query, watch)
    content = workbook(tables.every_sheet(found, context.rulebook.latest, of_decisions))
    return _stored(context, folder, f"督导统计 截至{found.asked_on} {found.query_in_words}", content)


def write_report(context: Context, period: str, watch: Watch, folder: Path | None = None) -> Path:
    """Write the table of a month (2020-03) or a year (2020) for the superior office.

    Raises:
        NotAllowed: it is not for this person.
        Refused: the period is neither a month nor a year or has not begun, or the folder does not take the file.
        Cancelled: `watch` says so.
    """
    first, _ = days_of(period)
    if len(period) == _DAY:
        raise Refused(f"上报表按月或按年出，“{period}”请写成2020-03或2020的形式。")
    if first > context.today:
        raise Refused(f"“{period}”还没有到，不能出上报表，请核对。")
    found = statistics(context, Query(), watch)
    is_month = len(period) == _MONTH
    name = f"{period[:4]}年{int(period[5:])}月" if is_month else f"{period}年"
    found = replace(found, query_in_words=f"{name}全部办理")
    sheets = _of_month(context, found, period, name) if is_month else _of_year(context, found, period, name)
    return _stored(context, folder, f"{'月' if is_month else '年'}度上报表 {period}", workbook(sheets))


def _of_month(context: Context, found: Statistics, period: str, name: str) -> list[FigureSheet]:
    of_month = {place: flows for place, flows in found.flows.items() if place[1] == period}
    so_far = {place: flows for place, flows in found.flows.items() if period[:4] <= place[1] <= period}
    return [
        _by_office(context, found, "本月", f"线上职业技能培训补贴情况月报表（{name}）", of_month),
        _by_office(context, found, "本年累计", f"线上职业技能培训补贴情况月报表（{name}止本年累计）", so_far),
        tables.of_funds(found),
    ]


def _of_year(context: Context, found: Statistics, period: str, name: str) -> list[FigureSheet]:
    of_year = {place: flows for place, flows in found.flows.items() if place[1].startswith(period)}
    months: dict[str, Flows] = {f"{period}-{month:02}": {} for month in range(1, 13)}
    for (office, month), flows in of_year.items():
        months[month][office, month] = flows
    title = f"线上职业技能培训补贴情况年报表（{name}）"
    return [
        _by_office(context, found, "全年", title, of_year),
        tables.for_superior(found, "逐月", f"{title} 逐月", months.items()),
        tables.of_funds(found),
    ]


def _by_office(context: Context, found: Statistics, name: str, title: str, flows: Flows) -> FigureSheet:
    offices: dict[str, Flows] = {}
    for (office, month), of_month in sorted(flows.items()):
        offices.setdefault(office, {})[office, month] = of_month
    notice = context.rulebook.latest
    named = [(name_of(Dimension.OFFICE, office, notice), of_office) for office, of_office in offices.items()]
    return tables.for_superior(found, name, title, named)


def _stored(context: Context, folder: Path | None, name: str, content: bytes) -> Path:
    plain = "".join(" " if mark in '\\/:*?"<>|' else mark for mark in name)[:80]
    path = folder_for(context, folder, OFFICE_FOLDER) / f"{plain}.xlsx"
    store(content, path)
    return path
