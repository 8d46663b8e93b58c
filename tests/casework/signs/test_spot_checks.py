"""A sample is the same for whoever knows its seed; one officer enters, another confirms, and then the claim is paid."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.models import SpotCall
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.signs import spot_checks
from pxtui.casework.signs.spot_checks import Means, Outcome, Sample
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.policy.signs.draw import drawn
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

SEED = 2020


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def draw(counter: PayDesk, number: str, seed: int | None = SEED) -> Sample:
    with counter.register.writing(counter.acting) as context:
        return spot_checks.draw(context, number, seed)


def enter(counter: PayDesk, number: str, seq: int, outcome: Outcome, remark: str = "") -> None:
    with counter.register.writing(counter.acting) as context:
        spot_checks.enter(context, number, seq, Means.PHONE, outcome, remark)


def confirm(counter: PayDesk, number: str, by: str) -> int:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return spot_checks.confirm(context, number)


def sample(counter: PayDesk, number: str) -> Sample:
    with counter.register.reading(counter.acting) as context:
        found = spot_checks.sample_of(context, number)
    assert found is not None
    return found


def test_the_printed_seed_draws_the_same_people_again(counter: PayDesk) -> None:
    number = counter.file(made_up_people(80))
    first = draw(counter, number)
    assert (len(first.people), f"随机种子{SEED}" in first.sentence) == (8, True)
    assert {person.seq for person in first.people} == drawn(range(1, 81), SEED, first.percent, first.least)
    assert [person.seq for person in sample(counter, number).people] == [person.seq for person in first.people]
    with pytest.raises(Refused, match="不再另抽"):
        draw(counter, number, SEED + 1)


def test_without_a_seed_nobody_chooses_one(counter: PayDesk) -> None:
    first, second = (draw(counter, counter.file(made_up_people(3, start)), None) for start in (0, 10))
    assert first.seed != second.seed


def test_what_one_officer_entered_another_one_confirms(counter: PayDesk) -> None:
    number = counter.file(made_up_people(3))
    draw(counter, number)
    enter(counter, number, 1, Outcome.CONFIRMED)
    with pytest.raises(NotAllowed, match="须由另一人确认"):
        confirm(counter, number, counter.clerk)
    assert not sample(counter, number).people[0].is_done
    assert confirm(counter, number, "李四") == 1
    (call,) = sample(counter, number).people[0].calls
    assert (call.entered_by, call.confirmed_by) == ("张三", "李四")
    enter(counter, number, 1, Outcome.NOT_REACHED)
    assert not sample(counter, number).people[0].is_done


def test_a_doubt_says_why_and_who_is_not_drawn_is_not_entered(counter: PayDesk) -> None:
    number = counter.file(made_up_people(80))
    people = {person.seq for person in draw(counter, number).people}
    with pytest.raises(Refused, match="写明情况"):
        enter(counter, number, min(people), Outcome.DOUBT)
    with pytest.raises(NotFound, match="不在抽查名单"):
        enter(counter, number, min(set(range(1, 81)) - people), Outcome.CONFIRMED)
    with counter.register.reading(counter.acting) as context:
        assert context.session.exec(select(SpotCall)).all() == []


def test_a_claim_is_paid_behind_two_officers_where_the_setting_says_so(counter: PayDesk) -> None:
    number = counter.cleared()
    counter.grant(1_000_000)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, spot_check_wanted=True)
    with pytest.raises(Refused, match="还没有抽取抽查名单"):
        counter.prepare(number)
    draw(counter, number)
    enter(counter, number, 1, Outcome.CONFIRMED)
    enter(counter, number, 2, Outcome.DOUBT, "本人说没有参训")
    confirm(counter, number, "李四")
    with pytest.raises(Refused, match="第2号有疑问"):
        counter.prepare(number)
    enter(counter, number, 2, Outcome.CONFIRMED)
    with pytest.raises(Refused, match="第2号还没有两人确认"):
        counter.prepare(number)
    confirm(counter, number, "李四")
    counter.prepare(number)
    assert counter.stage(number) is Stage.TO_PAY


def test_without_the_setting_a_claim_is_paid_without_a_sample(counter: PayDesk) -> None:
    number = counter.cleared()
    counter.grant(1_000_000)
    counter.prepare(number)
    assert counter.stage(number) is Stage.TO_PAY
