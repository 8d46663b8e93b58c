"""`pxtui payment confirm-bounce` and `pxtui payment resolve`: what is doubtful about the bank's word is decided."""

from typing import Annotated

import typer

from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.payment import doubts
from pxtui.commands.session import As, Number, writing
from pxtui.errors import Refused


def add_to(page: typer.Typer) -> None:
    """Enter the commands of this page under `pxtui payment`."""
    page.command(
        "confirm-bounce", help="由另一人核对后确认退票，然后才能再拨付：人工登记的，岗位分设时还有读文件登记的。"
    )(confirm_bounce)
    page.command("resolve", help="银行回单与已登记的结果不一致时，由另一人认定哪个是真的。")(resolve)


def confirm_bounce(
    number: Number,
    evidence: Annotated[str, typer.Option(help="核对了什么，如银行退票通知书的编号。")] = "",
    acting_name: As = None,
) -> int:
    """Confirm a bounce that was entered by hand."""
    with writing(acting_name) as context:
        doubts.confirm_bounce(context, number, evidence)
    print(f"已确认{number}的退票，更正账户后可再列入拨付批次。")
    return 0


def resolve(
    number: Number,
    reason: Annotated[str, typer.Option(help="认定的依据，如向银行核实的结果和凭证号。")],
    paid: Annotated[bool, typer.Option("--paid", help="这一笔已到账。")] = False,
    bounced: Annotated[bool, typer.Option("--bounced", help="这一笔是退票。")] = False,
    acting_name: As = None,
) -> int:
    """Decide between two answers of the bank."""
    if paid == bounced:
        raise Refused("请写明--paid（已到账）或--bounced（退票），只写一个。")
    with writing(acting_name) as context:
        stage = doubts.resolve(context, number, is_paid=paid, reason=reason)
        twice = doubts.told_twice(context, number)
    print(f"已认定，{number}{STAGE_NAMES[stage]}。{twice}")
    return 0
