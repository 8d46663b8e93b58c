"""The key is rotated while clerks key and after any interruption, and everything opens and is found as before."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from sqlmodel import Session, select

from db import reseal
from db.chain.statements import run_many
from db.engine import Archive, open_archive
from db.models import Applicant, Case, Enrolment
from db.models import Register as RegisterRow
from db.seal import Vault
from db.sealed_columns import look_up_columns, require_all_open
from pxtui.casework.desk import notices
from pxtui.casework.desk.search import search
from pxtui.casework.keeping import backups, key_backup, office_key, restoring, rotating
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.people import known
from pxtui.casework.practice.register import CLERK
from pxtui.errors import Damaged, PxtuiError, Refused
from pxtui.home import Home
from pxtui.whole_file import write_whole
from tests.conftest import NOW, empty_register
from tests.support.chain import verified
from tests.support.practice import practice_home
from tests.support.seals import texts_under_seal

ACTING = Acting(CLERK, "dongqu", NOW + timedelta(days=200))


@pytest.fixture
def busy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, stick: Path) -> Home:
    """The practice register, with an office key on the stick."""
    home = practice_home(tmp_path / "busy", tmp_path_factory)
    register = open_register(home, ACTING.at)
    with register.writing(ACTING) as context:
        office_key.create(context, stick / "private.txt")
    register.close()
    return home


@pytest.fixture
def small(tmp_path: Path, stick: Path) -> Home:
    """A register in which little was done yet, with an office key on the stick."""
    register = empty_register(Home(tmp_path / "small"))
    with register.writing(register.seated(None, NOW)) as context:
        office_key.create(context, stick / "private.txt")
        applicant = Applicant(name="恒力", credit_code="", credit_code_key="", kind="", county="")
        applicant.seal(context.vault, bank_account="6217000000000001")
        context.session.add(applicant)
    register.close()
    return register.home


def _rotate(home: Home, to: Path | None) -> int:
    register = open_register(home, ACTING.at)
    try:
        return rotating.rotate(register, lambda: ACTING, to)
    finally:
        register.close()


def _groups(home: Home) -> set[frozenset[tuple[str, int]]]:
    """Which rows have the same look-up keys, whatever these are."""
    groups: dict[bytes, set[tuple[str, int]]] = {}
    with closing(sqlite3.connect(home.register)) as connection:
        for table in look_up_columns():
            for name in table.columns:
                statement = f"SELECT rowid, {name} FROM {table.table} WHERE {name} NOT NULL"  # noqa: S608
                for row, key in connection.execute(statement):
                    groups.setdefault(key, set()).add((f"{table.table}.{name}", row))
    return {frozenset(group) for group in groups.values()}


def _versions(home: Home) -> tuple[int, int, int]:
    with closing(sqlite3.connect(home.register)) as connection:
        statement = "SELECT key_version, look_up_version, resealed_version FROM register"
        versions: tuple[int, int, int] = connection.execute(statement).fetchone()
        return versions


def _someone(register: Register) -> tuple[str, str, str]:
    """The name, number and phone of somebody on a roster."""
    with register.reading(ACTING) as context:
        row = context.session.exec(select(Enrolment).where(Enrolment.name == "王秀英")).first()
        row = row or context.session.exec(select(Enrolment)).first()
        assert row is not None
        return row.name, row.unseal(context.vault, "id_number"), row.unseal(context.vault, "phone")


def test_everything_goes_over_to_the_new_key_and_is_found_as_before(busy: Home, stick: Path) -> None:
    texts, groups = texts_under_seal(busy), _groups(busy)
    assert _rotate(busy, stick / "keys-2") == 2
    assert _versions(busy) == (2, 2, 2)
    after = texts_under_seal(busy)
    assert {place: after[place] for place in texts} == texts
    assert _groups(busy) == groups
    assert verified(busy).is_whole
    new_alone = Vault({1: bytes(32), 2: Vault.open(busy.key).keys()[2]}).in_force(2, 2)
    assert texts_under_seal(busy, new_alone) == after
    register = open_register(busy, ACTING.at)
    _, number, phone = _someone(register)
    with register.reading(ACTING) as context:
        assert search(context, number).cases
        assert search(context, phone).cases
        assert known.found_by(context, number[-4:])
    register.close()


def test_a_second_and_third_rotation_work_like_the_first(busy: Home, stick: Path) -> None:
    texts, groups = texts_under_seal(busy), _groups(busy)
    for version in (2, 3):
        assert _rotate(busy, stick / f"keys-{version}") == version
    assert _versions(busy) == (3, 3, 3)
    after = texts_under_seal(busy)
    assert {place: after[place] for place in texts} == texts
    assert _groups(busy) == groups
    assert verified(busy).is_whole


def test_no_new_key_without_its_backup(busy: Home, stick: Path) -> None:
    with pytest.raises(Refused, match="没有备份不启用新密钥"):
        _rotate(busy, None)
    (stick / "taken").touch()
    with pytest.raises(Refused, match="已经存在"):
        _rotate(busy, stick / "taken")
    assert _versions(busy) == (1, 1, 1)
    busy.backup_key.unlink()
    with pytest.raises(PxtuiError, match="pxtui backup key create"):
        _rotate(busy, stick / "keys-2")
    assert _versions(busy) == (1, 1, 1)


def test_backups_of_before_and_after_come_back_with_the_keys_of_after(busy: Home, stick: Path, tmp_path: Path) -> None:
    before = backups.back_up(busy, ACTING.at)
    _rotate(busy, stick / "keys-2")
    after = backups.back_up(busy, ACTING.at)
    private = office_key.read_private(stick / "private.txt", lambda: "")
    for backup in (before, after):
        restored = restoring.restore(
            busy.backups / backup.name, private, tmp_path / backup.name[:-13], stick / "keys-2"
        )
        assert backup.is_whole
        assert restored.sealed_texts
        open_register(Home(tmp_path / backup.name[:-13]), ACTING.at).close()


def test_a_colleague_whose_program_was_open_before_goes_on_and_is_found(busy: Home, stick: Path) -> None:
    colleague = open_register(busy, ACTING.at)
    _, number, _ = _someone(colleague)
    interrupted = 0

    def meanwhile(_: str) -> None:
        nonlocal interrupted
        interrupted += 1
        with colleague.writing(ACTING) as context:
            applicant = context.session.exec(select(Applicant)).first()
            assert applicant is not None
            applicant.seal(context.vault, bank_account=f"5100{interrupted}")
            context.session.add(applicant)
        with colleague.reading(ACTING) as context:
            assert search(context, number).cases

    register = open_register(busy, ACTING.at)
    rotating.rotate(register, lambda: ACTING, stick / "keys-2", meanwhile)
    register.close()
    assert interrupted > 10
    with colleague.reading(ACTING) as context:
        applicant = context.session.exec(select(Applicant)).first()
        assert applicant is not None
        assert applicant.unseal(context.vault, "bank_account") == f"5100{interrupted}"
        assert reseal.left_over(context.session, context.vault) == 0
        assert search(context, number).cases
    colleague.close()
    assert verified(busy).is_whole


def test_look_up_keys_go_over_once_however_often_somebody_begins(busy: Home, stick: Path) -> None:
    groups = _groups(busy)
    _rotate(busy, stick / "keys-2")
    archive = open_archive(busy.register, Vault.open(busy.key))
    vault = archive.vault
    archive.bind_anew(NOW, first=lambda connection: reseal.renew_look_ups(connection, vault, 2))
    archive.close()
    assert _groups(busy) == groups
    register = open_register(busy, ACTING.at)
    _, number, _ = _someone(register)
    with register.reading(ACTING) as context:
        assert search(context, number).cases
    register.close()


class Killed(BaseException):
    """The process ends here."""


def _killing(patching: pytest.MonkeyPatch, calls: int) -> Callable[[], int]:
    """End the program before or behind the transaction, file or renewal after so many of them; how many there were."""
    count = 0

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count > calls:
                raise Killed
            answer = function(*given, **named)
            count += 1
            if count > calls:
                raise Killed
            return answer

        return wrapped

    patching.setattr(Session, "commit", counted(Session.commit))
    patching.setattr(reseal, "run_many", counted(run_many))
    patching.setattr(rotating, "write_whole", counted(write_whole))
    patching.setattr(key_backup, "write_keys", counted(key_backup.write_keys))
    patching.setattr(Archive, "bind_anew", counted(Archive.bind_anew))
    return lambda: count


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_the_register_opens_and_the_rotation_goes_on(busy: Home, stick: Path, kills: int) -> None:
    texts, groups = texts_under_seal(busy), _groups(busy)
    lots = random.Random(16)
    for number in range(kills):
        with pytest.MonkeyPatch.context() as patching:
            _killing(patching, lots.choice((0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 30, 45, 60)))
            with suppress(Killed, Refused):
                _rotate(busy, stick / f"keys-{number}")
        register = open_register(busy, ACTING.at)
        _, id_number, _ = _someone(register)
        with register.reading(ACTING) as context:
            assert search(context, id_number).cases
            is_unfinished = rotating.is_unfinished(context)
            assert ("更换台账的密钥没有做完" in notices.sentence(context)) is is_unfinished
        register.close()
        after = texts_under_seal(busy)
        assert {place: after[place] for place in texts} == texts
    _rotate(busy, stick / "keys-last")
    key_version, look_up_version, resealed_version = _versions(busy)
    assert key_version == look_up_version == resealed_version >= 2
    assert _groups(busy) == groups
    assert verified(busy).is_whole
    assert require_all_open(busy.register, Vault.open(busy.key)) >= len(texts)


def _made(home: Home) -> tuple[tuple[int, int, int], int, int]:
    """The versions in force, how many keys the chain has, and how many the key file."""
    with closing(sqlite3.connect(home.register)) as connection:
        (of_chain,) = connection.execute("SELECT count(*) FROM chain_key").fetchone()
    return _versions(home), of_chain, len(Vault.open(home.key).versions)


def _rotate_until(home: Home, to: Path, calls: int) -> int:
    """Rotate and be killed after so many of the moments; how many there were."""
    with pytest.MonkeyPatch.context() as patching:
        count = _killing(patching, calls)
        with suppress(Killed):
            _rotate(home, to)
    return count()


@pytest.mark.parametrize("between", [0, pytest.param(400, marks=pytest.mark.long)])
def test_whoever_repeats_the_command_rotates_once_wherever_it_was_killed(
    small: Home, stick: Path, between: int
) -> None:
    texts, fresh = texts_under_seal(small), small.root.parent / "fresh"
    copytree(small.root, fresh)
    moments = _rotate_until(small, stick / "keys-2", 1_000)
    # The beginning and the end; between them the rows go over.
    for calls in (*range(7 + min(between, moments - 13)), *range(moments - 6, moments)):
        rmtree(small.root)
        copytree(fresh, small.root)
        (stick / "keys-2").unlink(missing_ok=True)
        assert _rotate_until(small, stick / "keys-2", calls) == calls + 1
        assert _rotate(small, stick / "keys-2") == 2
        assert _rotate(small, stick / "keys-2") == 2
        assert _made(small) == ((2, 2, 2), 2, 2)
    assert texts_under_seal(small).items() >= texts.items()
    assert verified(small).is_whole
    assert _rotate(small, stick / "keys-3") == 3


def test_a_repeat_is_known_by_its_backup_and_not_by_the_name_of_the_file(small: Home, stick: Path) -> None:
    assert _rotate(small, stick / "keys-2") == 2
    (stick / "other").write_bytes(b"0" * 200)
    with pytest.raises(Refused, match="已经存在"):
        _rotate(small, stick / "other")
    (stick / "keys-2").rename(stick / "renamed")
    assert _rotate(small, stick / "renamed") == 2
    assert _rotate(small, stick / "keys-2") == 3


def test_a_register_that_was_altered_is_not_taken_for_a_good_one_by_a_new_key(busy: Home, stick: Path) -> None:
    with closing(sqlite3.connect(busy.register)) as connection:
        connection.execute("UPDATE payment_line SET account_name = '别人'")
        connection.commit()
    with pytest.raises(Damaged, match="pxtui verify"):
        _rotate(busy, stick / "keys-2")
    assert _versions(busy) == (1, 1, 1)
    assert not (stick / "keys-2").exists()


def test_the_journal_stays_as_unchangeable_as_it_was(busy: Home, stick: Path) -> None:
    _rotate(busy, stick / "keys-2")
    with (
        closing(sqlite3.connect(busy.register)) as connection,
        pytest.raises(sqlite3.IntegrityError),
    ):
        connection.execute("UPDATE journal_entry SET summary = ''")
    register = open_register(busy, ACTING.at)
    with register.reading(ACTING) as context:
        assert context.session.get_one(RegisterRow, 1).key_version == 2
        assert context.session.exec(select(Case)).first() is not None
    register.close()
