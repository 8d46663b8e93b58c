"""`pxtui case materials`, `deduct`, `void`, `pass-on`: checklist, deductions, mistakes, cases of other offices."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.check import checklist
from pxtui.casework.check.checklist import MaterialItem
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import advance, voiding
from pxtui.casework.decision import passing_on as decision_passing_on
from pxtui.casework.printed import passing_on
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table
from pxtui.policy.deductions import BY_HAND


def materials(number: Number) -> int:
    """Print the checklist of a case's materials, and what else an application that is being entered lacks.

    Exit code: 0 all materials are there, 1 one is missing.
    """
    with reading() as context:
        items = checklist.checklist(context, number)
        besides = advance.why_incomplete(context, number)
    print_table(("材料", "应交", "收到", "应有份数", "点收份数", "还缺"), [_line(item) for item in items])
    if besides:
        print(besides)
    return 1 if any(item.missing for item in items) else 0


def deduct(
    number: Number,
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="附件4的序号。")],
    code: Annotated[str, typer.Option(help="、".join(f"{code} {text}" for code, text in BY_HAND.items()))] = "",
    reason: Annotated[str, typer.Option(help="查实的情况；核减时必填。")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="撤销这一行的人工核减。")] = False,
    acting_name: As = None,
) -> int:
    """Deduct a row of a claim under review, or undo it."""
    with writing(acting_name) as context:
        if undo:
            row = deductions_by_hand.put_back(context, number, seq)
        else:
            row = deductions_by_hand.deduct(context, number, seq, code, reason)
    print(f"{number} {'已撤销核减' if undo else '已核减'}第{seq}号 {row.sentence}")
    return 0


def void(
    number: Number,
    reason: Annotated[str, typer.Option(help="为什么登记错了，如“与2020-DQ-0016重复”；写入办理记录。")],
    acting_name: As = None,
) -> int:
    """Void a case that was filed by mistake."""
    with writing(acting_name) as context:
        voiding.void(context, number, reason)
    print(f"{number} 已作废，凭证可以另用，编号不再使用。")
    return 0


def pass_on(
    number: Number,
    reason: Annotated[str, typer.Option(help="为什么转办，如“单位住所在东区”；写入办理记录。")],
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="交接单放到哪个文件夹；不写为案件的文件夹。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Pass a case on to the office that decides on it, with the list of its materials."""
    with writing(acting_name) as context:
        print(passing_on.pass_on(context, number, reason, out).sentence)
    return 0


def forward(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="[N...]", help="案件编号；不写为全部待上报的。")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="上报函、汇总表、交接单放到哪里。")] = None,
    acting_name: As = None,
) -> int:
    """Forward what the committee of the zone has collected, with its letter and list."""
    with writing(acting_name) as context:
        found, path = passing_on.forward(context, numbers or (), out)
        for case in found:
            print(case.sentence)
        print(path)
    return 0


def passed() -> int:
    """Print the cases that were passed on."""
    with reading() as context:
        found = decision_passing_on.listed(context)
    rows = [(case.number, case.new_number, str(case.passed_on), case.passed_by, case.office) for case in found]
    print_table(("原编号", "现编号", "转办日期", "转办人", "现由"), rows)
    return 0


def _line(item: MaterialItem) -> tuple[str, ...]:
    return (
        item.name,
        "必交" if item.is_required else "",
        "已收" if item.is_handed_in else "未收",
        "" if item.wanted is None else str(item.wanted),
        "" if item.copies is None else str(item.copies),
        item.missing,
    )
