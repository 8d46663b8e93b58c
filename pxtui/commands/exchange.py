"""`pxtui exchange …`, `pxtui voucher …` and `pxtui source …`: one ledger of trainings and vouchers for the city."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.exchange import partners, receiving, sending, source_changes
from pxtui.casework.exchange.keys import read_public_keys
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import safe

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
    changes = typer.Typer(help="等另一人同意的：删去以往培训、凭证、交换来源，登记公钥。", no_args_is_help=True)
    changes.command("list", help="等待同意的各项。")(list_changes)
    changes.command("agree", help="同意其中一项，由另一人办理。")(agree)
    changes.command("drop", help="撤销其中一项，写明理由。")(drop)
    commands.add_typer(changes, name="source")


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
        print(source_changes.trust(context, office, keys))
    return 0


def list_partners() -> int:
    """Print the offices whose keys are entered."""
    with reading() as context:
        lines = [f"{partner.name}  {partner.fingerprint}" for partner in partners.listed(context)]
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
    sending.require_free(to)
    with writing(acting_name) as context:
        content = sending.export(context, receiver, None if since is None else since.date())
    # Only then: what is outside is always in the journal.
    sending.write_file(to, content)
    print(to)
    return 0


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="其他部门的交换文件。")], acting_name: As = None
) -> int:
    """Take in a file of another office."""
    content = receiving.read_file(file)
    with writing(acting_name) as context:
        taken = receiving.take(context, content)
    print(*map(safe, taken.sentences), sep="\n")
    return 0


def strike(office: OfficeCode, reason: Reason, acting_name: As = None) -> int:
    """Take out all that an office told."""
    with writing(acting_name) as context:
        print(source_changes.strike_office(context, office, reason))
    return 0


def strike_voucher(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="凭证号码。")], reason: Reason, acting_name: As = None
) -> int:
    """Let a voucher count as used no more."""
    with writing(acting_name) as context:
        print(safe(source_changes.strike_voucher(context, number, reason)))
    return 0


ChangeNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="pxtui source list 行首的数字。")]


def list_changes() -> int:
    """Print what waits for a second person."""
    with reading() as context:
        lines = [
            f"{change.id}  {safe(''.join((change.sentence, *change.told)))}"
            for change in source_changes.waiting(context)
        ]
    print(*lines or ["没有等待同意的。"], sep="\n")
    return 0


def agree(number: ChangeNumber, acting_name: As = None) -> int:
    """Let one of them come into force."""
    with writing(acting_name) as context:
        print(safe(source_changes.agree(context, number)))
    return 0


def drop(
    number: ChangeNumber, reason: Annotated[str, typer.Option(help="撤销的理由，记入台账。")], acting_name: As = None
) -> int:
    """Take one of them back."""
    with writing(acting_name) as context:
        source_changes.drop(context, number, reason)
    print("已撤销。")
    return 0
