"""Two clerks in one roster: one keys, the other looks on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pxtui.casework.office.acting import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease
from pxtui.errors import PxtuiError
from tests.casework.roster.test_rows import trainee
from tests.support.filings import a_filing


def test_who_comes_second_looks_on_until_the_first_is_gone(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing() as session:
        number = opening_filing.file(session, acting, a_filing())
        assert lease.take(session, first, number) == ""
        assert lease.take(session, second, number) == "张三"
        with pytest.raises(PxtuiError, match="张三正在录入"):
            roster_edits.put_row(session, second, number, 0, trainee(0))
        roster_edits.put_row(session, first, number, 0, trainee(0))
        lease.give_back(session, second, number)
        assert lease.take(session, second, number) == "张三"
        lease.give_back(session, first, number)
        assert lease.take(session, second, number) == ""


def test_a_program_that_was_killed_holds_a_roster_two_minutes(register: Register, acting: Acting) -> None:
    first, second = replace(acting, token="a"), replace(acting, name="李四", token="b")
    with register.writing() as session:
        number = opening_filing.file(session, acting, a_filing())
        lease.take(session, first, number)
        soon = replace(second, at=acting.at + timedelta(seconds=119))
        later = replace(second, at=acting.at + timedelta(seconds=120))
        assert lease.take(session, soon, number) == "张三"
        assert lease.take(session, later, number) == ""
        assert lease.take(session, replace(first, at=later.at), number) == "李四"


def test_a_clerk_who_comes_again_goes_on_and_the_old_window_is_refused(register: Register, acting: Acting) -> None:
    old, new = replace(acting, token="a"), replace(acting, token="b")
    with register.writing() as session:
        number = opening_filing.file(session, acting, a_filing())
        assert lease.take(session, old, number) == ""
        assert lease.take(session, new, number) == ""
        roster_edits.put_row(session, new, number, 0, trainee(0))
        with pytest.raises(PxtuiError, match="张三正在录入"):
            roster_edits.put_row(session, old, number, 1, trainee(1))
