"""`pxtui audit pack FOLDER`: the register for an audit, answerable without the program."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.audit import pack as audit_pack
from pxtui.commands.session import As, signed_in_often
from pxtui.commands.tables import safe
from pxtui.progress import Watch


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="审计：资料包。", no_args_is_help=True)
    page.command(
        "pack", help="审计资料包：台账副本（号码隐去）、表格、办理记录、查询和核对程序；由负责人或审计员出具。"
    )(pack)
    commands.add_typer(page, name="audit")


def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="放到这个空文件夹。")],
    acting_name: As = None,
) -> int:
    """Enter it in the journal, then write it."""
    with signed_in_often(acting_name) as (register, acting):
        with register.writing(acting()) as context:
            audit_pack.order(context, folder)
        with register.reading(acting()) as context:
            count = audit_pack.write(context, folder, Watch())
    print(safe(f"审计资料包已写到{folder}，共{count}个文件；核对：python3 {folder / audit_pack.CHECK}"))
    return 0
