"""The machine that the program runs on: interpreter, environment, SQLite, core dumps, disk, clock, fonts."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from db.kinds.sqlite import wal_is_safe
from pxtui.checkup.finding import Finding, bad, caution, good
from pxtui.home import Home
from pxtui.program_settings import unknown

_FIRST, _AFTER = (3, 11), (3, 14)
_STEERING = ("PYTHON", "TEXTUAL", "LD_")
_LEAST_FREE = 200 * 2**20
_ENOUGH_FREE = 2 * 2**30
"""Room for some years of a counter, their papers and the backups of a month."""
_TIMES_THE_REGISTER = 4
"""A backup is made aside, and an upgrade keeps a copy of the register of before."""
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs")
_SYNCHRONISED = ("/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/ntpd.pid")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FANGSONG = ("simfang", "fangsong", "仿宋")
_CHINESE = ("simsun", "simhei", "song", "hei", "cjk", "wqy", "宋", "黑")


def findings(home: Home, environment: Mapping[str, str], disks: Path = Path("/proc/mounts")) -> Iterator[Finding]:
    """All about the machine.

    Args:
        environment: as the program was started with it.
        disks: the list of what is mounted where.
    """
    yield _interpreter()
    yield _environment(environment)
    yield from (caution("设置", sentence, "见 pxtui settings。") for sentence in unknown(environment))
    yield _sqlite()
    yield from _core_dumps()
    yield _room(home)
    yield from _kind_of_disk(home, disks)
    yield _synchronised()
    yield _fonts([Path(folder).expanduser() for folder in _FONT_FOLDERS])


def _interpreter() -> Finding:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    if not _FIRST <= sys.version_info[:2] < _AFTER:
        return caution("Python", f"{version}没有试过", "请用Python 3.11至3.13重新安装。")
    return good("Python", f"{version}{'，不读PYTHON变量（-I）' if sys.flags.isolated else ''}")


def _environment(environment: Mapping[str, str]) -> Finding:
    steering = sorted(name for name in environment if name.startswith(_STEERING))
    if steering and not sys.flags.isolated:
        named = "、".join(steering)
        return caution(
            "环境变量", f"设有{named}", "能让程序装入别处的代码或写文件；请去掉，服务器上用deploy/bin/login启动。"
        )
    return good("环境变量", "没有会左右程序的")


def _sqlite() -> Finding:
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    way = "WAL、FULL" if wal_is_safe((major, minor, patch)) else "DELETE、EXTRA（这一版的WAL有缺陷，不用）"
    return good("SQLite", f"{sqlite3.sqlite_version}，写入方式{way}")


def _core_dumps() -> Iterator[Finding]:
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard != 0 and soft != 0:
        yield caution("内存转储", "本次启动没有关掉", "程序自己会关；服务器上请用deploy/bin/login启动（ulimit -c 0）。")
    else:
        yield good("内存转储", "已关闭")


def _room(home: Home) -> Finding:
    place = next((path for path in (home.root, *home.root.parents) if path.is_dir()), Path("/"))
    free = shutil.disk_usage(place).free
    register = home.register.stat().st_size if home.register.is_file() else 0
    shown = f"剩{free // 2**20}MB"
    if free < max(_LEAST_FREE, 2 * register):
        return bad("磁盘", shown, "快满了，满了就不能登记；请腾出空间或换大的磁盘。")
    if free < max(_ENOUGH_FREE, _TIMES_THE_REGISTER * register):
        return caution("磁盘", shown, "备份和升级要有台账几倍的空间，请尽早腾出。")
    return good("磁盘", shown)


def _kind_of_disk(home: Home, disks: Path) -> Iterator[Finding]:
    try:
        entries = [line.split() for line in disks.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return
    root = Path(os.path.realpath(home.root))
    over = [(entry[1], entry[2]) for entry in entries if len(entry) > 2 and root.is_relative_to(entry[1])]
    kind = max(over, key=lambda entry: len(entry[0]))[1] if over else ""
    if kind in _NETWORK:
        yield bad("磁盘种类", f"网络盘（{kind}）", "断网时会丢已登记的内容；请把数据文件夹移到本机磁盘。")
    elif kind:
        yield good("磁盘种类", f"本机磁盘（{kind}）")


def _synchronised() -> Finding:
    if any(os.path.exists(path) for path in _SYNCHRONISED):
        return good("对时", "有对时服务")
    return caution("对时", "看不出有对时服务", "时钟错了期限就算错；请启用系统的对时（systemd-timesyncd或chrony）。")


def _fonts(folders: list[Path]) -> Finding:
    names = {path.name.lower() for folder in folders if folder.is_dir() for path in folder.rglob("*")}
    if any(part in name for name in names for part in _FANGSONG):
        return good("字体", "有仿宋")
    if any(part in name for name in names for part in _CHINESE):
        return good("字体", "没有仿宋，别的中文字体代替；只在别的电脑上打印的不要紧")
    return caution("字体", "没有中文字体", "在这台机器上打印或转PDF须装仿宋、宋体、黑体；在别的电脑上打印的不要紧。")
