"""`pxtui backup …`, `pxtui restore` and `pxtui key …`: backups of the register and of its keys."""

import sys
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from db import backup_list
from db.private_files import require_private
from pxtui import clock
from pxtui.casework.keeping import backups, key_backup, office_key, restoring, rotating
from pxtui.casework.office.register import open_register
from pxtui.commands.session import As, signed_in_often, writing
from pxtui.errors import NotFound, Refused
from pxtui.file_content import content_of
from pxtui.home import home

_LONGEST_PASSPHRASE = 1_000

Private = Annotated[Path, typer.Option("--key", metavar="FILE", help="备份私钥（U盘上的文件）。")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="口令在这个文件的第一行；不写则当面询问，绝不写在命令里。"),
]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="备份台账：柜台照常录入，备份加密，读回核对无误后才登记。", invoke_without_command=True)
    page.callback()(back_up)
    page.command("list", help="已有的备份。")(list_backups)
    keys = typer.Typer(help="备份密钥：公钥在本机，私钥不留在本机。", no_args_is_help=True)
    keys.command("create", help="建立备份密钥；私钥写到U盘，打印一份锁好。")(create_key)
    keys.command("show", help="备份密钥的指纹。")(show_key)
    page.add_typer(keys, name="key")
    commands.add_typer(page, name="backup")
    commands.command("restore", help="把备份恢复到新的文件夹并核对，绝不覆盖台账；--drill 只演练。")(restore)
    register_keys = typer.Typer(help="台账的密钥（身份证号等加密内容的钥匙）。", no_args_is_help=True)
    register_keys.command("backup", help="备份台账的密钥，与台账的备份分开放。")(back_up_keys)
    register_keys.command("rotate", help="更换台账的密钥：全部内容改用新密钥，中断了再运行一次接着换。")(rotate)
    commands.add_typer(register_keys, name="key")


def back_up(
    typed: typer.Context,
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="写到这个文件夹，如U盘；不写则在数据文件夹里。")
    ] = None,
    daily: Annotated[bool, typer.Option("--daily", help="今天已有备份的不再做；给定时任务用。")] = False,
) -> int:
    """Back the register up."""
    if typed.invoked_subcommand is not None:
        return 0
    place, now = home(), _now()
    if daily and to is None:
        made = backups.back_up_daily(place, now) if place.backup_key.exists() else backups.back_up(place, now)
        if made is None:
            print("今天已有备份，没有另做。")
            return 0
    else:
        made = backups.back_up(place, now, to)
    print(f"已备份并核对：{(to or place.backups) / made.name}（{_told(made)}）")
    if made.is_whole is False:
        print("注意：台账里有程序以外的改动，备份照样做了；请管理员运行 pxtui verify 查明。")
    return 0


def list_backups(
    folder: Annotated[Path | None, typer.Option("--in", metavar="DIR", help="哪个文件夹，如U盘。")] = None,
) -> int:
    """Print the backups that are whole."""
    place = home()
    found = backup_list.listed(folder or place.backups)
    lines = [
        f"{backup.made_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M} {backup.name} {_told(backup)}" for backup in found
    ]
    drilled = restoring.last_drill(place)
    print(*lines or ["还没有备份。"], sep="\n")
    print(f"最近一次恢复演练：{drilled.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if drilled else "还没有做过恢复演练。")
    return 0


def create_key(
    to: Annotated[Path, typer.Option(metavar="FILE", help="私钥写到哪个文件，如U盘上的新文件。")],
    passphrase: Annotated[bool, typer.Option("--passphrase", help="私钥另加口令，当面询问两次。")] = False,
    passphrase_file: PassphraseFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="已有备份密钥的，另建一把，以后的备份用新的。")] = False,
    acting_name: As = None,
) -> int:
    """Draw the office key."""
    secret = ""
    if passphrase or passphrase_file is not None:
        secret = passphrase_of(passphrase_file, twice=True)
    with writing(acting_name) as context:
        key = office_key.create(context, to, passphrase=secret, replaces=replace)
        print(
            f"已建立备份密钥，指纹 {key.in_groups}\n"
            f"私钥在“{to}”：请打印一份装信封锁好，U盘另锁一处，本机不要留存；丢失了谁也打不开备份。\n"
            "接着请运行 pxtui key backup --to 另一个U盘上的文件，把台账的密钥也备份好。"
        )
    return 0


def show_key() -> int:
    """Print the fingerprint of the office key."""
    print(office_key.office_key(home()).in_groups)
    return 0


