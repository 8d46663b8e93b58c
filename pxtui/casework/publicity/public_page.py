"""The web page on which a public notice stands: its address, and the file that proves what stood there."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.file_content import content_of

_PRINTABLE = re.compile(r"[!-~]{1,300}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
"""A name whose last part begins with a letter: no IP address does."""
_SCHEMES = ("http://", "https://")
_MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows the page as it stood, such as a picture or a print of it."""

    name: str
    sha256: str
    """Hexadecimal."""


def proof_of(path: Path) -> Proof:
    """The name and the SHA-256 of a file; the file itself stays where the office keeps it.

    Raises:
        PxtuiError: it cannot be read, is empty, or is larger than any picture of a page.
    """
    content = content_of(path, _MOST_BYTES, f"“{path}”太大，存证请用公示页的截图或PDF。")
    if not content:
        raise Refused(f"“{path}”是空文件，请换公示页的截图或PDF。")
    return Proof(path.name, sha256(content).hexdigest())


def hosts(context: Context) -> tuple[str, ...]:
    """The hosts on which the notices of the office stand; none: nobody has set them."""
    return office_settings.settings(context).hosts


def address_fault(address: str, hosts: tuple[str, ...] = ()) -> str:
    """What is wrong with the address of a web page, in Chinese; empty where nothing is.

    Args:
        hosts: on one of which it has to stand; none: on any.
    """
    if host := _host(address):
        others = "等" if len(hosts) > 1 else ""
        return "" if not hosts or host in hosts else f"不在本部门的公示网站{hosts[0]}{others}上。"
    # Short: on a screen the address stands behind it, to be corrected.
    if not address.lower().startswith(_SCHEMES):
        return "网址以 http:// 或 https:// 开头。"
    return "不是网页地址，请核对网址。"


def require_address(context: Context, address: str) -> None:
    """Refuse what is no address of a page on a host of the office; where the office has set none, any host will do.

    Raises:
        PxtuiError: it is none.
    """
    if fault := address_fault(address):
        raise Refused(fault)
    known = hosts(context)
    if address_fault(address, known):
        raise Refused(f"“{address}”不在本部门的公示网站（{'、'.join(known)}）上，请核对网址。")


def unchecked_host(context: Context) -> str:
    """That nobody has set on which hosts notices may stand, in Chinese; empty where somebody has."""
    if hosts(context):
        return ""
    return "本部门没有设置公示网站，网址的主机没有核对（F10、0、4设置）。"


def _host(address: str) -> str:
    """The host of an address on the public web, in lower case; empty where it is no such address."""
    if not _PRINTABLE.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return host if _HOST.fullmatch(host) else ""
