"""Files that could not be written after all: told with their number and written again as they were."""

import errno
import hashlib
import os
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import OutgoingFile, PaperIssued
from pxtui.casework.office import outgoing
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.printed import issuing
from pxtui.errors import DatabaseAway, PxtuiError, Refused
from pxtui.papers.writing import workbook_file
from pxtui.whole_file import reason_of
from tests.conftest import NOW
from tests.support.counter import Counter


@pytest.fixture
def counter(register: Register) -> Counter:
    """A counter with a case that can have papers."""
    made = Counter(register)
    made.file()
    return made


def receipt(counter: Counter, folder: Path) -> Path:
    """The material receipt of the case."""
    with counter.register.writing(counter.acting) as context:
        (path,) = issuing.issue(context, "2020-DQ-0001", ["material-receipt"], folder)
    return path


def full_disk(content: bytes, path: Path) -> None:
    """The disk fills up after the probe and before the file."""
    raise Refused(f"无法写入“{path}”：{reason_of(OSError(errno.ENOSPC, 'full'))}")


def numbers(counter: Counter) -> list[str]:
    """Of all papers that were issued."""
    with counter.register.reading(counter.acting) as context:
        return [paper.number for paper in context.session.exec(select(PaperIssued))]


def rows(counter: Counter) -> list[OutgoingFile]:
    """What is to be written, and what stays."""
    with counter.register.reading(counter.acting) as context:
        return list(context.session.exec(select(OutgoingFile)))


def test_a_disk_that_is_full_after_the_commit_costs_no_number(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "收件回执.*〔2020〕1号已登记出具，文件还没有写成.*磁盘已满.*pxtui unwritten"
    with monkeypatch.context() as patched:
        patched.setattr(workbook_file, "store", full_disk)
        with pytest.raises(PxtuiError, match=told):
            receipt(counter, tmp_path)
        with closing(open_register(counter.register.home, NOW)) as opened:
            assert [file.path.parent for file in opened.unwritten] == [tmp_path]
    with closing(open_register(counter.register.home, NOW)) as opened:
        (path,) = opened.written_late
    assert len(numbers(counter)) == 1
    assert path.is_file()
    assert rows(counter) == []


def test_a_database_that_is_lost_after_the_commit_is_told_as_an_act_that_stands(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise DatabaseAway("连不上，没有保存")

    with monkeypatch.context() as patched:
        patched.setattr(outgoing, "write", lost)
        with pytest.raises(Refused, match="已经存下，不要再办") as told:
            receipt(counter, tmp_path)
    assert not isinstance(told.value, DatabaseAway)
    with closing(open_register(counter.register.home, NOW)) as opened:
        (path,) = opened.written_late
    assert path.is_file()


def test_a_place_that_takes_nothing_is_refused_before_anything_is_registered(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    path = receipt(counter, tmp_path / "x")
    again = tmp_path / "y"
    again.mkdir()
    (again / path.name).mkdir()
    with pytest.raises(PxtuiError, match=r"无法写入.*已是一个文件夹"):
        receipt(counter, again)
    assert len(numbers(counter)) == 1


def test_what_somebody_put_there_since_is_not_overwritten_and_goes_elsewhere(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(workbook_file, "store", full_disk)
        with pytest.raises(PxtuiError, match="没有写成"):
            receipt(counter, tmp_path)
    path = Path(rows(counter)[0].path)
    path.write_text("企业已在上面填写")
    (tmp_path / "elsewhere").mkdir()
    with closing(open_register(counter.register.home, NOW)) as opened:
        assert "没有覆盖" in opened.told_late[0]
        opened.write_unwritten(NOW, tmp_path / "elsewhere")
    assert path.read_text() == "企业已在上面填写"
    written = (tmp_path / "elsewhere" / path.name).read_bytes()
    with counter.register.reading(counter.acting) as context:
        assert context.session.exec(select(PaperIssued)).one().digest == hashlib.sha256(written).hexdigest()


def not_written(counter: Counter, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt that is committed, for which the disk has no room."""
    with monkeypatch.context() as patched:
        patched.setattr(workbook_file, "store", full_disk)
        with pytest.raises(PxtuiError, match="没有写成"):
            receipt(counter, folder)


def test_a_file_that_is_not_what_was_committed_is_not_written(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_written(counter, tmp_path, monkeypatch)
    with counter.register.writing(counter.acting) as context:
        row = context.session.exec(select(OutgoingFile)).one()
        row.digest = hashlib.sha256(b"other").hexdigest()
        context.session.add(row)
    with closing(open_register(counter.register.home, NOW)) as opened:
        assert "与登记的校验码不符，请停止使用并联系管理员核对备份" in opened.told_late[0]
    assert list(tmp_path.glob("*.xlsx")) == []


def test_two_programs_that_write_the_same_file_late_do_not_trip_over_each_other(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_written(counter, tmp_path, monkeypatch)
    store = workbook_file.store

    def store_as_another_does(content: bytes, path: Path) -> None:
        monkeypatch.setattr(workbook_file, "store", store)
        with closing(open_register(counter.register.home, NOW)) as other:
            assert len(other.written_late) == 1
        store(content, path)

    monkeypatch.setattr(workbook_file, "store", store_as_another_does)
    with closing(open_register(counter.register.home, NOW)) as opened:
        assert (len(opened.written_late), len(opened.unwritten)) == (1, 0)
    assert rows(counter) == []


@pytest.mark.parametrize(("seconds", "is_somebody_s"), [(-1, False), (0, True)])
def test_whoever_put_a_file_there_at_the_moment_of_the_commit_or_later_keeps_it(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, *, is_somebody_s: bool
) -> None:
    not_written(counter, tmp_path, monkeypatch)
    path = Path(rows(counter)[0].path)
    path.write_text("另一份")
    committed = counter.acting.at.timestamp()
    os.utime(path, (committed + seconds, committed + seconds))
    with closing(open_register(counter.register.home, NOW)) as opened:
        assert bool(opened.unwritten) is is_somebody_s
    assert (path.read_bytes() == "另一份".encode()) is is_somebody_s