def restore(
    private: Private,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="备份文件；演练可不写，用最近的一份。")] = None,
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="恢复到这个新的文件夹。")] = None,
    keys: Annotated[Path | None, typer.Option(metavar="FILE", help="台账密钥的备份（pxtui key backup 写的）。")] = None,
    drill: Annotated[bool, typer.Option("--drill", help="只演练：恢复、核对、删去，记下日期。")] = False,
    passphrase_file: PassphraseFile = None,
) -> int:
    """Restore a backup."""
    place = home()
    if (to is None) is not drill:
        raise Refused("请写明恢复到哪个新的文件夹（--to），或者只演练（--drill），两者写一个。")
    file = file or _newest(place.backups)
    key = office_key.read_private(private, lambda: passphrase_of(passphrase_file))
    if to is None:
        restored = restoring.drill(place, _now(), file, key)
        print(f"演练成功，{_told_restored(restored)}")
        return 0
    restored = restoring.restore(file, key, to, keys, _now())
    print(f"已恢复到“{to}”，{_told_restored(restored)}")
    made = restored.backup.made_at.astimezone(clock.CHINA)
    print(f"这是{made:%Y-%m-%d %H:%M}的台账，之后办理的都不在里面，请对照纸质材料补录。")
    if keys is None:
        print(
            f"里面没有密钥：请把台账的密钥文件放到“{to / 'keys' / 'register.key'}”（权限0600），或加 --keys 重新恢复。"
        )
    print(f"启用：关闭所有柜台，把原数据文件夹改名留存，再把“{to}”改名为“{place.root}”，或设置 PXTUI_HOME={to}。")
    return 0


def back_up_keys(
    to: Annotated[Path, typer.Option(metavar="FILE", help="写到哪个新文件，与台账的备份分开。")], acting_name: As = None
) -> int:
    """Write the register's keys down, sealed for the office key."""
    key_backup.require_free(home(), to)
    with writing(acting_name) as context:
        content = key_backup.sealed_keys(context)
    # Only then: what is outside is always in the journal.
    key_backup.write_keys(home(), to, content, _now())
    print(f"已备份台账的密钥：{to}（用备份密钥加密，与台账的备份分开存放）")
    return 0


def rotate(
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="新密钥的备份写到哪个新文件，如U盘。")] = None,
    acting_name: As = None,
) -> int:
    """Let everything under seal go over to a new key."""
    with signed_in_often(acting_name) as (register, acting):
        version = rotating.rotate(register, acting, to, print)
    print(f"已更换台账的密钥：第{version}版，全部内容已改用；密钥的备份须用这次新写的，以前的台账备份仍打得开。")
    return 0


def _now() -> datetime:
    day = clock.practice_day()
    now = clock.now(day)
    if day is not None:
        # Refused where it is no practice register.
        open_register(home(), now, practice_day=day).close()
    return now


def _newest(folder: Path) -> Path:
    found = backup_list.listed(folder)
    if not found:
        raise NotFound(f"“{folder}”里还没有备份，请写明备份文件，或先运行 pxtui backup。")
    return folder / found[-1].name


def passphrase_of(file: Path | None, *, twice: bool = False) -> str:
    """What opens the private part of the office key: out of a file, or asked for.

    Raises:
        PxtuiError: the file is not private, or there is no terminal to ask at.
    """
    if file is not None:
        require_private(file, "口令文件")
        content = content_of(file, _LONGEST_PASSPHRASE, "口令文件太大，请核对。").decode("utf-8-sig", errors="replace")
        return content.partition("\n")[0].strip()
    if not sys.stdin.isatty():
        raise Refused("备份私钥要口令：请在终端里运行，或用 --passphrase-file 指定口令文件。")
    typed = getpass("备份私钥的口令（不显示）：")
    if twice and getpass("再输一次：") != typed:
        raise Refused("两次输入的口令不一样，没有建立，请重新运行。")
    return typed


def _told(backup: backup_list.Backup) -> str:
    return f"{_counted(backup)}，{backup.bytes / 1e6:.1f}MB"


def _counted(backup: backup_list.Backup) -> str:
    return f"{backup.content.rows.get('training_case', 0)}个案件，经办记录{backup.content.journal}条"


def _told_restored(restored: restoring.Restored) -> str:
    texts = "" if restored.sealed_texts is None else f"，加密内容{restored.sealed_texts}项全部打得开"
    return f"与备份时逐项一致（{_counted(restored.backup)}{texts}），用时{restored.seconds:.0f}秒。"
