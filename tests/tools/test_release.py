"""A migration or a change of a paper raises the version, and nothing is released that an office was not told of."""

from dataclasses import replace
from pathlib import Path

import pytest

import pxtui
from db.revision import HEAD
from tests.papers.golden import CASES, PAPERS, golden_path
from tools import release
from tools.release import ROOT, Candidate, CannotRelease, Contents

CHANGELOG = "# 更新记录\n\n## 0.2.0（2026-12-01）\n\n- 新增一张表。\n\n## 0.1.0（2026-11-23）\n\n- 第一版。\n"
GOOD = Candidate(
    version="0.2.0",
    contents=Contents("0013", "b"),
    noted={"0.1.0": Contents("0012", "a"), "0.2.0": Contents("0013", "b")},
    changelog=CHANGELOG,
    tags=frozenset({"v0.1.0"}),
    is_clean=True,
)


def test_tables_and_papers_are_those_that_are_noted_for_this_version() -> None:
    version = release.version_of(ROOT)
    assert release.noted_in(ROOT).get(version) == release.contents_of(ROOT), release.what_to_do(version)


def test_the_changelog_has_a_section_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert release.section_of(changelog, pxtui.__version__).count("\n- ") > 0


def test_the_notes_are_about_the_program_and_its_papers() -> None:
    assert (release.version_of(ROOT), release.contents_of(ROOT).revision) == (pxtui.__version__, HEAD)
    assert set(ROOT.glob("tests/**/golden/*.txt")) == {golden_path(form, case) for form in PAPERS for case in CASES}
    assert len(list(ROOT.glob("pxtui/**/wording/*.toml"))) > 20


def test_what_is_in_order_is_released() -> None:
    assert release.faults(GOOD) == []


@pytest.mark.parametrize(
    ("candidate", "told"),
    [
        (replace(GOOD, is_clean=False), "not committed"),
        (replace(GOOD, tags=frozenset({"v0.2.0"})), "v0.2.0 is tagged already: raise __version__"),
        (replace(GOOD, tags=frozenset({"v0.9.0", "v0.10.0"})), "v0.10.0 is tagged already: raise __version__"),
        (replace(GOOD, changelog=CHANGELOG.replace("0.2.0", "0.2.01")), "says nothing of 0.2.0"),
        (replace(GOOD, changelog=CHANGELOG.replace("- 新增一张表。\n", "")), "says nothing of 0.2.0"),
        (replace(GOOD, changelog=CHANGELOG.replace("2026-12-01", "未发布")), "bears no day"),
        (replace(GOOD, contents=Contents("0014", "b")), "python tools/release.py note"),
        (replace(GOOD, contents=Contents("0013", "c")), "python tools/release.py note"),
        (replace(GOOD, noted={}), "python tools/release.py note"),
    ],
)
def test_what_keeps_a_version_from_being_released_is_told(candidate: Candidate, told: str) -> None:
    (sentence,) = release.faults(candidate)
    assert told in sentence


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small program with one paper, at 0.1.0."""
    texts = {
        "pxtui/__init__.py": '__version__ = "0.1.0"\n',
        "db/revision.py": 'HEAD = "0012"\n',
        "tests/papers/golden/receipt-full.txt": "row 1\n",
        "pxtui/papers/wording/receipt.toml": 'title = "收件回执"\n',
        "tools/releases.toml": "",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    release.note(tmp_path, frozenset())
    return tmp_path


@pytest.mark.parametrize(
    "name", ["db/revision.py", "tests/papers/golden/receipt-full.txt", "pxtui/papers/wording/receipt.toml"]
)
def test_a_released_version_keeps_its_tables_and_papers_and_the_next_one_has_others(source: Path, name: str) -> None:
    path, released = source / name, release.contents_of(source)
    path.write_text(path.read_text(encoding="utf-8").replace("1", "3").replace("件", "文"), encoding="utf-8")
    with pytest.raises(CannotRelease, match="raise __version__"):
        release.note(source, frozenset({"v0.1.0"}))
    (source / "pxtui/__init__.py").write_text('__version__ = "0.2.0"\n', encoding="utf-8")
    release.note(source, frozenset({"v0.1.0"}))
    assert release.noted_in(source) == {"0.1.0": released, "0.2.0": release.contents_of(source)}
    assert release.contents_of(source) != released


def test_until_it_is_released_a_version_may_change(source: Path) -> None:
    (source / "db/revision.py").write_text('HEAD = "0013"\n', encoding="utf-8")
    release.note(source, frozenset())
    assert release.noted_in(source)["0.1.0"].revision == "0013"


def test_a_file_that_only_moves_changes_nothing(source: Path) -> None:
    moved = source / "pxtui/papers/letters/wording"
    moved.parent.mkdir()
    (source / "pxtui/papers/wording").rename(moved)
    assert release.noted_in(source)["0.1.0"] == release.contents_of(source)
