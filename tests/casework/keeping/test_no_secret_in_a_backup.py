"""Whoever finds a backup, a copy under construction or the backup of before an upgrade reads no sealed text in it."""

from pathlib import Path

import pytest

from db import upgrade as upgrading
from db.revision import HEAD
from db.seal import Vault
from pxtui.casework.keeping import backups, key_backup, office_key
from pxtui.casework.office.register import open_register
from pxtui.casework.practice.register import CLERK
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.needles import Needles
from tests.support.practice import practice_home
from tests.support.seals import texts_under_seal

FEWEST = 500
_SHORTEST = 8
"""Characters: shorter ones come up by chance in so many bytes."""


@pytest.fixture
def busy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The practice register."""
    return practice_home(tmp_path / "busy", tmp_path_factory)


def _secrets(home: Home) -> set[bytes]:
    """ID numbers, phones, accounts and passwords, and the key itself."""
    vault = Vault.open(home.key)
    found = {vault.keys()[1], vault.keys()[1].hex().encode()}
    personal = ("id_number", "phone", "account", "password", "bank_account", "contact_phone", "legal_phone", "contact")
    for (_, _, name), text in texts_under_seal(home, vault).items():
        if name in personal and len(text) >= _SHORTEST and not text.isalpha():
            found |= {text.encode(), text.encode("utf-16-le")}
    return found


def _hits(secrets: set[bytes], paths: list[Path]) -> list[str]:
    """The files in which a secret stands."""
    needles = Needles(secrets)
    return [path.name for path in paths if needles.stand_in(path.read_bytes())]


@pytest.mark.slow
def test_none_of_five_hundred_secrets_stands_in_any_backup(
    busy: Home, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = _secrets(busy)
    assert len(secrets) > FEWEST
    assert _hits(secrets, [busy.key]) == [busy.key.name]
    register = open_register(busy, NOW)
    with register.writing(register.seated(CLERK, NOW)) as context:
        office_key.create(context, stick / "private.txt")
        keys = key_backup.sealed_keys(context)
    register.close()
    key_backup.write_keys(busy, stick / "keys", keys, NOW)
    under_construction: list[str] = []
    read_back = backups._require_readable

    def looked_at(part: Path, *others: object) -> None:
        under_construction.extend(_hits(secrets, [path for path in busy.backups.rglob("*") if path.is_file()]))
        read_back(part, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "_require_readable", looked_at)
    backups.back_up(busy, NOW)
    backups.back_up(busy, NOW, stick)
    assert under_construction == []
    of_before = upgrading._back_up(busy.register, HEAD, NOW)
    left = [path for path in (*busy.backups.rglob("*"), *stick.rglob("*"), of_before) if path.is_file()]
    assert len(left) > 5
    assert _hits(secrets, left) == []
