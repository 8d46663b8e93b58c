"""`pxtui fund`: the sources of money with their grants and balances."""

from typing import Annotated

import typer

from pxtui.casework.payment import funds
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table
from pxtui.policy.subsidy import yuan


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="资金来源。", no_args_is_help=True)
    page.command("put", help="登记资金来源，或改名称和额度。")(put)
    page.command("increase", help="给一个资金来源增加额度。")(increase)
    page.command("list", help="列出各资金来源的额度、在途、已拨付、已追回和余额。")(list_funds)
    commands.add_typer(page, name="fund")


def put(
    code: Annotated[str, typer.Argument(metavar="CODE", help="代码，如ZX2020。")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称，如职业技能提升行动专项资金。")],
    granted: Annotated[str, typer.Argument(metavar="YUAN", help="额度，元，如500000.00。")],
    acting_name: As = None,
) -> int:
    """Enter or change a fund."""
    with writing(acting_name) as context:
        source = funds.put(context, code, name, funds.fen_of(granted))
    _print_source(source)
    return 0


def increase(
    code: Annotated[str, typer.Argument(metavar="CODE", help="资金来源的代码。")],
    amount: Annotated[str, typer.Argument(metavar="YUAN", help="增加多少元。")],
    acting_name: As = None,
) -> int:
    """Add a further sum to the grant of a fund."""
    with writing(acting_name) as context:
        source = funds.increase(context, code, funds.fen_of(amount))
    _print_source(source)
    return 0


def _print_source(source: funds.Source) -> None:
    print(f"{source.code} {source.name}：额度{yuan(source.granted_fen)}元，余额{yuan(source.balance_fen)}元")


def list_funds() -> int:
    """Print the funds with their balances."""
    with reading() as context:
        found = funds.funds(context)
    print_table(
        ("代码", "名称", "额度", "在途", "已拨付", "已追回", "余额"),
        [
            (
                source.code,
                source.name,
                *map(
                    yuan,
                    (
                        source.granted_fen,
                        source.on_its_way_fen,
                        source.paid_fen,
                        source.recovered_fen,
                        source.balance_fen,
                    ),
                ),
            )
            for source in found
        ],
    )
    return 0
