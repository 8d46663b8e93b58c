"""A register of before its seals were bound to their rows: its upgrade binds them, at once or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import upgrade as upgrading
from db.revision import FIRST_WITH_CHAIN, HEAD, stored_revision
from db.seal import Vault
from db.sealed_columns import require_all_open
from db.upgrade import upgrade
from pxtui.casework.desk.search import search
from pxtui.casework.keeping import backups, office_key, restoring, rotating
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import open_register
from pxtui.casework.practice.register import CLERK
from pxtui.errors import Damaged, PxtuiError
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.chain import verified
from tests.support.old_registers import make_old_register
from tests.support.practice import practice_home
from tests.support.seals import Texts, bind_as_before, seal_as_before, texts_under_seal

ACTING = Acting(CLERK, "dongqu", NOW)


@pytest.fixture
def old(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Texts]:
    """The practice register with the seals of revision 0028, and what stood under seal in it."""
    home = practice_home(tmp_path / "old", tmp_path_factory)
    texts = texts_under_seal(home)
    seal_as_before(home)
    return home, texts


def test_the_upgrade_binds_everything_to_its_row_and_nothing_is_lost(old: tuple[Home, Texts], stick: Path) -> None:
    home, texts = old
    assert stored_revision(home.register) == "0028"
    assert verified(home).is_whole
    with pytest.raises(Damaged):
        texts_under_seal(home)
    register = open_register(home, NOW)
    with register.reading(ACTING) as context:
        number = next(text for (_, _, name), text in texts.items() if name == "id_number")
        assert search(context, number).cases
    with register.writing(ACTING) as context:
        office_key.create(context, stick / "private.txt")
    assert texts_under_seal(home).items() >= texts.items()
    assert require_all_open(home.register, Vault.open(home.key)) >= len(texts)
    assert verified(home).is_whole
    rotating.rotate(register, lambda: ACTING, stick / "keys")
    register.close()
    assert texts_under_seal(home).items() >= texts.items()
    backup = backups.back_up(home, NOW)
    private = office_key.read_private(stick / "private.txt", lambda: "")
    restored = restoring.restore(home.backups / backup.name, private, home.root.parent / "new", stick / "keys")
    assert restored.sealed_texts is not None
    assert restored.sealed_texts >= len(texts)


def dump(home: Home) -> list[str]:
    """All that a register says, as SQL."""
    with closing(sqlite3.connect(home.register)) as file:
        return list(file.iterdump())


def test_an_upgrade_that_breaks_off_leaves_the_old_seals_and_the_next_one_binds_them(
    old: tuple[Home, Texts], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, texts = old
    before = dump(home)
    with monkeypatch.context() as patching:

        def broken(*_given: object) -> None:
            raise KeyboardInterrupt

        patching.setattr(upgrading, "bind_anew", broken)
        with pytest.raises(KeyboardInterrupt):
            open_register(home, NOW)
    # Not byte by byte: what stood in a page that nothing used is not put back.
    assert dump(home) == before
    open_register(home, NOW).close()
    assert stored_revision(home.register) == HEAD
    assert texts_under_seal(home).items() >= texts.items()


@pytest.mark.parametrize("revision", ["0023", "0028"])
def test_the_upgrade_asks_for_the_key_of_the_register(revision: str, old: tuple[Home, Texts], tmp_path: Path) -> None:
    home, _ = old
    if revision < FIRST_WITH_CHAIN:
        home = Home(tmp_path / "older")
        make_old_register(home, revision)
        account = Vault.open(home.key).seal("applicant", "u", "bank_account", "6217000000000001")
        with closing(sqlite3.connect(home.register)) as connection, connection:
            connection.execute("UPDATE applicant SET uid = 'u', bank_account = ?", (account,))
    before = home.register.read_bytes()
    for vault in (None, Vault.create(tmp_path / "other" / "key")):
        with pytest.raises(PxtuiError, match=r"密钥|verify"):
            upgrade(home.register, now=NOW, vault=vault)
        assert home.register.read_bytes() == before
    open_register(home, NOW).close()
    assert "6217000000000001" in texts_under_seal(home).values() or revision == "0028"


def test_accounts_exchanged_with_their_uid_before_the_upgrade_are_not_bound_to_the_wrong_one(
    old: tuple[Home, Texts],
) -> None:
    home, _ = old
    with closing(sqlite3.connect(home.register)) as connection, connection:
        first, second, *_ = connection.execute("SELECT id, uid, bank_account FROM applicant").fetchall()
        for (number, _, _), (_, uid, account) in ((first, second), (second, first)):
            connection.execute("UPDATE applicant SET uid = ?, bank_account = ? WHERE id = ?", (uid, account, number))
    with pytest.raises(Damaged, match="改动，没有升级"):
        open_register(home, NOW)


def test_after_the_upgrade_a_seal_of_before_does_not_open(old: tuple[Home, Texts]) -> None:
    home, _ = old
    with closing(sqlite3.connect(home.register)) as connection:
        row = connection.execute("SELECT id, bank_account FROM applicant WHERE length(bank_account)").fetchone()
    open_register(home, NOW).close()
    with closing(sqlite3.connect(home.register)) as connection, connection:
        connection.execute("UPDATE applicant SET bank_account = ? WHERE id = ?", row[::-1])
    with pytest.raises(Damaged, match="打不开"):
        texts_under_seal(home)


def test_what_was_damaged_before_stays_as_it_was_and_hinders_no_upgrade(old: tuple[Home, Texts]) -> None:
    home, texts = old
    # Damaged before there was a chain that could have told.
    with closing(sqlite3.connect(home.register)) as connection, connection:
        connection.execute("UPDATE applicant SET bank_account = x'01000102' WHERE id = 1")
    bind_as_before(home)
    open_register(home, NOW).close()
    with closing(sqlite3.connect(home.register)) as connection:
        assert connection.execute("SELECT bank_account FROM applicant WHERE id = 1").fetchone() == (b"\1\0\1\2",)
        connection.execute("UPDATE applicant SET bank_account = '' WHERE id = 1")
        connection.commit()
    assert len(texts) - 1 <= len(texts_under_seal(home))
