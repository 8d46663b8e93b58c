"""`pxtui init`, `pxtui demo`, `pxtui db upgrade`, `pxtui unwritten`: making, trying and keeping a register."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import NOT_FOR_PRACTICE, create, exists, open_register
from pxtui.casework.staff import passwords
from pxtui.commands import keyed_passwords, moving
from pxtui.errors import Refused
from pxtui.home import home, practice_home
from pxtui.identifiers.text import canonical
from pxtui.password_pages import beginning
from pxtui.policy.parameters import shipped_rulebook


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command("init", help="建立台账，不提问。")(init)
    commands.command("demo", help="打开演练台账（编造的案件，放在单独的文件夹）。")(demo)
    commands.command("tour", help="十分钟导览：在真的屏幕上办一件编造的案件，不留痕迹；Esc离开。")(tour)
    database = typer.Typer(help="台账数据库。", no_args_is_help=True)
    database.command("upgrade", help="先备份再升级到本程序的版本。")(upgrade)
    database.command("roles", help="写出数据库三个账号（迁移、程序、备份）的权限，由数据库管理员用psql执行。")(roles)
    moving.add_to(database)
    commands.add_typer(database, name="db")
    commands.command("unwritten", help="写出已登记出具而没有写成的清单和文书，内容和编号不变。")(unwritten)


def init(
    office: Annotated[str, typer.Option(metavar="OFFICE", help="部门代码，如dongqu。")],
    name: Annotated[str, typer.Option(metavar="NAME", help="受理员姓名。")],
    practice: Annotated[bool, typer.Option("--practice", help="演练台账：可以用PXTUI_TODAY指定日期。")] = False,
    no_sign_in: Annotated[
        bool, typer.Option("--no-sign-in", help="只有一人使用，登录不要口令；每一屏和每份文书都会注明。")
    ] = False,
    administrator: Annotated[
        bool, typer.Option("--administrator", help="几个人用的：建立的人当管理员，以后增加各岗位的人。")
    ] = False,
) -> int:
    """Make the register of an office with its first member of staff."""
    place, day = home(), clock.practice_day()
    if day is not None and not practice:
        raise Refused(NOT_FOR_PRACTICE)
    if exists(place):
        raise Refused(f"“{place.root}”里已有台账，不再新建；直接运行 pxtui 即可打开。")
    if administrator and no_sign_in:
        raise Refused("几个人用的台账登录都要口令，--administrator 和 --no-sign-in 只能写一个。")
    begin = _nothing if practice else beginning("" if no_sign_in else _password(name), administers=administrator)
    create(place, office=office, name=name, at=clock.now(day), is_practice=practice, begin=begin).close()
    kind = "演练台账" if practice else "台账"
    print(f"已建立{shipped_rulebook().latest.office(office).name}的{kind}：{place.root}")
    return 0


def _nothing(_context: Context) -> None:
    """Practice needs no password."""


def _password(name: str) -> str:
    """Asked for before anything is made."""
    password = keyed_passwords.new_password(f"{name}的登录口令（至少{passwords.LEAST_LENGTH}位）：")
    if sentence := passwords.fault(password, canonical(name)):
        raise Refused(sentence)
    return password


def demo(
    acting_name: Annotated[str | None, typer.Option("--as", metavar="NAME", help="以谁的身份练习，如李主任。")] = None,
) -> int:
    """Open the practice register, which is made at the first time."""
    from pxtui.app import open_desk
    from pxtui.casework.practice.register import CLERK, PRACTICE_DAY, make_practice_register

    place, day = practice_home(), clock.practice_day(PRACTICE_DAY)
    make_practice_register(place, clock.now(day))
    return open_desk(acting_name or CLERK, place, day)


def tour() -> int:
    """Take somebody who is new through a class, on a register that is gone afterwards."""
    from pxtui.tour import run_tour

    return run_tour()


def upgrade() -> int:
    """Upgrade the register to this program's schema."""
    day = clock.practice_day()
    open_register(home(), clock.now(day), practice_day=day).close()
    print("台账已是本程序的版本。")
    return 0


def roles(
    owner: Annotated[str, typer.Option(metavar="ACCOUNT", help="建表和升级用的账号。")] = "pxtui_owner",
    program: Annotated[str, typer.Option(metavar="ACCOUNT", help="程序的账号。")] = "pxtui",
    backup: Annotated[str, typer.Option(metavar="ACCOUNT", help="只读的备份账号。")] = "pxtui_backup",
) -> int:
    """Print what an administrator of the database lets the three accounts do."""
    from db.kinds.postgresql_roles import statements

    print("".join(f"{statement};\n" for statement in statements(owner, program, backup)), end="")
    return 0


def unwritten(
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="放到这个文件夹；不写放到原定的地方。")] = None,
) -> int:
    """Write what was committed and could not be written."""
    if out is not None and not out.is_dir():
        raise Refused(f"没有这个文件夹，请核对，或先建立：{out}")
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    try:
        # Opening the register has tried the places that were asked for.
        written, failed = register.write_unwritten(now, out)
        written += register.written_late
    finally:
        register.close()
    if failed:
        raise Refused("\n".join(file.sentence for file in failed))
    print("\n".join(map(str, written)) if written else "没有未写成的清单和文书。")
    return 0
