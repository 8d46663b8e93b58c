"""`pxtui offline` and `pxtui catalogue`: classes on the offline procedure, and its tariffs (notice 二, 三)."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.claim import platform_records
from pxtui.casework.offline import results as offline_results
from pxtui.casework.offline import tariffs
from pxtui.casework.offline.results import CarriedClass
from pxtui.commands.incoming import print_refused, print_repairs
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.home import home
from pxtui.policy import words
from pxtui.policy.facts import Level
from pxtui.policy.subsidy import yuan

File = Annotated[Path, typer.Argument(metavar="FILE", help="电子表格或文本文件。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    classes = typer.Typer(help="计入总学时的班：线上学时带往线下程序，线下结果登记回来。", no_args_is_help=True)
    classes.command("hours", help="登记每人线上学时：平台学习记录或附件4。")(put_hours)
    classes.command("results", help="登记线下程序的结果：身份证号、姓名、线下学时、是否合格、补贴金额、拨付日期。")(
        take_results
    )
    classes.command("confirm", help="由另一人核对后确认线下没有拨付，人员的次数才释放。")(confirm)
    classes.command("show", help="查看线上学时和线下结果。退出码：0没有要核对的，1有。")(show)
    commands.add_typer(classes, name="offline")
    catalogue = typer.Typer(help="补贴目录：线下程序的补贴标准，只用导入的，不作假设。", no_args_is_help=True)
    catalogue.command("import", help="导入目录：职业（工种）、等级、学时、补贴标准。")(import_catalogue)
    catalogue.command("list", help="查看已导入的目录。")(show_catalogue)
    commands.add_typer(catalogue, name="catalogue")


def put_hours(number: Number, file: File, acting_name: As = None) -> int:
    """Enter the online hours of a class from a file."""
    with reading() as context:
        platform = platform_records.platform_of(context, number)
    source = offline_results.read_hours(file, home().platforms, platform)
    with writing(acting_name) as context:
        carried = offline_results.put_hours(context, number, source, source=file.name)
    _print(carried)
    print_repairs(source.repairs)
    print_refused(source.refused)
    return 1 if carried.unknown or source.refused else 0


def take_results(number: Number, file: File, acting_name: As = None) -> int:
    """Enter the offline results of a transferred class from a file."""
    rows = offline_results.read_results(file)
    with writing(acting_name) as context:
        carried = offline_results.take_results(context, number, rows, source=file.name)
    _print(carried)
    return 1 if carried.notes else 0


def confirm(
    number: Number,
    evidence: Annotated[str, typer.Option(help="核对了什么，如回函的编号。")],
    acting_name: As = None,
) -> int:
    """Another person has seen that nothing was paid offline."""
    with writing(acting_name) as context:
        carried = offline_results.confirm_unpaid(context, number, evidence)
    _print(carried)
    return 0


def show(number: Number) -> int:
    """Print a class on the offline procedure with hours and results."""
    with reading() as context:
        carried = offline_results.carried(context, number)
    _print(carried)
    return 1 if carried.notes else 0


def import_catalogue(
    file: File,
    document: Annotated[str, typer.Option(help="目录的文件名称和文号。")],
    effective: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="自哪天起开班的适用。")],
    acting_name: As = None,
) -> int:
    """Enter a subsidy catalogue from a file."""
    rows, repairs = offline_results.read_tariffs(file)
    with writing(acting_name) as context:
        added, changed = tariffs.take_list(context, rows, effective_on=effective.date(), document=document)
    print(f"读出{len(rows)}项，新增{added}项，改动{changed}项。")
    print_repairs(repairs)
    return 0


def show_catalogue() -> int:
    """Print the imported tariffs."""
    with reading() as context:
        found = tariffs.tariffs(context)
    if not found:
        print("还没有导入补贴目录，请用 pxtui catalogue import 导入。")
        return 0
    print_table(
        ("职业（工种）", "等级", "学时", "标准（元/人）", "施行日期", "文件"),
        [
            (
                tariff.occupation,
                words.LEVELS[Level(tariff.level)] if tariff.level else "不分等级",
                _hours(tariff.hours),
                yuan(tariff.amount_fen),
                str(tariff.effective_on),
                tariff.document,
            )
            for tariff in found
        ],
    )
    return 0


def _print(carried: CarriedClass) -> None:
    print_table(
        ("序号", "姓名", "身份证号", "线上学时", "线下学时", "合计", "合格", "补贴（元）", "拨付日期"),
        [
            (
                str(person.seq),
                person.name,
                person.id_number,
                _hours(person.online_hours),
                _hours(person.offline_hours),
                _hours(person.total_hours),
                {True: "是", False: "否", None: ""}[person.passed],
                "" if person.amount_fen is None else yuan(person.amount_fen),
                "" if person.paid_on is None else str(person.paid_on),
            )
            for person in carried.people
        ],
    )
    if carried.tariff is not None:
        print(f"补贴标准：每人{yuan(carried.tariff.amount_fen)}元（{safe(carried.tariff.document)}）")
    if carried.unknown:
        print(f"还没有线上学时的{len(carried.unknown)}人。")
    print(*map(safe, carried.notes), sep="\n")


def _hours(hours: Decimal | None) -> str:
    return "" if hours is None else f"{hours:f}"
