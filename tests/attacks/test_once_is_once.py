"""What leaves the house is known to the register first: tried by killing the program around the writing of a file."""

import hashlib
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import PaperIssued
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.printed import issuing
from pxtui.casework.printed.issuing import Wish
from pxtui.errors import PxtuiError
from pxtui.papers.writing import workbook_file
from tests.conftest import NOW
from tests.support.kills import Killed
from tests.support.pay_desk import PayDesk


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def killed_when_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends as soon as it sets about a file."""

    def kill(content: bytes, path: Path) -> None:
        raise Killed

    monkeypatch.setattr(workbook_file, "store", kill)


def killed_before_the_commit() -> AbstractContextManager[None]:
    """Whoever raises `Killed` in it has got as far as that."""
    return suppress(Killed)


def started_again(counter: PayDesk) -> None:
    """Another start of the program over the same register."""
    open_register(counter.register.home, NOW).close()


def test_kill_between_write_and_commit_leaves_no_list_outside(counter: PayDesk, tmp_path: Path) -> None:
    batch = counter.prepare(counter.cleared())
    counter.sign(batch)
    with killed_before_the_commit(), counter.register.writing(counter.acting) as context:
        payment_orders.hand_over(context, batch, tmp_path)
        raise Killed
    assert list(tmp_path.glob("*拨付清单*")) == []
    assert counter.batch(batch).digest == ""


def test_kill_between_commit_and_write_brings_out_the_same_list_and_no_second(
    counter: PayDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = counter.prepare(counter.cleared())
    counter.sign(batch)
    with monkeypatch.context() as patched:
        killed_when_writing(patched)
        with pytest.raises(Killed):
            counter.hand_over(batch, tmp_path)
    digest = counter.batch(batch).digest
    assert digest, "the register knows of the list before anybody can have it"
    with pytest.raises(PxtuiError, match="不能再出清单"):
        counter.hand_over(batch, tmp_path)
    started_again(counter)
    (path,) = tmp_path.glob("*拨付清单*")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    path.unlink()
    started_again(counter)
    assert list(tmp_path.glob("*拨付清单*")) == [], "it was written once and is not written at every start"


def test_kill_around_the_writing_of_a_paper_gives_no_second_number(
    counter: PayDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = counter.file()
    with killed_before_the_commit(), counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["attachment-2", "material-receipt"], tmp_path)
        raise Killed
    assert list(tmp_path.glob("*.xlsx")) == []
    with monkeypatch.context() as patched:
        killed_when_writing(patched)
        with pytest.raises(Killed), counter.register.writing(counter.acting) as context:
            issuing.issue(context, number, ["attachment-2", "material-receipt"], tmp_path)
    started_again(counter)
    with counter.register.reading(counter.acting) as context:
        issued = {paper.file_name: paper.digest for paper in context.session.exec(select(PaperIssued))}
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.xlsx")}
    assert len(written) == 2
    assert written == issued


def test_kill_before_a_sheet_with_passwords_is_written_keeps_them_no_longer_than_until_it_is(
    counter: PayDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = counter.claimed()
    with monkeypatch.context() as patched:
        killed_when_writing(patched)
        with pytest.raises(Killed), counter.register.writing(counter.acting) as context:
            issuing.issue(context, number, ["attachment-4"], tmp_path, Wish(with_passwords=True))
    started_again(counter)
    (path,) = tmp_path.glob("*.xlsx")
    with counter.register.reading(counter.acting) as context:
        paper = context.session.exec(select(PaperIssued)).one()
        kept = paper.unseal(context.vault, "content")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == paper.digest
    assert kept == ""
