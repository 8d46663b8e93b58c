"""Until a new year is entered only what needs its days is refused; all else goes on (notice 四(二))."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.check import eligibility, standing
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.desk import notices, queues
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing, reception
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy import calendar_text
from pxtui.policy.working_days import CalendarMissing
from tests.support.counter import Counter
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people
from tests.support.years import NOTICE_2027

LAST_DAYS = date(2026, 12, 30)
PLAN = calendar_text.read(NOTICE_2027.read_text(encoding="utf-8"))


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register, LAST_DAYS)


def enter_2027(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        year_calendar.enter(context, PLAN, "国办发明电〔2026〕8号")


def on_paper(counter: Counter, number: str, paper: str) -> Content:
    with counter.register.reading(counter.acting) as context:
        content: Content = getattr(reception, paper)(Asking(context, find(context, number)))
    return content


def test_an_application_is_taken_in_returned_and_corrected(counter: Counter) -> None:
    number = counter.file(starts_on=date(2027, 1, 11))
    counter.do(number, Action.SUBMIT)
    assert on_paper(counter, number, "material_receipt").facts.values["finish_day"] is None
    assert on_paper(counter, number, "acceptance_notice").facts.values["finish_day"] is None
    assert counter.do(number, Action.RETURN, opinion="合同不全") is Stage.RETURNED
    with counter.register.writing(counter.acting) as context:
        (path,) = issuing.issue(context, number, ["correction-notice"])
    assert path.exists()
    with counter.register.reading(counter.acting) as context:
        assert find(context, number).correction_until is None
        assert queues.cases(context).due == {}
    counter.do(number, Action.SUBMIT)
    assert counter.do(number, Action.APPROVE, opinion="合同已补齐") is Stage.OPENED


def test_once_it_is_entered_the_days_are_there(counter: Counter) -> None:
    number = counter.file(starts_on=date(2027, 1, 11))
    counter.do(number, Action.SUBMIT)
    enter_2027(counter)
    assert on_paper(counter, number, "acceptance_notice").facts.values["finish_day"] == date(2027, 1, 7)
    counter.do(number, Action.RETURN, opinion="合同不全")
    assert on_paper(counter, number, "correction_notice").facts.values["until_day"] == date(2027, 1, 7)
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context).due == {number: date(2027, 1, 7)}


def test_a_notice_printed_without_a_term_takes_the_earlier_term_away(counter: Counter) -> None:
    number = counter.file(starts_on=date(2027, 1, 11))
    counter.day = date(2026, 12, 1)
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="合同不全")
    for day, until in ((date(2026, 12, 1), date(2026, 12, 8)), (LAST_DAYS, None)):
        counter.day = day
        with counter.register.writing(counter.acting) as context:
            # Whoever told the same again would print the notice of before, with its term.
            first, *others = made_up_people(3, day.day)
            roster_edits.replace_all(context, number, [replace(first, id_number="510402198002300020"), *others])
            issuing.issue(context, number, ["correction-notice"], wish=issuing.Wish(reason="负责人同意"))
            assert find(context, number).correction_until == until


def test_a_claim_in_its_year_is_checked_and_a_late_one_waits_for_the_calendar(register: Register) -> None:
    counter = Counter(register, date(2026, 1, 10))
    number = counter.file(starts_on=date(2026, 1, 13))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2027, 1, 26)
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    with register.reading(counter.acting) as context:
        assert eligibility.check(context, number).passes
    counter.day = date(2027, 1, 27)
    counter.enter_claim(number)
    with register.reading(counter.acting) as context, pytest.raises(CalendarMissing, match="没有2027年"):
        eligibility.check(context, number)
    counter.do(number, Action.SUBMIT)
    with pytest.raises(CalendarMissing, match="没有2027年"):
        counter.do(number, Action.APPROVE)
    with register.reading(counter.acting) as context:
        offers = {offer.form: offer.why_not for offer in issuing.offers(context, number)}
        assert offers["material-receipt"] == ""
        assert offers["correction-notice"].startswith("没有2027年")
    assert counter.do(number, Action.RETURN, opinion="凭证不全") is Stage.CLAIM_RETURNED
    enter_2027(counter)
    with register.reading(counter.acting) as context:
        late = [finding.message for finding in eligibility.check(context, number).findings if finding.blocks]
    assert any("应在2027-01-26前" in sentence for sentence in late)


def test_a_claim_that_came_back_is_looked_at_while_its_deadline_is_unknown(register: Register) -> None:
    counter = Counter(register, date(2026, 1, 10))
    number = counter.file(starts_on=date(2026, 1, 13))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2027, 1, 26)
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="凭证不全")
    counter.day = date(2027, 1, 27)
    counter.enter_claim(number)
    with register.reading(counter.acting) as context:
        (returned, unknown) = standing.standing(context, number).steps_back
        assert "凭证不全" in returned
        assert unknown.startswith("没有2027年")
        assert check_frozen.since_last(context, number) == (unknown,)


def test_a_public_notice_that_runs_into_the_year_waits_for_it(register: Register) -> None:
    counter = PayDesk(register)
    number = counter.file(made_up_people(2))
    counter.granted(number)
    counter.day = date(2026, 12, 29)
    with register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="没有2027年"):
        publishing.publish(context, [number], counter.day)
    enter_2027(counter)
    with register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], counter.day)
    assert (batch.days.ends_on, batch.days.payable_from) == (date(2026, 12, 31), date(2027, 1, 4))
    assert batch.calendar[-2] == "01-01 周五至01-03 周日 节假日、周末，不计"


@pytest.mark.parametrize(
    ("day", "begins"),
    [(date(2026, 10, 31), ""), (date(2026, 11, 1), "还没有2027年放假安排"), (date(2027, 1, 1), "还没有2027年放假安排")],
)
def test_the_desk_warns_from_november_on(counter: Counter, day: date, begins: str) -> None:
    counter.day = day
    with counter.register.reading(counter.acting) as context:
        assert notices.sentence(context)[:12] == begins
    enter_2027(counter)
    with counter.register.reading(counter.acting) as context:
        assert notices.sentence(context) == ""
