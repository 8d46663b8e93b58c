"""`pxtui office …`: settings of the office, and the versions of the register."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from pxtui.casework.office import program_version
from pxtui.casework.office import settings as office_settings
from pxtui.casework.staff import changes
from pxtui.commands.session import As, reading, writing


class Switch(StrEnum):
    """Whether something is done."""

    ON = "on"
    OFF = "off"


_TailSum = Annotated[Switch | None, typer.Option(help="花名册须与申请表上的证号末四位合计一致；末位X按0计。")]
_SignIn = Annotated[
    Switch | None, typer.Option(help="登录要口令；只有一人使用的才可以不要，每一屏和每份文书都会注明。")
]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    office = typer.Typer(
        help="本部门的设置：封面合计核对、二次录入、岗位分设、期限、电话、地址和公示网站。", no_args_is_help=True
    )
    office.command("set", help="改设置，没写的不变；记入台账。")(change)
    office.command("show", help="查看设置，以及台账由哪个版本的程序建立和升级。")(show)
    commands.add_typer(office, name="office")


def change(
    tail_sum: _TailSum = None,
    second_keying: Annotated[
        int | None, typer.Option(metavar="PERCENT", help="由另一名受理员二次录入花名册的百分之几，0为不要求。")
    ] = None,
    duties_apart: Annotated[Switch | None, typer.Option(help="初审、复核、审批须由不同的人按岗位办理。")] = None,
    correction_days: Annotated[int | None, typer.Option(metavar="DAYS", help="补正期限，工作日。")] = None,
    opening_days: Annotated[int | None, typer.Option(metavar="DAYS", help="开班审批的承诺时限，工作日。")] = None,
    claim_days: Annotated[int | None, typer.Option(metavar="DAYS", help="补贴审核的承诺时限，工作日。")] = None,
    phone: Annotated[str | None, typer.Option(help="本部门电话，印在文书上。")] = None,
    supervision_phone: Annotated[str | None, typer.Option(help="监督电话，印在文书上。")] = None,
    address: Annotated[str | None, typer.Option(help="本部门地址，印在文书上。")] = None,
    fraud_years: Annotated[
        int | None, typer.Option(metavar="YEARS", help="骗取补贴被追回的单位在以后的案件上标注几年。")
    ] = None,
    notice_hosts: Annotated[
        str | None, typer.Option(metavar="HOSTS", help="公示网站的主机名，几个之间用逗号；空为不限。")
    ] = None,
    second_signature_from: Annotated[
        int | None, typer.Option(metavar="YUAN", help="拨付批次满这么多元的，要再由另一名负责人签发，0为不要求。")
    ] = None,
    sign_in: _SignIn = None,
    signs: Annotated[Switch | None, typer.Option(help="疑点逐条处理后才能同意；否则只提示。")] = None,
    spot_check: Annotated[Switch | None, typer.Option(help="拨付以前须抽查学员，由两人登记和确认。")] = None,
    acting_name: As = None,
) -> int:
    """Change the settings that are named."""
    with writing(acting_name) as context:
        sentence = changes.change_settings(
            context,
            second_keying_share=second_keying,
            correction_days=correction_days,
            opening_days=opening_days,
            claim_days=claim_days,
            office_phone=phone,
            supervision_phone=supervision_phone,
            address=address,
            fraud_years=fraud_years,
            notice_hosts=notice_hosts,
            **_switches(
                tail_sum_wanted=tail_sum,
                duties_apart=duties_apart,
                sign_in_wanted=sign_in,
                signs_decided=signs,
                spot_check_wanted=spot_check,
            ),
            second_signature_from_fen=None if second_signature_from is None else second_signature_from * 100,
        )
    print(sentence.removeprefix("现为："))
    return 0


def _switches(**switches: Switch | None) -> dict[str, Any]:
    """The switches that were named, as settings."""
    return {name: switch is Switch.ON for name, switch in switches.items() if switch is not None}


def show() -> int:
    """Show the settings, and which version of the program made and upgraded the register."""
    with reading() as context:
        print(office_settings.settings(context).in_words)
        print(*program_version.history(context), sep="\n")
    return 0
