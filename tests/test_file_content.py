"""Files by name: only regular ones are read, nothing is waited for, and one sentence says what is wrong."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.exchange.keys import read_public_keys
from pxtui.casework.opening.bundle_files import read_bundle_file
from pxtui.casework.publicity.public_page import proof_of
from pxtui.errors import PxtuiError
from pxtui.file_content import content_of, named_path
from pxtui.papers.bank_list import read_bank_answers
from pxtui.papers.reading.earlier_trainings import read_earlier_trainings
from pxtui.papers.reading.learning_records import read_learning_records
from pxtui.papers.reading.offline_lists import read_tariffs
from pxtui.papers.reading.rosters import read_rosters
from pxtui.policy.parameters import shipped_rulebook

READERS: list[Callable[[Path], object]] = [
    read_rosters,
    read_learning_records,
    read_earlier_trainings,
    read_tariffs,
    read_bank_answers,
    read_public_keys,
    proof_of,
    year_calendar.read_file,
    lambda path: read_bundle_file(path, shipped_rulebook()),
]


@pytest.fixture(params=["pipe", "device", "folder"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A name that leads to no regular file."""
    if request.param == "device":
        return Path("/dev/zero")
    path = tmp_path / "名单.xlsx"
    if request.param == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    return path


@pytest.mark.parametrize("read", READERS)
def test_a_pipe_a_device_and_a_folder_are_refused_at_once(read: Callable[[Path], object], place: Path) -> None:
    sentences: list[str] = []

    def refused() -> None:
        try:
            read(place)
        except PxtuiError as error:
            sentences.append(error.sentence)

    # A reader that waits for a pipe would wait for ever: it may not hold up the test.
    reader = threading.Thread(target=refused, daemon=True)
    reader.start()
    reader.join(10)
    (sentence,) = sentences
    assert "不是普通文件" in sentence or "是文件夹" in sentence


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    assert content_of(path, 3, "过大") == b"abc"
    with pytest.raises(PxtuiError, match="过大"):
        content_of(path, 2, "过大")


def test_a_name_is_shown_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="找不到文件“a\\?b”"):
        content_of(tmp_path / "a\x1bb", 1, "")
    with pytest.raises(PxtuiError, match="读不出来"):
        content_of(Path("a\0b"), 1, "")


def test_the_folder_of_nobody_is_a_name_like_any_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert named_path("~/a.xlsx") == tmp_path / "a.xlsx"
    assert named_path("~nobody-of-this-name/a.xlsx") == Path("~nobody-of-this-name/a.xlsx")
