"""`pxtui spot`: the sample of a case for phone and platform checks, and what two officers found."""

from typing import Annotated

import typer

from pxtui.casework.signs import spot_checks
from pxtui.casework.signs.spot_checks import MEANS_NAMES, OUTCOME_NAMES, Means, Outcome, Sample
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="抽查：抽取要打电话、登录平台核实的学员，由两人登记和确认结果。", no_args_is_help=True)
    page.command("draw", help="抽取一个案件的抽查名单，打印随机种子；每案一次。")(draw)
    page.command("show", help="列出抽查名单和结果。退出码：0抽查已完成，1没有。")(show)
    page.command("enter", help="登记名单里一人的结果。")(enter)
    page.command("confirm", help="由另一人确认登记的全部结果。")(confirm)
    commands.add_typer(page, name="spot")


def draw(
    number: Number,
    seed: Annotated[
        int | None, typer.Option(metavar="SEED", help="随机种子；不写的由案件编号和日期得出，谁也不能挑。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Draw the sample."""
    with writing(acting_name) as context:
        sample = spot_checks.draw(context, number, seed)
    print(f"{number} {sample.sentence}。")
    _print(sample)
    return 0


def show(number: Number) -> int:
    """Print the sample and its results."""
    with reading() as context:
        sample = spot_checks.sample_of(context, number)
    if sample is None:
        print(f"{number} 还没有抽取抽查名单。")
        return 1
    print(f"{number} {sample.sentence}。")
    _print(sample)
    return 0 if all(person.is_done and not person.is_in_doubt for person in sample.people) else 1


def enter(
    number: Number,
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="花名册的序号。")],
    means: Annotated[Means, typer.Argument(metavar="MEANS", help="phone 电话，platform 平台。")],
    outcome: Annotated[
        Outcome, typer.Argument(metavar="OUTCOME", help="confirmed 属实，doubt 有疑问，not-reached 没有联系上。")
    ],
    remark: Annotated[str, typer.Option(help="查到的情况；有疑问的必填。")] = "",
    acting_name: As = None,
) -> int:
    """Enter the result about somebody of the sample."""
    with writing(acting_name) as context:
        spot_checks.enter(context, number, seq, means, outcome, remark)
    print(f"{number} 第{seq}号：{MEANS_NAMES[means]}{OUTCOME_NAMES[outcome]}，待另一人确认。")
    return 0


def confirm(number: Number, acting_name: As = None) -> int:
    """Confirm what another officer entered."""
    with writing(acting_name) as context:
        results = spot_checks.confirm(context, number)
    print(f"{number} 已确认{results}项抽查结果。")
    return 0


def _print(sample: Sample) -> None:
    print_table(
        ("序号", "姓名", "身份证号", "结果"),
        [
            (
                str(person.seq),
                person.name,
                person.masked_number,
                "；".join(call.sentence for call in person.calls) or "待查",
            )
            for person in sample.people
        ],
    )
