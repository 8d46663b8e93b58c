"""`pxtui stats`: the figures of the supervision as tables, as a workbook with charts, and for the superior office."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.supervision import query as supervision_query
from pxtui.casework.supervision import reports, views
from pxtui.casework.supervision.views import View
from pxtui.commands.session import reading
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused
from pxtui.progress import Watch


class Table(StrEnum):
    """What is printed, in the order of the views."""

    OFFICE = "office"
    MONTH = "month"
    STAGE = "stage"
    OCCUPATION = "occupation"
    LEVEL = "level"
    PLATFORM = "platform"
    SIZE = "size"
    FLOWS = "flows"
    FUNDS = "funds"
    DAYS = "days"
    OVERDUE = "overdue"
    BOUNCES = "bounces"
    REASONS = "reasons"


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command("stats", help="督导统计：人数、学时、金额，按部门、月份、阶段等；办理时间、逾期、原因。")(stats)


def stats(
    words_of_query: Annotated[
        list[str] | None, typer.Argument(metavar="[条件...]", help="如 2020-03 东区 焊工 五级；不写为全部案件。")
    ] = None,
    by: Annotated[Table, typer.Option("--by", help="打印哪一张表。")] = Table.OFFICE,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="全部表和图表写成一个表格，放到这里。")
    ] = None,
    report: Annotated[
        str, typer.Option("--report", metavar="PERIOD", help="上报表：2020-03为月报表，2020为年报表；放到--out。")
    ] = "",
) -> int:
    """Print one table, or write them all."""
    if report and out is None:
        raise Refused("上报表要写明放到哪里，请加 --out 文件夹。")
    with reading() as context:
        asked = supervision_query.keyed(context, " ".join(words_of_query or ()))
        if out is not None:
            written = (
                reports.write_report(context, report, Watch(), out)
                if report
                else reports.write_statistics(context, asked, Watch(), out)
            )
            print(safe(str(written)))
            return 0
        if by is Table.REASONS:
            found = views.of_reasons(context, asked, Watch())
        else:
            found = (views.asked(context, asked, Watch()).views[list(Table).index(by)],)
    for view in found:
        _print(view)
    return 0


def _print(view: View) -> None:
    print(view.name)
    for note in view.notes:
        print(safe(note))
    rows = [(line.label, *line.figures) for line in view.lines]
    print_table(("", *view.heads), [*rows, *([("合计", *view.totals)] if view.totals else ())])
