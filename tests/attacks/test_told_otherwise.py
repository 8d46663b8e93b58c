"""One thing told in another way, so that it counts twice or not at all: an invoice, a training, heads, hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.people import own_class, past_trainings
from pxtui.errors import PxtuiError
from pxtui.papers.reading.earlier_trainings import read_earlier_trainings
from pxtui.policy.facts import Application, Delivery, Level, PastTraining
from pxtui.policy.judgement import Judgement, judge
from pxtui.policy.parameters import shipped_rulebook
from tests.support.counter import ANSWER, FEE_FEN, Counter
from tests.support.rosters import made_up_people

INVOICE = "12345678"
SPELLINGS = ("№ 1234-5678", "NO.12345678", *(f"1234{mark}5678" for mark in "\u200c\u2060\u00ad\u200e\u180e\u034f"))
PEOPLE = made_up_people(3)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def claim(counter: Counter) -> Application:
    """A claim of three that passes."""
    number = counter.claimed()
    with counter.register.reading(counter.acting) as context:
        return eligibility.overview(context, number).application


def judged(claim: Application) -> Judgement:
    return judge(claim, shipped_rulebook())


def told(occupation: str, starts_on: date, *, days: int = 6, is_paid: bool = True) -> PastTraining:
    ends_on = starts_on + timedelta(days=days)
    return PastTraining(
        PEOPLE[0].id_number, occupation, Level.FIVE, starts_on, ends_on, Delivery.OFFLINE, True, is_paid
    )


def codes_of_first(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.of_row(1)}


def claimed_on(counter: Counter, invoice: str, first: int, occupation: str) -> str:
    """A claim of two people; its number."""
    number = counter.file(made_up_people(2, first), occupation=occupation)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = max(counter.day, date(2020, 4, 3))
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number, invoice)
    counter.do(number, Action.SUBMIT)
    return number


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_invoice_in_another_spelling_for_a_second_claim(counter: Counter, spelling: str) -> None:
    claimed_on(counter, INVOICE, 0, "焊工")
    counter.day = date(2020, 3, 16)
    second = claimed_on(counter, spelling, 2, "电工")
    with pytest.raises(PxtuiError, match="凭证"):
        counter.do(second, Action.APPROVE, opinion=ANSWER)


def test_one_invoice_once_with_its_code(counter: Counter) -> None:
    claimed_on(counter, INVOICE, 0, "焊工")
    counter.day = date(2020, 3, 16)
    second = claimed_on(counter, f"510020171112{INVOICE}", 2, "电工")
    with counter.register.reading(counter.acting) as context:
        assert "voucher.same-tail" in {finding.code for finding in eligibility.check(context, second).findings}
    with pytest.raises(PxtuiError, match="书面答复"):
        counter.do(second, Action.APPROVE)


def test_a_class_that_began_late_and_was_paid_first(claim: Application) -> None:
    later = claim.training.starts_on + timedelta(days=3)
    assert "person.overlap" in codes_of_first(judged(replace(claim, history=(told("电工", later),))))
    unpaid = told("电工", later, is_paid=False)
    assert codes_of_first(judged(replace(claim, history=(unpaid,)))) == set()


def test_heads_left_out_so_that_the_cost_is_divided_by_fewer(claim: Application) -> None:
    alone = replace(
        claim, roster=claim.roster[:1], purchased_heads=None, opening_roster=tuple(row.id_number for row in PEOPLE)
    )
    judgement = judged(alone)
    assert judgement.subsidy is not None
    assert (judgement.subsidy.heads, judgement.subsidy.total_fen) == (3, FEE_FEN)
    assert "claim.heads-unstated" in {finding.code for finding in judgement.findings}


def test_an_opening_that_nobody_knows_of(claim: Application) -> None:
    for unknown in (replace(claim, opened_by=None), replace(claim, opening_roster=None)):
        assert "claim.opening-unknown" in {finding.code for finding in judged(unknown).findings}


def test_one_class_told_three_ways_shuts_nobody_out(claim: Application) -> None:
    day = date(2020, 1, 6)
    tellings = (told("电工", day), told("电 工", day, days=9), told("电工", day, is_paid=False))
    assert codes_of_first(judged(replace(claim, history=tellings))) == set()
    others = (told("钳工", date(2020, 2, 3)), told("车工", date(2020, 2, 24)))
    assert codes_of_first(judged(replace(claim, history=(*tellings, *others)))) == {"person.annual-limit"}


@pytest.mark.parametrize(("hours", "codes"), [("24.5", set()), ("24.4", {"person.hours-short"})])
def test_half_an_hour_cut_off_so_that_somebody_falls_short(claim: Application, hours: str, codes: set[str]) -> None:
    first = replace(claim.roster[0], course_hours=Decimal("24.5"), completed_hours=Decimal(hours))
    class_of = replace(claim.training, course_hours=Decimal("24.5"))
    judgement = judged(replace(claim, training=class_of, roster=(first, *claim.roster[1:])))
    assert codes_of_first(judgement) == codes


@pytest.mark.parametrize(
    "other",
    [
        lambda row: replace(row, occupation="焊 工"),
        lambda row: replace(row, occupation="焊工\u200b"),
        lambda row: replace(row, id_number=row.id_number.lower()),
    ],
    ids=["blank", "invisible", "small letters"],
)
def test_one_training_in_a_second_list_takes_no_second_place(
    counter: Counter, other: Callable[[PastTraining], PastTraining]
) -> None:
    row = told("焊工", date(2020, 1, 6))
    with counter.register.writing(counter.acting) as context:
        assert past_trainings.insert_missing(context, [row], source="市清单.csv") == 1
        assert past_trainings.insert_missing(context, [other(row)], source="省清单.csv") == 0


def test_a_class_that_a_list_told_before_it_was_filed_here(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [told("焊工", date(2020, 3, 20))], source="省平台.csv")
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        (sentence,) = own_class.told_before(context, number)
        assert f"pxtui history strike-class {number}" in sentence
        assert own_class.strike(context, number, "就是本班") == 1
        assert own_class.told_before(context, number) == ()


def test_a_campaign_in_the_place_of_the_occupation(tmp_path: Path) -> None:
    path = tmp_path / "以往培训.csv"
    path.write_text(
        f"身份证号,培训项目,职业（工种）,等级,开始日期,结束日期\n{PEOPLE[0].id_number},春风行动第三期,焊工,五级,2020-01-06,2020-01-12\n",
        encoding="utf-8",
    )
    (row,) = read_earlier_trainings(path).rows
    assert row.occupation == "焊工"
