"""`pxtui staff`: adding, roles and retirement of the staff."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.keeping import office_key, way_back
from pxtui.casework.office.register import open_register
from pxtui.casework.staff import changes, logins, members, sign_in
from pxtui.commands import keyed_passwords, staff_changes
from pxtui.commands.backups import PassphraseFile, Private, passphrase_of
from pxtui.commands.session import As, reading, starting, writing
from pxtui.commands.tables import print_table
from pxtui.errors import Refused
from pxtui.home import home
from pxtui.server_login import public_key, server_login

_Name = Annotated[str, typer.Argument(metavar="NAME", help="姓名。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="使用台账的人员。", no_args_is_help=True)
    staff_changes.add_to(page)
    page.command("retire", help="一人离岗；其办理记录保留。")(retire)
    page.command("password", help="改自己的口令；写了姓名的，给此人设初始口令，岗位分设时由另一人确认。")(set_password)
    page.command("recover", help="忘了口令又没有人能重设的：在服务器上凭备份私钥重设，人人下次登录时看到。")(recover)
    page.command("key", help="登记一人登录服务器用的SSH公钥；岗位分设时由另一人确认。")(enter_key)
    page.command("login", help="登记一人在服务器上的系统账户；岗位分设时由另一人确认。")(enter_account)
    page.command("revoke", help="撤销一把公钥（按指纹）或一个系统账户。")(revoke)
    page.command("logins", help="列出登记的公钥和系统账户。")(show_logins)
    commands.add_typer(page, name="staff")


def retire(name: _Name, acting_name: As = None) -> int:
    """Retire a member of staff."""
    with writing(acting_name) as context:
        print(f"{members.retire(context, name)}已离岗")
    return 0


def set_password(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="给谁设初始口令；不写为改自己的。")] = None,
    first: Annotated[bool, typer.Option("--first", help="台账还没有任何口令时，设第一个（自己的）。")] = False,
    new_file: Annotated[
        Path | None, typer.Option("--new-password-file", metavar="FILE", help="新口令在这个文件里（权限0600）。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Set the own password, or an initial one for somebody else."""
    if first:
        with starting(acting_name) as (register, seat, now):
            if seat.name is None or not seat.is_first:
                raise Refused("台账已有口令，或没有用 --as 写明是谁，不能设第一个口令。")
            sign_in.choose_first(register, seat.name, _new_password(new_file), now)
        print("已设口令。")
        return 0
    if name is not None:
        with writing(acting_name) as context:
            print(changes.give_password(context, name))
        return 0
    with writing(acting_name, sets_password=True) as context:
        if not context.acting.confirmed_at and sign_in.with_password(context):
            raise Refused(f"{context.clerk}还没有口令，请管理员先设初始口令。")
        sign_in.set_own(context, _new_password(new_file))
    print("已改口令。")
    return 0


def _new_password(file: Path | None) -> str:
    return keyed_passwords.from_file(file) if file is not None else keyed_passwords.keyed_twice("新口令：")


def recover(name: _Name, private: Private, passphrase_file: PassphraseFile = None) -> int:
    """Set an initial password by the office key."""
    if server_login().over_ssh:
        raise Refused("这条命令只能在服务器上由管理服务器的人运行，不能在登录的柜台里运行。")
    key = office_key.read_private(private, lambda: passphrase_of(passphrase_file))
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    try:
        password = way_back.recover(register, key, name, now)
    finally:
        register.close()
    print(f"{name}的初始口令（只显示这一次，首次登录须改）：{password}\n已记入办理记录，每个人下次登录时都会看到。")
    return 0


def enter_key(
    name: _Name,
    file: Annotated[str, typer.Argument(metavar="FILE", help="公钥文件（.pub）；-为从标准输入读。")],
    acting_name: As = None,
) -> int:
    """Enter the public key of a member of staff."""
    key = public_key(staff_changes.text_of_key(file))
    with writing(acting_name) as context:
        print(changes.give_key(context, name, key))
    return 0


def enter_account(
    name: _Name,
    account: Annotated[str, typer.Argument(metavar="LOGIN", help="服务器上的登录名。")],
    acting_name: As = None,
) -> int:
    """Enter the account of a member of staff."""
    with writing(acting_name) as context:
        print(changes.give_account(context, name, account))
    return 0


def revoke(
    value: Annotated[str, typer.Argument(metavar="VALUE", help="公钥的指纹（SHA256:…）或登录名。")],
    acting_name: As = None,
) -> int:
    """Revoke a key or an account."""
    with writing(acting_name) as context:
        print(f"已撤销{logins.revoke(context, value)}的 {value}")
    return 0


def show_logins(
    authorized_keys: Annotated[
        bool, typer.Option("--authorized-keys", help="印成服务器authorized_keys文件的各行，只含没有撤销的公钥。")
    ] = False,
) -> int:
    """List keys and accounts."""
    with reading() as context:
        known = logins.all_of(context)
    if authorized_keys:
        print(
            *(f"restrict,pty {login.public_key}" for login in known if login.public_key and not login.is_revoked),
            sep="\n",
        )
        return 0
    rows = [(login.name, login.kind_in_words, login.value, "已撤销" if login.is_revoked else "") for login in known]
    print_table(("姓名", "种类", "指纹或登录名", ""), rows)
    return 0
