"""Entries of the journal are written last, as nobody who acts would notice."""

import pytest
from sqlmodel import col, select

from db.about import About
from db.chain.walk import verify
from db.models import Act, JournalEntry
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.verifying import own_checks
from tests.support.counter import Counter


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def _record(context: Context, what: str) -> None:
    journal.record(context, None, Act.PUBLICITY_PAGE, what, after={"what": what})


def _told(context: Context) -> list[tuple[str, str]]:
    """What the journal says, and what stands sealed in it."""
    of_act = select(JournalEntry).where(col(JournalEntry.action) == Act.PUBLICITY_PAGE).order_by(col(JournalEntry.id))
    entries = context.session.exec(of_act).all()
    return [(entry.summary, journal.values(context, entry)[1]["what"]) for entry in entries]


def _require_kept(counter: Counter, *whats: str) -> None:
    with counter.register.reading(counter.acting) as context:
        assert _told(context) == [(what, what) for what in whats]
    database = counter.register.home.database
    assert verify(database, counter.register._archive.vault).is_whole
    assert own_checks.sentences(database) == []


def test_an_act_finds_what_it_has_noted_itself(counter: Counter) -> None:
    with counter.register.writing(counter.acting, about=About(rows_of="2020-DQ-0001")) as context:
        _record(context, "一")
        context.session.flush()
        newest = select(col(JournalEntry.id)).order_by(col(JournalEntry.id).desc()).limit(1).scalar_subquery()
        assert context.session.exec(select(JournalEntry.summary).where(col(JournalEntry.id) == newest)).one() == "一"
        _record(context, "二")
        assert _told(context) == [("一", "一"), ("二", "二")]
        _record(context, "三")
    _require_kept(counter, "一", "二", "三")


@pytest.mark.parametrize("looks", [False, True])
def test_what_was_tried_and_taken_back_leaves_no_entry_and_no_gap(counter: Counter, *, looks: bool) -> None:
    with counter.register.writing(counter.acting, about=About(rows_of="2020-DQ-0001")) as context:
        _record(context, "一")
        with context.session.begin_nested() as tried:
            _record(context, "试办")
            assert not looks or len(_told(context)) == 2
            tried.rollback()
        _record(context, "二")
    _require_kept(counter, "一", "二")
