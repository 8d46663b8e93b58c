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
from pxtui.policy.facts import PastTraining
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
    assert [one.paid for one in known_of_first(counter)] == [False]
    counter.prepare(number)
    assert [one.paid for one in known_of_first(counter)] == [True]


@pytest.mark.parametrize(("is_online", "known"), [(True, 1), (None, 1), (False, 2)])
def test_a_list_that_names_a_class_of_ours_adds_nothing(counter: PayDesk, is_online: bool | None, known: int) -> None:
    number = counter.cleared()
    (one,) = known_of_first(counter)
    level = one.level.value if one.level else None
    row = TrainingRow(one.id_number, "", one.occupation, level, one.starts_on, one.ends_on, is_online, None, None)
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
        opening_filing.import_bundle(context, theirs)
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
        old = tuple(one.id_number[:6] + one.id_number[8:17] for one in granted.roster)
        opening = old if is_known else None
        other = replace(granted, training=days, opening_roster=opening, vouchers_used=(), history=())
        opening_filing.import_bundle(context, other)
    assert [one.occupation for one in known_of_first(counter)] == ["焊工", "电工"]
