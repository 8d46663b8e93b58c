"""A row that every act asks for is read once in a transaction, and never told otherwise than it stands."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from db.held import held, looked_up
from db.models import OfficeSetting, Register, Role, Staff
from pxtui.casework.office.register import Register as OpenRegister
from pxtui.casework.office.settings import Settings
from pxtui.policy import codec
from tests.conftest import ACTING


def a_setting() -> OfficeSetting:
    return OfficeSetting(office_code="dongqu", **codec.dump(Settings, Settings()))


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The questions about settings that the database was asked."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if "FROM office_setting" in statement:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def test_what_is_there_and_what_is_not_is_asked_for_once(register: OpenRegister, asked: list[str]) -> None:
    with register.reading(ACTING) as context:
        assert [held(context.session, OfficeSetting, "dongqu") for _ in range(3)] == [None] * 3
    assert len(asked) == 1
    with register.writing(ACTING) as context:
        context.session.add(a_setting())
    asked.clear()
    with register.reading(ACTING) as context:
        assert all(held(context.session, OfficeSetting, "dongqu") for _ in range(3))
    assert len(asked) == 1


@pytest.mark.parametrize("is_flushed", [False, True])
def test_what_is_added_meanwhile_is_found(register: OpenRegister, is_flushed: bool) -> None:
    with register.writing(ACTING) as context:
        assert held(context.session, OfficeSetting, "dongqu") is None
        held(context.session, Register, 1)
        context.session.add(a_setting())
        if is_flushed:
            context.session.flush()
        found = held(context.session, OfficeSetting, "dongqu")
        assert found is context.session.get(OfficeSetting, "dongqu")
        assert found is not None or not is_flushed


@pytest.mark.parametrize("is_flushed", [False, True])
def test_the_offices_of_the_staff_are_looked_up_once_and_again_behind_a_new_one(
    register: OpenRegister, is_flushed: bool
) -> None:
    looks: list[Session] = []

    def offices(session: Session) -> set[str]:
        looks.append(session)
        return set(session.exec(select(Staff.office_code)))

    with register.writing(ACTING) as context:
        assert [looked_up(context.session, Staff, offices) for _ in range(3)] == [{"dongqu"}] * 3
        assert len(looks) == 1
        context.session.add(Staff(name="秦八", office_code="renhe", role=Role.CLERK))
        if is_flushed:
            context.session.flush()
        assert looked_up(context.session, Staff, offices) == {"dongqu", "renhe"}
