"""`pxtui shift`: cases in hand, their hand-over to a colleague, the list to be signed."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.desk import shift
from pxtui.casework.desk.shift import InHand
from pxtui.casework.printed import issuing
from pxtui.commands.session import As, writing
from pxtui.commands.tables import print_table, safe


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="交接班：手上未办结的案件，交给谁。", no_args_is_help=True)
    page.command("show", help="列出自己手上未办结的案件。")(show)
    page.command("list", help="出具自己当天交出案件的清单（.xlsx），双方签字。")(write_list)
    page.command("give", help="把手上的案件连同纸质材料交给同事，打印出来可双方签字。")(give)
    commands.add_typer(page, name="shift")


def show(acting_name: As = None) -> int:
    """Print the cases in the clerk's hand."""
    with writing(acting_name) as context:
        found = shift.in_hand(context, context.clerk)
        name = context.clerk
    print(f"{safe(name)}手上未办结{len(found)}件")
    _print(found)
    return 0


def give(
    taker: Annotated[str, typer.Argument(metavar="NAME", help="接手人。")],
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[N]...", help="只交这些案件；不写则全部。")] = None,
    remark: Annotated[str, typer.Option(help="要交代的话，写入办理记录。")] = "",
    acting_name: As = None,
) -> int:
    """Hand cases over to a colleague."""
    with writing(acting_name) as context:
        given = shift.hand_over(context, taker, remark, only=numbers or ())
        head = f"{context.at:%Y-%m-%d %H:%M}  {context.clerk}交{taker}，共{len(given)}件"
    print(safe(head))
    _print(given)
    if remark.strip():
        print(f"交代：{safe(remark.strip())}")
    print("交：____________    接：____________")
    return 0


def write_list(
    out: Annotated[Path, typer.Option(metavar="DIR", help="放到这个文件夹。")],
    acting_name: As = None,
) -> int:
    """Write the list of the cases handed over today, for both to sign."""
    with writing(acting_name) as context:
        path = issuing.issue_for_office(context, "shift-list", context.today, out)
    print(path)
    return 0


def _print(found: list[InHand]) -> None:
    if not found:
        return
    print_table(
        ("编号", "单位", "阶段", "期限", "纸质材料"),
        [
            (
                case.number,
                case.applicant_name,
                case.stage_name,
                "" if case.due_on is None else str(case.due_on),
                case.paper_place or "未记",
            )
            for case in found
        ],
    )
