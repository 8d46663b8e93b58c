"""The right day in the place of a wrong one: who gives it, who signs it, and what each case is told of it."""

from datetime import date

import pytest
from sqlmodel import col, select

from db.models import JournalEntry
from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.calendar.lifting import Touched
from pxtui.casework.calendar.lifting_correction import Correction, LiftingState
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.errors import PxtuiError
from tests.casework.calendar import test_lifting
from tests.casework.calendar.test_lifting import DOCUMENT
from tests.support.counter import ANSWER
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

EARLY, LATE = date(2020, 3, 25), date(2020, 4, 25)
REASON = "文件日期看错"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def lifted(counter: PayDesk, day: date) -> None:
    """The lifting is signed by 赵六 on the 25th of April; 张三 sits at the counter again."""
    test_lifting.announce(counter, day=day)
    test_lifting.sign(counter, "赵六", on=LATE)
    counter.clerk = "张三"


def announce(counter: PayDesk, day: date, document: str = DOCUMENT, reason: str = REASON) -> list[Touched]:
    with counter.register.writing(counter.acting) as context:
        return lifting_correction.announce(context, day, document, reason)


def sign(counter: PayDesk, by: str = "赵六") -> list[Touched]:
    counter.clerk = by
    with counter.register.writing(counter.acting) as context:
        return lifting_correction.sign(context)


def corrections(counter: PayDesk) -> tuple[Correction, ...]:
    with counter.register.reading(counter.acting) as context:
        return lifting_correction.corrections(context)


def outcomes(touched: list[Touched]) -> dict[str, str]:
    return {case.number: case.outcome for case in touched}


@pytest.mark.parametrize(("document", "reason"), [(" ", REASON), (DOCUMENT, " ")])
def test_it_rests_on_a_document_and_has_a_reason(document: str, reason: str, counter: PayDesk) -> None:
    lifted(counter, EARLY)
    with pytest.raises(PxtuiError, match="须写明依据的文件和更正的原因"):
        announce(counter, LATE, document, reason)
    assert corrections(counter) == ()


def test_the_day_that_is_in_force_is_no_correction(counter: PayDesk) -> None:
    lifted(counter, EARLY)
    with pytest.raises(PxtuiError, match="疫情解除日已经是2020-03-25，没有要更正的"):
        announce(counter, EARLY)


def test_until_it_is_signed_it_is_entered_again_in_its_own_place(counter: PayDesk) -> None:
    lifted(counter, EARLY)
    announce(counter, date(2020, 4, 1))
    announce(counter, LATE, f" {DOCUMENT} ", f" {REASON} ")
    assert corrections(counter) == (Correction(EARLY, LATE, DOCUMENT, REASON, "张三", None),)
    with counter.register.reading(counter.acting) as context:
        assert lifting.in_force(context) == EARLY
    sign(counter)
    assert corrections(counter) == (Correction(EARLY, LATE, DOCUMENT, REASON, "张三", "赵六"),)
    counter.clerk = "张三"
    announce(counter, date(2020, 4, 20))
    assert [(found.before_on, found.signed_by) for found in corrections(counter)] == [(EARLY, "赵六"), (LATE, None)]


def test_without_one_that_waits_there_is_nothing_to_look_at_or_to_sign(counter: PayDesk) -> None:
    lifted(counter, EARLY)
    with (
        counter.register.reading(counter.acting) as context,
        pytest.raises(PxtuiError, match="没有等待签署的解除日更正，请先在疫情解除一页"),
    ):
        lifting_correction.changed(context)
    with pytest.raises(PxtuiError, match="没有等待签署的解除日更正，请先在疫情解除一页"):
        sign(counter)


def test_it_is_signed_when_its_day_has_come(counter: PayDesk) -> None:
    lifted(counter, EARLY)
    announce(counter, date(2020, 4, 26))
    with pytest.raises(PxtuiError, match="疫情解除日2020-04-26还没有到，到当天再签署"):
        sign(counter)
    counter.day = date(2020, 4, 26)
    sign(counter)
    with counter.register.reading(counter.acting) as context:
        assert lifting.in_force(context) == date(2020, 4, 26)


