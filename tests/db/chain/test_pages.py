"""A register of any size is verified to its end: rows, links and proofs are read a page at a time."""

from pathlib import Path

import pytest

from db.chain import walk
from db.chain.findings import What
from db.engine import Archive
from db.models import Role, Staff
from db.seal import Vault
from tests.db.conftest import NOW
from tests.support.chain import past_triggers

NAMES = ("李四", "王五", "赵六", "钱七", "孙八")
PAGES = (1, 2, 5, 4_000)
"""How many are read at once."""


@pytest.fixture
def filled(archive: Archive, path: Path) -> Path:
    """A register with a link for each of five people, behind that of its office; its file."""
    for name in NAMES:
        with archive.writing("张三", NOW) as session:
            session.add(Staff(name=name, office_code="dongqu", role=Role.CLERK))
    return path


def test_all_pages_are_looked_at_and_all_of_it_is_told(
    filled: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = set()
    for page in PAGES:
        monkeypatch.setattr(walk, "_AT_ONCE", page)
        told: list[tuple[int, int]] = []
        result = walk.verify(filled, vault, progress=lambda done, of, told=told: told.append((done, of)))  # type: ignore[misc]
        links = len(NAMES) + 1
        assert (result.is_whole, result.links, result.head.partition(":")[0]) == (True, links, str(links))
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1]
        rows.add(result.rows)
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE staff SET role = '负责人'", What.CHANGED),
        ("DELETE FROM staff", What.REMOVED),
        ("UPDATE row_proof SET tags = x'00' WHERE table_name = 'staff'", What.PROOF_CHANGED),
        ("DELETE FROM row_proof WHERE table_name = 'staff'", What.PROOF_CHANGED),
        ("UPDATE chain_link SET staff_name = '别人' WHERE staff_name = '张三'", What.LINK_FORGED),
    ],
)
def test_what_was_altered_is_found_on_every_page_and_once(
    filled: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch, statement: str, what: What
) -> None:
    past_triggers(filled, statement)
    for page in PAGES:
        monkeypatch.setattr(walk, "_AT_ONCE", page)
        found = [finding for finding in walk.verify(filled, vault).findings if finding.what is what]
        assert len({finding.mark for finding in found}) == len(found) == len(NAMES), page
