"""A backup comes back in a new place, is held against its manifest, and the keys come back apart from it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import col, select

from db import backup_list
from db.models import Act, JournalEntry
from db.seal import Vault
from pxtui.casework.keeping import backups, key_backup, office_key, restoring
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.practice.register import CLERK
from pxtui.errors import Damaged, NotFound, PxtuiError, Refused
from pxtui.home import Home
from tests.conftest import ACTING, NOW
from tests.support.chain import verified
from tests.support.practice import practice_home


@pytest.fixture
def busy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The practice register, with an office key on the stick."""
    return practice_home(tmp_path / "busy", tmp_path_factory)


def _keyed(home: Home, stick: Path) -> tuple[X25519PrivateKey, Path]:
    register = open_register(home, NOW)
    acting = register.seated(CLERK, NOW)
    with register.writing(acting) as context:
        office_key.create(context, stick / "private.txt")
    with register.writing(acting) as context:
        content = key_backup.sealed_keys(context)
    key_backup.write_keys(register.home, stick / "keys", content, NOW)
    register.close()
    return office_key.read_private(stick / "private.txt", lambda: ""), stick / "keys"


def test_a_register_and_its_keys_come_back_and_everything_under_seal_opens(
    busy: Home, stick: Path, tmp_path: Path
) -> None:
    private, keys = _keyed(busy, stick)
    (busy.wording).mkdir()
    (busy.wording / "decision.toml").write_text("title = '自己的措辞'\n")
    made = backups.back_up(busy, NOW)
    restored = restoring.restore(busy.backups / made.name, private, tmp_path / "new", keys)
    new = Home(tmp_path / "new")
    assert restored.sealed_texts is not None
    assert restored.sealed_texts > 1000
    assert restored.backup.content == made.content
    assert new.key.read_bytes() == busy.key.read_bytes()
    assert (new.wording / "decision.toml").read_text() == "title = '自己的措辞'\n"
    assert {path.stat().st_mode & 0o077 for path in (new.root, *new.root.rglob("*"))} == {0}
    again = open_register(new, NOW)
    assert again.seated(CLERK, NOW).name == CLERK
    again.close()


def test_the_journal_of_what_was_restored_says_so(busy: Home, stick: Path, tmp_path: Path) -> None:
    private, keys = _keyed(busy, stick)
    made = backups.back_up(busy, NOW)
    restoring.restore(busy.backups / made.name, private, tmp_path / "new", keys, NOW)
    new = Home(tmp_path / "new")
    register = open_register(new, NOW)
    with register.reading(register.nobody(NOW)) as context:
        newest = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
        assert newest is not None
        assert newest.action is Act.REGISTER_RESTORE
        assert newest.summary.startswith("由2020-03-16 10:00的备份恢复")
    register.close()
    assert verified(new).is_whole


def test_a_backup_holds_no_key_and_a_backup_of_keys_no_row(busy: Home, stick: Path, tmp_path: Path) -> None:
    private, keys = _keyed(busy, stick)
    made = backups.back_up(busy, NOW)
    restoring.restore(busy.backups / made.name, private, tmp_path / "new")
    secret = Vault.open(busy.key).keys()[1]
    for path in (tmp_path / "new").rglob("*"):
        assert not path.is_file() or secret.hex().encode() not in path.read_bytes()
    assert keys.stat().st_size < 20_000
    for sealed in (keys, busy.backups / made.name):
        assert secret.hex().encode() not in sealed.read_bytes()
        assert b"SQLite" not in sealed.read_bytes()


def test_nothing_is_ever_restored_over_something(busy: Home, stick: Path, tmp_path: Path) -> None:
    private, _ = _keyed(busy, stick)
    made = backups.back_up(busy, NOW)
    before = busy.register.read_bytes()
    for taken in (busy.root, stick, busy.register):
        with pytest.raises(Refused, match="绝不覆盖"):
            restoring.restore(busy.backups / made.name, private, taken)
    with pytest.raises(NotFound, match="没有文件夹"):
        restoring.restore(busy.backups / made.name, private, tmp_path / "nowhere" / "new")
    assert busy.register.read_bytes() == before


def test_keys_of_another_register_are_refused(busy: Home, register: Register, stick: Path, tmp_path: Path) -> None:
    private, _ = _keyed(busy, stick)
    busy.key.unlink()
    Vault.create(busy.key)
    made = backups.back_up(busy, NOW)
    (stick / "keys").unlink()
    with register.writing(ACTING) as context:
        register.home.backup_key.write_bytes(busy.backup_key.read_bytes())
        content = key_backup.sealed_keys(context)
    key_backup.write_keys(register.home, stick / "keys", content, NOW)
    with pytest.raises(Damaged, match="不是这份备份里台账的密钥"):
        restoring.restore(busy.backups / made.name, private, tmp_path / "new", stick / "keys")
    assert not (tmp_path / "new").exists()


def test_a_backup_of_the_keys_is_kept_apart_and_refused_when_it_is_altered(
    busy: Home, stick: Path, tmp_path: Path
) -> None:
    private, keys = _keyed(busy, stick)
    with pytest.raises(Refused, match="不能和台账"):
        key_backup.require_free(busy, busy.backups / "keys")
    with pytest.raises(Refused, match="已经存在"):
        key_backup.require_free(busy, keys)
    whole = bytearray(keys.read_bytes())
    for place in range(0, len(whole), 97):
        whole[place] ^= 1
        (stick / "altered").write_bytes(whole)
        whole[place] ^= 1
        with pytest.raises(PxtuiError):
            key_backup.put_keys(stick / "altered", private, Home(tmp_path / "new"))


def test_a_drill_leaves_nothing_but_its_date(busy: Home, stick: Path) -> None:
    private, _ = _keyed(busy, stick)
    made = backups.back_up(busy, NOW)
    assert restoring.last_drill(busy) is None
    before = set(busy.root.rglob("*"))
    restored = restoring.drill(busy, NOW, busy.backups / made.name, private)
    assert restored.sealed_texts is not None
    assert restored.sealed_texts > 1000
    assert set(busy.root.rglob("*")) - before == {busy.backups / restoring.DRILLS}
    assert restoring.last_drill(busy) == NOW


def test_a_drill_that_fails_is_not_noted(busy: Home, stick: Path) -> None:
    private, _ = _keyed(busy, stick)
    made = backups.back_up(busy, NOW)
    file = busy.backups / made.name
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Damaged):
        restoring.drill(busy, NOW, file, private)
    assert restoring.last_drill(busy) is None
    assert [path.name for path in busy.backups.iterdir() if path.name.startswith(".aside")] == []
    assert backup_list.listed(busy.backups) == []