def test_where_duties_are_apart_it_is_for_administrators(counter: PayDesk) -> None:
    lifted(counter, EARLY)
    announce(counter, LATE)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="疫情解除的登记和签署由管理员办理"):
        announce(counter, LATE)
    with pytest.raises(PxtuiError, match="疫情解除的登记和签署由管理员办理"):
        sign(counter, "李四")


def refused(counter: PayDesk, starts_on: date, first: int) -> str:
    number = counter.file(made_up_people(2, first), starts_on)
    counter.do(number, Action.SUBMIT)
    assert counter.do(number, Action.REFUSE, opinion="合同不全") is Stage.REFUSED
    return number


def test_a_day_too_late_money_that_was_granted_is_looked_at_again(counter: PayDesk) -> None:
    cleared = counter.cleared()
    counter.day = date(2020, 3, 16)
    granted = counter.file(made_up_people(2, 10))
    counter.people = 20
    counter.granted(granted)
    counter.day = date(2020, 3, 16)
    refused(counter, date(2020, 3, 20), 30)
    in_time = counter.file(made_up_people(2, 40), date(2020, 3, 17))
    counter.do(in_time, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    running = counter.file(made_up_people(2, 50), date(2020, 3, 20))
    counter.do(running, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    over = counter.file(made_up_people(2, 60), date(2020, 3, 5))
    lifted(counter, LATE)
    told = outcomes(announce(counter, date(2020, 3, 18)))
    assert told == {
        cleared: "开班在解除之后，请核查已公示期满的补贴，已拨付的责令退回",
        granted: "开班在解除之后，公示和拨付前复核不通过，须退回复审",
        in_time: "培训至2020-03-18为止，之后的学时不计",
        running: "开班在解除之后，终止；人员的培训次数释放",
    }
    assert over not in told
    with counter.register.reading(counter.acting) as context:
        assert outcomes(lifting_correction.changed(context)) == told
    assert outcomes(sign(counter)) == told
    stages = [counter.stage(number) for number in (cleared, granted, in_time, running)]
    assert stages == [Stage.CLEARED, Stage.CLAIM_APPROVED, Stage.OPENED, Stage.TERMINATED]


def test_a_day_too_early_those_who_were_turned_down_for_it_may_apply_again(counter: PayDesk) -> None:
    late = refused(counter, date(2020, 3, 26), 0)
    refused(counter, date(2020, 3, 20), 10)
    withdrawn = counter.file(made_up_people(2, 20), date(2020, 3, 26))
    counter.do(withdrawn, Action.SUBMIT, Action.WITHDRAW, opinion="单位撤回")
    lifted(counter, EARLY)
    told = "开班不在解除之后；因此不予的，请通知单位重新申请"
    assert outcomes(announce(counter, LATE)) == {late: told}
    assert outcomes(sign(counter)) == {late: told}
    assert counter.stage(late) is Stage.REFUSED


def test_the_journal_names_who_signed_and_what_became_of_each_case(counter: PayDesk) -> None:
    late = refused(counter, date(2020, 3, 26), 0)
    lifted(counter, EARLY)
    announce(counter, LATE)
    sign(counter)
    with counter.register.reading(counter.acting) as context:
        entry = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
        assert entry is not None
        after = entry.unseal(context.vault, "after")
    assert (entry.staff_name, entry.summary) == ("赵六", "签署更正疫情解除日：2020-03-25改为2020-04-25，涉及1件")
    assert f"{late} 开班不在解除之后；因此不予的，请通知单位重新申请" in after


def test_the_state_tells_what_waits_and_whom_it_concerns(counter: PayDesk) -> None:
    def state() -> LiftingState:
        with counter.register.reading(counter.acting) as context:
            return lifting_correction.state(context)

    assert (state().announced, state().waiting, state().cases) == (None, None, ())
    counter.do(counter.file(starts_on=date(2020, 3, 30)), Action.SUBMIT)
    test_lifting.announce(counter, day=EARLY)
    assert [case.outcome for case in state().cases] == ["开班在解除之后，不再同意开班"]
    test_lifting.sign(counter, "赵六", on=LATE)
    counter.clerk = "张三"
    announce(counter, LATE)
    waiting = state().waiting
    assert waiting is not None
    assert waiting.lifted_on == LATE
    assert [case.outcome for case in state().cases] == ["不再受解除影响"]
    sign(counter)
    assert (state().waiting, len(state().corrections)) == (None, 1)
