"""`pxtui staff`: adding, roles and retirement of the staff."""

from typing import Annotated

import typer

from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table

_Name = Annotated[str, typer.Argument(metavar="NAME", help="姓名。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="使用台账的人员。", no_args_is_help=True)
    page.command("add", help="增加一人。")(add)
    page.command("role", help="改一人的岗位。")(assign)
    page.command("retire", help="一人离岗；其办理记录保留。")(retire)
    page.command("list", help="列出在岗人员和岗位。")(show)
    commands.add_typer(page, name="staff")


def add(
    name: _Name,
    role: Annotated[Role, typer.Option(help="岗位；岗位分设时才有区别。")] = Role.CLERK,
    acting_name: As = None,
) -> int:
    """Add a member of staff."""
    with writing(acting_name) as context:
        print(f"已增加{members.add(context, name, role)}")
    return 0


def assign(name: _Name, role: Annotated[Role, typer.Argument(help="岗位。")], acting_name: As = None) -> int:
    """Give a member of staff another role."""
    with writing(acting_name) as context:
        print(f"{members.assign(context, name, role)}现为{role.value}")
    return 0


def retire(name: _Name, acting_name: As = None) -> int:
    """Retire a member of staff."""
    with writing(acting_name) as context:
        print(f"{members.retire(context, name)}已离岗")
    return 0


def show() -> int:
    """Print the working staff and their roles."""
    with reading() as context:
        print_table(("姓名", "岗位"), [(name, role.value) for name, role in members.working(context)])
    return 0
