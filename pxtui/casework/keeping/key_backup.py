"""The keys of the sealed fields, written down apart from every backup of the register and sealed for the office key.

Whoever has one of the two files has either the texts without their key or the key without the texts.
"""

import hashlib
import io
import os
import re
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from db import backup_list
from db.models import Act
from db.private_files import create_private, create_private_folder
from db.seal import Vault, keys_of
from pxtui.casework.keeping.office_key import office_key
from pxtui.casework.keeping.sealed_archive import SealedReader, SealedWriter, pack, unpacked
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Damaged, PxtuiError, Refused
from pxtui.file_content import content_of
from pxtui.home import Home

KEYS = "keys"
"""Kind of the sealed files with the keys."""
_LARGEST = 1_000_000
_EXCHANGE_KEY = re.compile(r"exchange(-[a-z0-9-]+)?\.key")


def sealed_keys(context: Context) -> bytes:
    """The register's keys, and those of the exchange between offices, as the content of a sealed file.

    Raises:
        PxtuiError: there is no office key, or a key cannot be read.
    """
    duties.require_role(context, Act.KEY_BACKUP)
    home = context.home
    key = office_key(home)
    Vault.open(home.key)
    content = io.BytesIO()
    wholes = [(path.name, path.read_bytes()) for path in (home.key, *_exchange_keys(home))]
    pack(SealedWriter(content, key, KEYS), [(name, len(whole), io.BytesIO(whole)) for name, whole in wholes])
    journal.record(context, None, Act.KEY_BACKUP, f"备份台账密钥，用备份密钥加密，指纹{key.in_groups}")
    return content.getvalue()


def _exchange_keys(home: Home) -> list[Path]:
    """Of all offices that keep the register."""
    return [path for path in sorted(home.key.parent.iterdir()) if _EXCHANGE_KEY.fullmatch(path.name)]


def is_of(to: Path, digest: str) -> bool:
    """Whether the file at this place is the backup with this SHA-256."""
    try:
        return bool(digest) and hashlib.sha256(content_of(to, _LARGEST, "")).hexdigest() == digest
    except (OSError, PxtuiError):
        return False


def require_free(home: Home, to: Path) -> None:
    """Refuse a place for the keys that is taken or lies where the backups of the register do.

    Raises:
        PxtuiError: it is.
    """
    if to.absolute().is_relative_to(home.root.absolute()):
        raise Refused("密钥的备份不能和台账、台账的备份放在一起，请写到另一个U盘。")
    if os.path.lexists(to):
        raise Refused(f"“{to}”已经存在，没有覆盖，请换一个文件名。")


def put_keys(file: Path, private: X25519PrivateKey, home: Home) -> None:
    """Write the keys out of their backup into a data folder that has none.

    Raises:
        PxtuiError: the file was altered or cut, or is for another key.
    """
    content = io.BytesIO(content_of(file, _LARGEST, f"“{file.name}”太大，不是密钥的备份，请核对文件。"))
    found = {name: member.read() for name, member in unpacked(SealedReader(content, file.name, KEYS, private))}
    if (
        any(name != home.key.name and not _EXCHANGE_KEY.fullmatch(name) for name in found)
        or keys_of(found.get(home.key.name, b"")) is None
    ):
        raise Damaged(f"“{file.name}”里没有完整的密钥，没有恢复，请换另一份密钥备份。")
    for name, whole in found.items():
        create_private(home.key.with_name(name), "密钥文件", whole)


def write_keys(home: Home, to: Path, content: bytes, at: datetime) -> None:
    """Write what `sealed_keys` gave, after the journal has it, and note that there is a backup of the keys.

    Raises:
        PxtuiError: the place is taken or cannot be written.
    """
    create_private(to, "密钥备份", content)
    create_private_folder(home.backups, "备份文件夹")
    backup_list.note_keys(home.backups, max(Vault.open(home.key).versions), at)
