"""`pxtui calendar` and `pxtui clock`: the holidays of a new year, and a clock that was found right."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.calendar import year_calendar
from pxtui.casework.office import clock_check
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table

Year = Annotated[int, typer.Argument(metavar="YEAR", min=2004, max=9998, help="年份，如2027。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="放假安排：录入新的一年、签署、查看。", no_args_is_help=True)
    page.command("import", help="录入一年的放假安排：每天一行（日期 休或班），或国务院办公厅通知全文。")(enter)
    page.command("show", help="查看一年里不同于平常周末和工作日的日子，以及由谁录入。")(show)
    page.command("sign", help="岗位分设时由另一位管理员签署，签署后生效。")(sign)
    commands.add_typer(page, name="calendar")
    clock = typer.Typer(help="本机时钟早于台账最新记录时的确认。", no_args_is_help=True)
    clock.command("accept", help="管理员确认本机时钟无误并说明原因，记入台账。")(accept)
    commands.add_typer(clock, name="clock")


def enter(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="文本文件。")],
    document: Annotated[str, typer.Option(help="放假安排的文件名称和文号。")],
    acting_name: As = None,
) -> int:
    """Enter the holidays of a year."""
    plan = year_calendar.read_file(file)
    with writing(acting_name) as context:
        version = year_calendar.enter(context, plan, document)
        print(f"{version.sentence}。")
        print(
            "已录入，即时生效。"
            if version.signed_on
            else f"已录入，由另一人签署（pxtui calendar sign {version.year}）后生效。"
        )
    return 0


def show(year: Year) -> int:
    """Print the days of a year that are not as the week has them, and where they come from."""
    with reading() as context:
        entered = [version for version in year_calendar.versions(context) if version.year == year]
        days = year_calendar.days_of(context, year) if context.working_days.knows(year) else ()
    if not days:
        print(f"还没有{year}年的放假安排。")
    elif not any(version.signed_on for version in entered):
        print(f"{year}年放假安排随程序提供。")
    print_table(
        ("文件", "内容", "录入和签署"), [(version.document, version.sentence, version.state) for version in entered]
    )
    print(*days, sep="\n")
    for version in entered:
        if version.signed_on is None:
            print("待签署：", *version.days, sep="\n")
    return 0


def sign(year: Year, acting_name: As = None) -> int:
    """Put the holidays of a year into force."""
    with writing(acting_name) as context:
        version = year_calendar.sign(context, year)
        print(f"{version.sentence}。已签署生效。")
    return 0


def accept(
    reason: Annotated[str, typer.Option(help="台账里为什么有晚于现在的记录。")],
    acting_name: As = None,
) -> int:
    """Go on by the clock as it is."""
    with writing(acting_name, accepts_clock=True) as context:
        clock_check.accept(context, reason)
    print("已确认本机时钟，可以办理。")
    return 0
