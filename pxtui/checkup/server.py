"""The server's own files, where `deploy/install.sh` has put them: who may change them, and what sshd is told."""

import fcntl
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pxtui.checkup.finding import Finding, bad, caution, good

_OTHERS_WRITE = 0o022
_TIMERS = ("backup", "retention", "verify")
_FORCED = re.compile(r"^\s*ForceCommand\s+(?:exec\s+)?/opt/pxtui/bin/login\s*$", re.MULTILINE | re.IGNORECASE)
_BLOCK = re.compile(r"^\s*Match\s+User\s+pxtui\s*$", re.MULTILINE | re.IGNORECASE)
_WANTED = ("DisableForwarding yes", "PermitUserRC no", "ExposeAuthInfo yes", "AuthenticationMethods publickey")
_DANGEROUS = re.compile(
    r"^\s*(PermitUserEnvironment\s+(?!no\b).*|AcceptEnv\s+(?:.*\s)?\*(?:\s.*)?)$", re.MULTILINE | re.IGNORECASE
)
_KEY = re.compile(r"(?:ssh-[a-z0-9-]+|ecdsa-[a-z0-9-]+|sk-[a-z0-9@.-]+)\s+([A-Za-z0-9+/=]+)")
_AGAIN = "请再运行 deploy/install.sh。"


def findings(root: Path = Path("/")) -> Iterator[Finding]:
    """All about the server; nothing where the program is not installed as one. `root`: of the disk."""
    login = root / "opt/pxtui/bin/login"
    if not login.exists():
        return
    yield _owned_by_root(root)
    yield from _sshd(root / "etc/ssh")
    yield from _keys(root / "etc/pxtui/authorized_keys")
    yield _parent(root / "run/pxtui/lock")
    missing = [
        name
        for name in _TIMERS
        if not os.path.lexists(root / f"etc/systemd/system/timers.target.wants/pxtui-{name}.timer")
    ]
    if missing:
        named = "、".join(f"pxtui-{name}" for name in missing)
        yield caution("每天的任务", f"{named}没有启用", f"请执行：systemctl enable --now {named.replace('、', ' ')}")
    else:
        yield good("每天的任务", "备份、核验、到期清理都已启用")


def _owned_by_root(root: Path) -> Finding:
    places = ("opt/pxtui", "opt/pxtui/bin", "opt/pxtui/bin/login", "etc/pxtui", "var/lib/pxtui")
    for place in (root / name for name in places):
        try:
            status = place.stat()
        except OSError:
            return bad("服务器文件", f"没有{place}", _AGAIN)
        if status.st_uid != root.stat().st_uid or stat.S_IMODE(status.st_mode) & _OTHERS_WRITE:
            return bad("服务器文件", f"{place}不是root所有，或别人能改", _AGAIN)
    return good("服务器文件", "都归root，登录的人改不了")


def _sshd(folder: Path) -> Iterator[Finding]:
    texts = [
        _text(folder / "sshd_config"),
        *(_text(path) for path in sorted((folder / "sshd_config.d").glob("*.conf"))),
    ]
    if None in texts:
        yield caution("sshd", "配置读不到", "请由root运行：sshd -T -C user=pxtui,host=localhost,addr=127.0.0.1")
    known = "\n".join(text for text in texts if text)
    if not (_BLOCK.search(known) and _FORCED.search(known)):
        yield bad("sshd", "没有pxtui的一段，登录会得到命令行", f"{_AGAIN}装好以前请停用pxtui账号的公钥。")
        return
    lacking = [line for line in _WANTED if not re.search(rf"^\s*{line}\s*$".replace(" ", r"\s+"), known, re.M | re.I)]
    if lacking:
        yield bad("sshd", f"pxtui的一段里缺少{'、'.join(lacking)}", _AGAIN)
    elif found := _DANGEROUS.search(known):
        yield bad("sshd", f"写有“{found[1].strip()}”", "客户端能借此带入环境变量，请去掉这一行再重新载入sshd。")
    else:
        yield good("sshd", "只给柜台，没有命令行、转发和文件")


def _keys(path: Path) -> Iterator[Finding]:
    text = _text(path)
    if text is None:
        yield caution("公钥", f"{path}读不到或没有", "请按deploy/README.md登记各人的公钥。")
        return
    if path.stat().st_mode & _OTHERS_WRITE:
        yield bad("公钥", f"{path}别人能改", f"请执行：chmod 644 {path}")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    times = Counter(key for line in lines for key in _KEY.findall(line))
    loose = [number for number, line in enumerate(lines, start=1) if not line.startswith("restrict,pty ")]
    if any(count > 1 for count in times.values()):
        yield bad("公钥", "同一把密钥登记了不止一次", "sshd只认第一行，后面的人会被当作前面的人；请每人一把。")
    elif loose:
        named = "、".join(map(str, loose))
        yield caution("公钥", f"第{named}把前面没有restrict,pty", "请照deploy/sshd/authorized_keys.example补上。")
    else:
        yield good("公钥", f"{len(lines)}把，没有重复")


def _parent(lock: Path) -> Finding:
    """Whether the resident parent is there. It holds a lock as long as it lives; to call it would fork a session."""
    try:
        with lock.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return good("常驻进程", "在运行，登录直接从它分出")
    except OSError:
        pass
    return caution(
        "常驻进程", "没有运行，登录照常，只是慢些、多占内存", "请执行：systemctl enable --now pxtui-serve.service"
    )


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
