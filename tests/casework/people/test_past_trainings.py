"""What is known of people's other trainings: each counts once, wherever it is told, and nothing on its way is lost."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import past_trainings
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy.facts import Delivery, Level, PastTraining
from pxtui.policy.matter import different_trainings
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def known_of_first(counter: PayDesk) -> list[PastTraining]:
    with counter.register.reading(counter.acting) as context:
        return past_trainings.of_people(context, [made_up_people(1)[0].id_number], except_case=None)


def test_what_is_on_its_way_to_the_bank_counts_as_paid(counter: PayDesk) -> None:
    number = counter.cleared()
    assert [training.paid for training in known_of_first(counter)] == [False]
    counter.prepare(number)
    assert [training.paid for training in known_of_first(counter)] == [True]


@pytest.mark.parametrize(("is_online", "known"), [(True, 1), (None, 1), (False, 2)])
def test_a_list_that_names_a_class_of_ours_adds_nothing(counter: PayDesk, is_online: bool | None, known: int) -> None:
    number = counter.cleared()
    (training,) = known_of_first(counter)
    level = training.level.value if training.level else None
    row = TrainingRow(
        training.id_number, "", training.occupation, level, training.starts_on, training.ends_on, is_online, None, None
    )
    with counter.register.writing(counter.acting) as context:
        assert past_trainings.import_list(context, [row], source="省平台") == known - 1
    assert len(known_of_first(counter)) == known
    with counter.register.reading(counter.acting) as context:
        assert bool(eligibility.check(context, number).of_row(1)) == (known > 1)


def test_a_bundle_that_names_our_voucher_as_used_does_not_turn_it_against_us(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        ours = eligibility.overview(context, number).application
        theirs = replace(
            ours,
            training=replace(ours.training, occupation="电工", starts_on=date(2020, 5, 6), ends_on=date(2020, 5, 12)),
            vouchers=(replace(voucher, number="9" * 20),),
            vouchers_used=(voucher.number,),
            opening_roster=None,
            history=(),
        )
        opening_filing.import_bundle(context, theirs, "邮寄途中")
    assert counter.prepare(number) == "BF2020-DQ-001"


@pytest.mark.parametrize("is_known", [True, False])
def test_an_imported_claim_holds_the_places_of_its_people_by_old_numbers_or_by_none(
    counter: PayDesk, *, is_known: bool
) -> None:
    number = counter.cleared()
    with counter.register.reading(counter.acting) as context:
        granted = eligibility.overview(context, number).application
    days = replace(granted.training, occupation="电工", starts_on=date(2020, 5, 6), ends_on=date(2020, 5, 12))
    with counter.register.writing(counter.acting) as context:
        old = tuple(training.id_number[:6] + training.id_number[8:17] for training in granted.roster)
        opening = old if is_known else None
        other = replace(granted, training=days, opening_roster=opening, vouchers_used=(), history=())
        opening_filing.import_bundle(context, other, "邮寄途中")
    assert [training.occupation for training in known_of_first(counter)] == ["焊工", "电工"]


def elsewhere(**facts: object) -> PastTraining:
    """An earlier training of the first of the people."""
    days = date(2020, 1, 6), date(2020, 1, 10)
    told = PastTraining(made_up_people(1)[0].id_number, "电工", Level.FIVE, *days, Delivery.OFFLINE, True, False)
    return replace(told, **facts)  # type: ignore[arg-type]


def new_of(counter: PayDesk, *told: PastTraining, source: str = "省平台") -> int:
    with counter.register.writing(counter.acting) as context:
        return past_trainings.insert_missing(context, told, source=source)


@pytest.mark.parametrize(
    "facts",
    [
        {"occupation": "电 工"},
        {"occupation": "电\u3000工\u200b"},
        {"delivery": Delivery.ONLINE},
        {"ends_on": date(2020, 1, 8)},
        {"id_number": "old"},
    ],
)
def test_one_training_told_in_another_way_adds_nothing(counter: PayDesk, facts: dict[str, object]) -> None:
    if facts == {"id_number": "old"}:
        number = elsewhere().id_number
        facts = {"id_number": number[:6] + number[8:17]}
    assert new_of(counter, elsewhere(), elsewhere(**facts), elsewhere()) == 1
    assert new_of(counter, elsewhere(**facts), source="市台账") == 0
    assert new_of(counter, elsewhere(), source="市台账") == 0
    assert [training.occupation for training in known_of_first(counter)] == ["电工"]


@pytest.mark.parametrize("facts", [{"paid": True}, {"ends_on": None}, {"ends_on": date(2020, 1, 11)}])
def test_what_another_list_says_more_of_a_training_is_not_lost(counter: PayDesk, facts: dict[str, object]) -> None:
    assert new_of(counter, elsewhere()) == 1
    assert new_of(counter, elsewhere(**facts), source="市台账") == 1
    assert new_of(counter, elsewhere(), elsewhere(**facts)) == 0
    (training,) = different_trainings(known_of_first(counter))
    assert training == replace(elsewhere(**facts), source="省平台、市台账")


@pytest.mark.parametrize(
    "facts",
    [
        {"occupation": "钳工"},
        {"level": Level.FOUR},
        {"level": None},
        {"starts_on": date(2020, 1, 7)},
        {"subsidised": False},
    ],
)
def test_another_occupation_level_or_first_day_is_another_training(counter: PayDesk, facts: dict[str, object]) -> None:
    assert new_of(counter, elsewhere(), elsewhere(**facts)) == 2
    assert new_of(counter, elsewhere(**facts), elsewhere()) == 0
    assert len(known_of_first(counter)) == 2


def test_what_has_no_occupation_counts_as_often_as_the_fullest_list_says_it(counter: PayDesk) -> None:
    nameless = elsewhere(occupation=" ")
    assert new_of(counter, nameless, nameless) == 2
    assert new_of(counter, nameless) == 0
    assert new_of(counter, nameless, nameless, nameless) == 1


@pytest.mark.parametrize("facts", [{"occupation": "焊 工"}, {"ends_on": date(2020, 4, 20)}])
def test_a_class_of_ours_is_known_however_a_list_writes_it(counter: PayDesk, facts: dict[str, object]) -> None:
    counter.cleared()
    (ours,) = known_of_first(counter)
    told = replace(ours, source="", **facts)  # type: ignore[arg-type]
    assert new_of(counter, told) == 0
    assert new_of(counter, replace(told, starts_on=date(2020, 3, 1))) == 1
