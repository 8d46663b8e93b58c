"""`pxtui export`: the papers of a case as workbooks."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework import issuing
from pxtui.casework.issuing import Form
from pxtui.commands.session import As, Number, writing


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command("export", help="出具附件1至4（.xlsx）。")(export)


def export(
    number: Number,
    form: Annotated[list[Form], typer.Option(help="出哪一份；可写几次。")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="放到这个文件夹。")],
    with_passwords: Annotated[bool, typer.Option(help="附件4印出平台密码（记入办理记录）。")] = False,
    acting_name: As = None,
) -> int:
    """Write papers and record that they were issued."""
    with writing(acting_name) as (session, acting):
        written = issuing.issue(session, acting, number, form, out, with_passwords=with_passwords)
    for path in written:
        print(path)
    return 0
