"""`pxtui office …`: what the office wants done with every roster."""

from enum import StrEnum
from typing import Annotated

import typer

from pxtui.casework import office_settings
from pxtui.commands.session import As, reading, writing


class Switch(StrEnum):
    """Whether something is done."""

    ON = "on"
    OFF = "off"


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    office = typer.Typer(help="本部门的设置：封面合计核对、二次录入。", no_args_is_help=True)
    office.command("set", help="改设置，没写的不变；记入台账。")(change)
    office.command("show", help="查看设置。")(show)
    commands.add_typer(office, name="office")


def change(
    tail_sum: Annotated[
        Switch | None, typer.Option(help="花名册须与申请表上的证号末四位合计一致；末位X按0计。")
    ] = None,
    second_keying: Annotated[
        int | None, typer.Option(metavar="PERCENT", help="由另一名受理员二次录入花名册的百分之几，0为不要求。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Change the settings that are named."""
    wanted = None if tail_sum is None else tail_sum is Switch.ON
    with writing(acting_name) as (session, acting):
        after = office_settings.change(session, acting, tail_sum_wanted=wanted, second_keying_share=second_keying)
    print(after.told)
    return 0


def show() -> int:
    """Show the settings."""
    with reading() as session:
        print(office_settings.settings(session).told)
    return 0
