"""`pxtui staff …`: what two people change where duties are apart, proposed here and confirmed here by another."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.office import duties
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, members, substitution
from pxtui.commands.personal import ASKED, FromFile, Wanted, told
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table
from pxtui.file_content import content_of
from pxtui.server_login import public_key

_MOST_OF_KEY = 16 * 1024
_Name = Annotated[str, typer.Argument(metavar="NAME", help="姓名。")]
_Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="DAY", help="如2020-03-16。")]
_Change = Annotated[int, typer.Argument(metavar="NUMBER", help="pxtui staff list 里等待确认的改动行首的数字。")]


def add_to(page: typer.Typer) -> None:
    """Enter the commands of this page."""
    page.command("add", help="增加一人，或恢复离岗的人员；岗位分设时由另一人确认后生效。")(add)
    page.command("role", help="改一人的岗位；岗位分设时由另一人确认后生效。")(assign)
    page.command("identify", help="登记一人的身份证号，只存加密标识；一人几个姓名按一人算。")(identify)
    page.command("substitute", help="登记代理：谁在哪些天代理谁。")(substitute)
    page.command("end-substitution", help="提前结束一项代理。")(end_substitution)
    page.command("confirm", help="确认一项等待的改动。")(confirm)
    page.command("drop", help="撤销一项等待的改动。")(drop)
    page.command("list", help="列出在岗人员和岗位、代理、等待确认的改动。")(show)


def add(
    name: _Name,
    role: Annotated[Role, typer.Option(help="岗位；岗位分设时才有区别。")] = Role.CLERK,
    id_number: Annotated[str, typer.Option("--id", metavar="-", help="写-，按提示输入此人的身份证号。")] = "",
    office: Annotated[str, typer.Option(metavar="CODE", help="所在部门的代码；不写为本部门。")] = "",
    password: Annotated[bool, typer.Option("--with-password", help="同时设初始口令，首次登录须改。")] = False,
    account: Annotated[str, typer.Option(metavar="LOGIN", help="同时登记服务器上的登录名。")] = "",
    key: Annotated[str, typer.Option(metavar="FILE", help="同时登记登录公钥：.pub文件；-为从标准输入读。")] = "",
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Add a member of staff, ready to sign in where a password or a login is given as well."""
    entered = public_key(text_of_key(key)) if key else None
    (number,) = told(Wanted("身份证号", id_number), from_file=from_file)
    with writing(acting_name) as context:
        print(
            changes.add(
                context,
                name,
                role,
                id_number=number,
                office=office,
                password=password,
                account=account,
                key=entered,
            )
        )
    return 0


def text_of_key(file: str) -> str:
    """The text of a file with a public key; `-`: of the standard input.

    Raises:
        Refused: it is too large for one.
    """
    if file == "-":
        return sys.stdin.read(_MOST_OF_KEY)
    return content_of(Path(file), _MOST_OF_KEY, "这不是SSH公钥文件，太大了，请给出.pub文件。").decode(errors="replace")


def assign(name: _Name, role: Annotated[Role, typer.Argument(help="岗位。")], acting_name: As = None) -> int:
    """Give a member of staff another role."""
    with writing(acting_name) as context:
        print(changes.assign(context, name, role))
    return 0


def identify(
    name: _Name,
    id_number: Annotated[str, typer.Argument(metavar="-", help="写-或不写，按提示输入。")] = ASKED,
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Say whose name it is."""
    (number,) = told(Wanted("身份证号", id_number), from_file=from_file)
    with writing(acting_name) as context:
        print(changes.identify(context, name, number))
    return 0


def substitute(
    absent: Annotated[str, typer.Argument(metavar="ABSENT", help="被代理的人。")],
    name: _Name,
    starts_on: _Day,
    ends_on: _Day,
    acting_name: As = None,
) -> int:
    """Let somebody act for an absent colleague."""
    with writing(acting_name) as context:
        print(changes.substitute(context, absent, name, starts_on.date(), ends_on.date()))
    return 0


def end_substitution(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="pxtui staff list 里代理行首的数字。")],
    acting_name: As = None,
) -> int:
    """End a substitution before its last day."""
    with writing(acting_name) as context:
        print(f"已结束：{substitution.end(context, number)}。")
    return 0


def confirm(number: _Change, acting_name: As = None) -> int:
    """Let a change come into force."""
    with writing(acting_name) as context:
        print(changes.confirm(context, number))
    return 0


def drop(
    number: _Change,
    reason: Annotated[str, typer.Option(help="理由。")],
    acting_name: As = None,
) -> int:
    """Take a change that waits back."""
    with writing(acting_name) as context:
        changes.drop(context, number, reason)
        print("已撤销。")
    return 0


def show() -> int:
    """Print the working staff with their roles, the substitutions, and what waits."""
    with reading() as context:
        rows = [(name, role.value, office) for name, role, office in members.with_offices(context)]
        unknown = members.without_person(context) if duties.are_apart(context) else ()
        stands = [(f"{stand.id}", stand.sentence) for stand in substitution.listed(context)]
        waiting = [(f"{change.id}", change.sentence) for change in changes.waiting(context)]
    if any(office for *_, office in rows):
        print_table(("姓名", "岗位", "部门"), rows)
    else:
        print_table(("姓名", "岗位"), [row[:2] for row in rows])
    if unknown:
        print(f"还没有登记身份证号，分不清是不是同一人：{'、'.join(unknown)}。")
    if stands:
        print_table(("号", "代理"), stands)
    if waiting:
        print_table(("号", "等待确认"), waiting)
    return 0
