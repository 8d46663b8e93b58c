"""Whoever listens hears that another counter has stored something, and nothing else."""

import pytest
from sqlmodel import Session

from db.engine import Archive
from db.models import OfficeSetting, RosterLease
from tests.conftest import NOW
from tests.db.test_models import a_case
from tests.support import on_server


def heard_within() -> float:
    """Seconds: a file is asked at once, a server tells within a moment."""
    return 2.0 if on_server.is_chosen() else 0.0


def stored(archive: Archive, office_code: str = "dongqu") -> None:
    with archive.writing() as session:
        setting = OfficeSetting(office_code=office_code, tail_sum_wanted=False, second_keying_share=0)
        session.add(setting)


def case_id(session: Session) -> int:
    made = a_case(session)
    session.flush()
    return made.id


def test_what_another_stores_is_heard_once(archive: Archive) -> None:
    with archive.writing() as session:
        a_case(session)
    with archive.changes() as changes:
        assert not changes.wait(0)
        stored(archive)
        assert changes.wait(heard_within())
        assert not changes.wait(0)


def test_looking_is_not_heard(archive: Archive) -> None:
    with archive.changes() as changes:
        with archive.reading():
            pass
        with archive.writing():
            pass
        assert not changes.wait(0)


def test_on_a_server_a_keyed_row_wakes_nobody(archive: Archive) -> None:
    if not on_server.is_chosen():
        pytest.skip("a file counts every change")
    with archive.writing() as session:
        case = case_id(session)
    with archive.changes() as changes:
        with archive.writing() as session:
            session.add(RosterLease(case_id=case, staff_name="张三", token="", renewed_at=NOW))
        assert not changes.wait(0.2)
