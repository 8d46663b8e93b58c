"""Unfinished work survives the line: sealed, each clerk's own, and never put back over what came last."""

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from pxtui.casework.office.drafts import DraftBox
from pxtui.casework.office.register import Register

NUMBER = "2020-DQ-0001"


@pytest.fixture
def box(register: Register) -> DraftBox:
    return register.drafts_of("张三")


@pytest.fixture
def folder(register: Register) -> Path:
    return register.home.drafts


def draft(screen: str = "intake", number: str | None = None, name: str = "陈明") -> dict[str, Any]:
    return {"screen": screen, "number": number, "fields": {"name": name}}


def test_what_was_being_keyed_is_there_after_the_line_broke(box: DraftBox, register: Register) -> None:
    box.keep(draft("roster", NUMBER))
    assert register.drafts_of("张三").kept("roster", NUMBER) == draft("roster", NUMBER)


def test_each_screen_and_case_has_its_own_and_a_new_case_has_one_too(box: DraftBox) -> None:
    kept = [draft(), draft("intake", NUMBER, "王芳"), draft("roster", NUMBER, "李强")]
    for kept_draft in kept:
        box.keep(kept_draft)
    assert [box.kept("intake", ""), box.kept("intake", NUMBER), box.kept("roster", NUMBER)] == kept
    assert box.kept("roster", "") is None


def test_a_later_draft_stands_in_the_place_of_an_earlier_one(box: DraftBox, folder: Path) -> None:
    box.keep(draft(name="一个很长很长很长的姓名"))
    box.keep(draft(name="陈"))
    assert box.kept("intake", "") == draft(name="陈")
    assert [path.suffix for path in folder.iterdir()] == [".draft"]


def test_nobody_sees_another_clerk_s_draft(box: DraftBox, register: Register) -> None:
    box.keep(draft())
    other = register.drafts_of("李四")
    assert (other.kept("intake", ""), other.newest()) == (None, None)
    other.forget("intake", "")
    assert box.newest() == draft()


def test_a_draft_is_sealed_and_its_owner_s_alone(box: DraftBox, folder: Path) -> None:
    box.keep(draft())
    (path,) = folder.iterdir()
    assert "陈明".encode() not in path.read_bytes()
    assert "张三" not in path.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_newest_is_offered_first_whichever_screen_it_was_on(box: DraftBox, folder: Path) -> None:
    assert box.newest() is None
    box.keep(draft("roster", NUMBER))
    box.keep(draft())
    for seconds, path in enumerate(sorted(folder.iterdir(), key=lambda path: "roster" in path.name), start=1):
        os.utime(path, (seconds, seconds))
    assert box.newest() == draft("roster", NUMBER)


def test_what_was_stored_is_forgotten_and_forgetting_twice_is_no_fault(box: DraftBox) -> None:
    box.keep(draft())
    box.forget("intake", "")
    box.forget("intake", "")
    assert (box.kept("intake", ""), box.newest()) == (None, None)


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"\x00" * 200])
def test_a_draft_that_cannot_be_read_is_none(box: DraftBox, folder: Path, spoilt: bytes) -> None:
    box.keep(draft())
    (path,) = folder.iterdir()
    path.write_bytes(spoilt)
    assert (box.kept("intake", ""), box.newest()) == (None, None)


def test_a_draft_under_another_s_name_is_none(box: DraftBox, folder: Path) -> None:
    box.keep(draft())
    (path,) = folder.iterdir()
    path.rename(path.with_name(path.name.replace("intake", "roster")))
    assert box.kept("roster", "") is None


def test_after_the_last_moment_the_turn_is_given_back(box: DraftBox) -> None:
    box.keep_finally(draft())
    other = threading.Thread(target=box.keep, args=(draft(name="迟到"),), daemon=True)
    other.start()
    other.join(10)
    assert not other.is_alive()


def test_after_the_last_moment_nothing_comes_over_the_last_draft(box: DraftBox) -> None:
    box.keep_finally(draft(name="最后"))
    box.keep(draft(name="迟到"))
    box.forget("intake", "")
    assert box.kept("intake", "") == draft(name="最后")


def test_in_the_last_moment_a_thread_that_hangs_is_not_waited_for(
    box: DraftBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pxtui.casework.office.drafts._LONGEST_TURN", 0.01)
    hangs, goes_on = threading.Event(), threading.Event()
    flush = os.fsync

    def hanging(descriptor: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            hangs.set()
            goes_on.wait(10)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", hanging)
    other = threading.Thread(target=box.keep, args=(draft("roster", NUMBER),))
    other.start()
    assert hangs.wait(10)
    box.keep_finally(draft(name="最后"))
    goes_on.set()
    other.join()
    assert box.kept("intake", "") == draft(name="最后")
    box.forget("intake", "")
    assert box.kept("intake", "") == draft(name="最后")


def test_a_disk_that_refuses_leaves_the_draft_before(box: DraftBox, monkeypatch: pytest.MonkeyPatch) -> None:
    box.keep(draft(name="先前"))

    def refuses(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refuses)
    with pytest.raises(OSError, match="No space"):
        box.keep(draft(name="后来"))
    assert box.kept("intake", "") == draft(name="先前")
