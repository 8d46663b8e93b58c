"""`pxtui export`: the papers of a case as workbooks; `pxtui export-ledger`: those of the whole office."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.exports import trainings
from pxtui.casework.printed import issuing, periods
from pxtui.casework.printed.issuing import AllIssued, Wish
from pxtui.commands.session import As, Number, writing
from pxtui.errors import Refused

_ALL = "all"


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command(
        "export", help="出具文书（.xlsx）；N写register为线上培训人员台账，offline为转线下名单，写--reason的号码完整。"
    )(export)
    commands.command("export-ledger", help="出具日报、月报或追回台账（.xlsx）。")(export_ledger)


def export(
    number: Number,
    out: Annotated[Path, typer.Option(metavar="DIR", help="放到这个文件夹。")],
    form: Annotated[
        list[str] | None, typer.Option(help="出哪一份，可写几次；all为现在须出的全部，已出的按原编号重印。")
    ] = None,
    again: Annotated[str | None, typer.Option(help="原样重印：已出具文书的编号、文件名或版本码。")] = None,
    reason: Annotated[str, typer.Option(help="需要理由的文书写明理由。")] = "",
    seed: Annotated[int, typer.Option(help="抽样的随机种子，印在文书上。")] = 0,
    with_passwords: Annotated[bool, typer.Option(help="附件4印出平台密码（记入办理记录）。")] = False,
    year: Annotated[int | None, typer.Option(help="名单（register、offline）的年度；不写为今年。")] = None,
    acting_name: As = None,
) -> int:
    """Write papers of a case and record their issue, or write an issued one again byte for byte."""
    if number in set(trainings.Written):
        return _write_list(trainings.Written(number), year, reason, out, acting_name)
    if bool(form) == (again is not None):
        raise Refused("请写明--form（出具）或--again（重印），只写一种。")
    if again is not None:
        return _print_again(number, again, out, acting_name)
    wish, wanted = Wish(reason, with_passwords, seed), form or []
    with writing(acting_name) as context:
        if _ALL in wanted:
            done = issuing.issue_due(context, number, out, wish)
            others = issuing.issue(context, number, [name for name in wanted if name != _ALL], out, wish)
        else:
            done, others = AllIssued(issuing.issue(context, number, wanted, out, wish)), []
    for path in (*done.written, *done.again, *others):
        print(path)
    if done.again:
        print(f"其中{len(done.again)}份以前已出具，内容没有变化，按原编号重印。", file=sys.stderr)
    for name, why_not in (*done.left_out, *done.unfit):
        print(f"未出具“{name}”：{why_not}。", file=sys.stderr)
    return 0


def _write_list(which: trainings.Written, year: int | None, reason: str, out: Path, acting_name: str | None) -> int:
    """Write a list of the trainings of a year; with a reason its numbers stand in full."""
    with writing(acting_name) as context:
        print(trainings.write(context, which, year or context.today.year, reason=reason, folder=out))
    return 0


def export_ledger(
    out: Annotated[Path, typer.Option(metavar="DIR", help="放到这个文件夹。")],
    day: Annotated[str | None, typer.Option(help="日报的日期，如2020-03-16。")] = None,
    month: Annotated[str | None, typer.Option(help="月报的月份，如2020-03。")] = None,
    recoveries: Annotated[str | None, typer.Option(metavar="YEAR", help="追回台账的年度，如2020。")] = None,
    again: Annotated[str | None, typer.Option(help="原样重印：已出具报表的编号、文件名或版本码。")] = None,
    acting_name: As = None,
) -> int:
    """Write a ledger of a day, month or year and record its issue, or write an issued one again byte for byte."""
    if sum(asked is not None for asked in (day, month, recoveries, again)) != 1:
        raise Refused("请写明--day（日报）、--month（月报）、--recoveries（追回台账）或--again（重印），只写一个。")
    if again is not None:
        return _print_again(None, again, out, acting_name)
    if day is not None:
        form, first_day = "daily-ledger", periods.first_day("daily-ledger", day, "--day")
    elif month is not None:
        form, first_day = "monthly-ledger", periods.first_day("monthly-ledger", month, "--month")
    else:
        form, first_day = "recovery-ledger", periods.first_day("recovery-ledger", recoveries or "", "--recoveries")
    with writing(acting_name) as context:
        path = issuing.issue_for_office(context, form, first_day, out)
    print(path)
    return 0


def _print_again(number: str | None, called: str, out: Path, acting_name: str | None) -> int:
    """Write an issued paper, of a case or (None) about the whole office, again byte for byte."""
    with writing(acting_name) as context:
        path = issuing.print_again(context, issuing.issued_as(context, number, called), out)
    print(path)
    return 0
