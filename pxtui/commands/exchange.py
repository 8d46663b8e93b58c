"""`pxtui exchange …` and `pxtui voucher …`: one ledger of trainings and vouchers for the offices of the city."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from db.private_files import create_private
from pxtui.casework.exchange import partners, receiving, sending, striking
from pxtui.casework.exchange.keys import read_public_keys
from pxtui.casework.exchange.known import office_name
from pxtui.casework.exchange.receiving import Taken
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import safe
from pxtui.errors import Refused
from pxtui.file_content import content_of

_LARGEST_BYTES = 200_000_000
_MOST_CASES_NAMED = 20

OfficeCode = Annotated[str, typer.Argument(metavar="OFFICE", help="部门代码，如renhe。")]
Reason = Annotated[str, typer.Option(help="删去的理由，记入台账。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="与其他部门交换培训和凭证：全市一本账。", no_args_is_help=True)
    page.command("key", help="本部门的公钥，交给其他部门；第一次用时建立密钥。")(key)
    page.command("trust", help="登记其他部门的公钥，记入台账；先用电话核对指纹。")(trust)
    page.command("list", help="已登记公钥的部门和指纹。")(list_partners)
    page.command("export", help="导出本台账的培训和凭证，只有指定的部门能打开。")(export)
    page.command("import", help="导入其他部门的交换文件；重复导入不增加。")(take)
    page.command("strike", help="删去某部门交换来的全部内容和公钥，写明理由。")(strike)
    commands.add_typer(page, name="exchange")
    vouchers = typer.Typer(help="已用凭证。", no_args_is_help=True)
    vouchers.command("strike", help="删去误报的已用凭证，写明理由，记入台账。")(strike_voucher)
    commands.add_typer(vouchers, name="voucher")


def key() -> int:
    """Print the public keys of this office."""
    with reading() as context:
        keys = partners.own_public_keys(context)
    print(keys.text, end="")
    return 0


def trust(
    office: OfficeCode,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="对方 pxtui exchange key 的输出。")],
    acting_name: As = None,
) -> int:
    """Enter the public keys of another office."""
    keys = read_public_keys(file)
    with writing(acting_name) as context:
        partners.trust(context, office, keys)
        print(f"已登记{office_name(context, office)}的公钥，指纹{keys.fingerprint}，请与对方电话核对。")
    return 0


def list_partners() -> int:
    """Print the offices whose keys are entered."""
    with reading() as context:
        lines = [f"{office_name(context, keys.office)}  {keys.fingerprint}" for keys in partners.partners(context)]
    print(*lines or ["还没有登记其他部门的公钥。"], sep="\n")
    return 0


def export(
    to: Annotated[Path, typer.Option(metavar="FILE", help="写到哪个文件，不覆盖已有的。")],
    receiver: Annotated[str, typer.Option("--for", metavar="OFFICE", help="给哪个部门。")],
    since: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="只导出这天起开班的，不写则全部。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Write a file for another office."""
    if to.exists() or to.is_symlink():
        raise Refused(f"“{to}”已经存在，没有覆盖，请换一个文件名。")
    with writing(acting_name) as context:
        content = sending.export(context, receiver, None if since is None else since.date())
    # Only then: what is outside is always in the journal.
    create_private(to, "交换文件", content)
    print(to)
    return 0


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="其他部门的交换文件。")], acting_name: As = None
) -> int:
    """Take in a file of another office."""
    content = content_of(file, _LARGEST_BYTES, "文件过大，不像交换文件，请核对文件。")
    with writing(acting_name) as context:
        taken = receiving.take(context, content)
    print(*map(safe, _sentences(taken)), sep="\n")
    return 0


def strike(office: OfficeCode, reason: Reason, acting_name: As = None) -> int:
    """Take out all that an office told."""
    with writing(acting_name) as context:
        print(f"已删去{striking.strike_office(context, office, reason)}条和公钥。")
    return 0


def strike_voucher(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="凭证号码。")], reason: Reason, acting_name: As = None
) -> int:
    """Let a voucher count as used no more."""
    with writing(acting_name) as context:
        print(f"已删去{striking.strike_voucher(context, number, reason)}处。")
    return 0


def _sentences(taken: Taken) -> list[str]:
    if taken.is_known:
        return [f"{taken.office}{taken.made_at:%Y-%m-%d %H:%M}的这份文件以前已经导入，没有增加。"]
    lines = [
        f"{taken.office}{taken.made_at:%Y-%m-%d %H:%M}：新增{taken.added}条，更新{taken.changed}条，"
        f"没有变化{taken.unchanged}条。"
    ]
    if taken.outdated:
        lines.append(f"{taken.outdated}条台账已有更新的，没有采用。")
    if taken.no_longer_told:
        named = "、".join(taken.no_longer_told[:_MOST_CASES_NAMED])
        more = f"等{len(taken.no_longer_told)}件" if len(taken.no_longer_told) > _MOST_CASES_NAMED else ""
        lines.append(f"对方已没有、这里仍保留：{named}{more}；核实后可用 history strike 或 voucher strike 删去。")
    if taken.shared:
        lines.append(f"与本部门案件相同的凭证{len(taken.shared)}张，请核实：")
        lines.extend(taken.shared)
    return lines
