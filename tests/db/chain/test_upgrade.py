"""A register of before is bound from its upgrade on, and one that was altered is not proven anew by an upgrade."""

from pathlib import Path

import pytest

from db.chain.walk import verify
from db.engine import Archive, open_archive
from db.models import Office, Register, Role, Staff
from db.revision import FIRST_WITH_CHAIN
from db.seal import Vault
from db.upgrade import upgrade
from pxtui.errors import Damaged, Refused
from tests.db.chain.test_binding import past_the_program, rows_of
from tests.db.conftest import NOW
from tests.db.test_control_migration import LATER, of_revision
from tests.db.test_upgrade import _next_program


def test_a_register_of_before_the_chain_is_bound_from_its_upgrade_on(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, f"{int(FIRST_WITH_CHAIN) - 1:04}")
    upgrade(path, now=LATER, vault=vault)
    result = verify(path, vault)
    assert (result.is_whole, result.links) == (True, 1)
    archive = open_archive(path, vault)
    with archive.writing("张三", LATER) as session:
        session.get_one(Office, "dongqu").name = "东区"
    archive.close()
    assert verify(path, vault).links == 2
    past_the_program(path, "UPDATE training_case SET cover_head_count = 38")
    (finding,) = verify(path, vault).findings
    assert (finding.table, finding.key, finding.columns) == ("training_case", (1,), ("cover_head_count",))


@pytest.fixture
def used(archive: Archive, path: Path, vault: Vault) -> Path:
    """A register in which somebody acted, closed."""
    with archive.writing("张三", NOW) as session:
        session.add(Register(home_office="dongqu", created_at=NOW, key_check=vault.key_check))
        session.add(Staff(name="李四", office_code="dongqu", role=Role.CLERK))
    archive.close()
    return path


def test_the_next_upgrade_binds_all_rows_in_their_new_shape(
    used: Path, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _next_program(tmp_path, monkeypatch, last_line="pass")
    with pytest.raises(Refused, match="密钥"):
        upgrade(used, now=LATER)
    upgrade(used, now=LATER, vault=vault)
    assert verify(used, vault).is_whole
    assert rows_of(used, "SELECT kind FROM chain_link ORDER BY id") == [("renewal",), ("writes",), ("renewal",)]


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE staff SET role = '管理员'",),
        ("DROP TRIGGER journal_entry_no_update",),
        ("DROP TRIGGER chain_link_no_delete", "DELETE FROM chain_link", "DELETE FROM row_proof"),
    ],
)
def test_an_altered_register_is_not_upgraded(
    statements: tuple[str, ...], used: Path, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past_the_program(used, *statements)
    content = used.read_bytes()
    _next_program(tmp_path, monkeypatch, last_line="pass")
    with pytest.raises(Damaged, match="pxtui verify"):
        upgrade(used, now=LATER, vault=vault)
    assert used.read_bytes() == content
