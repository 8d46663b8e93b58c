"""`pxtui stats`: the figures of the supervision as tables, as a workbook with charts, and for the superior office."""

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.supervision import query as supervision_query
from pxtui.casework.supervision import reports, tables
from pxtui.casework.supervision.overview import statistics
from pxtui.casework.supervision.query import Dimension
from pxtui.casework.supervision.reasons import reasons
from pxtui.commands.session import reading
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused
from pxtui.papers.writing.charted import Figure, FigureSheet, Kind
from pxtui.policy import words
from pxtui.progress import Watch


class Table(StrEnum):
    """What is printed."""

    OFFICE = "office"
    MONTH = "month"
    STAGE = "stage"
    OCCUPATION = "occupation"
    LEVEL = "level"
    PLATFORM = "platform"
    SIZE = "size"
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
        found, notice = statistics(context, asked, Watch()), context.rulebook.latest
        sheets: list[FigureSheet]
        if by is Table.REASONS:
            sheets = list(tables.of_reasons(found, reasons(context, asked, Watch())))
        elif by.name in Dimension.__members__:
            sheets = [tables.by_dimension(found, Dimension[by.name], notice)]
        else:
            of_all = {Table.FUNDS: tables.of_funds, Table.DAYS: tables.of_days, Table.BOUNCES: tables.of_bounces}
            sheets = [tables.of_overdue(found, notice) if by is Table.OVERDUE else of_all[by](found)]
    for sheet in sheets:
        _print(sheet)
    return 0


def _print(sheet: FigureSheet) -> None:
    print(sheet.title)
    for note in sheet.notes:
        print(safe(note))
    kinds = [column.kind for column in sheet.columns]
    rows = [
        [_text(figure, kind) for figure, kind in zip(row, kinds, strict=True)] for row in (*sheet.rows, *sheet.totals)
    ]
    print_table([column.head for column in sheet.columns], rows)


def _text(figure: Figure, kind: Kind) -> str:
    if figure is None:
        return ""
    if isinstance(figure, Decimal):
        return f"{figure:.2f}" if kind is Kind.MONEY else words.hours(figure)
    return str(figure)
