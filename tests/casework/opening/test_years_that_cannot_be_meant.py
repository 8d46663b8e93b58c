"""A bundle or a list with a year that nobody can have meant is judged, but not entered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import past_trainings
from pxtui.errors import PxtuiError
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application, Delivery, Level, PastTraining
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import acting_on_its_day
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

PERSON = made_up_people(1)[0]
LONG_AGO, FAR_AHEAD = date(323, 3, 16), date(2123, 3, 16)
BUNDLE = read_bundle(CLAIM.read_text(encoding="utf-8"), shipped_rulebook().latest)


def with_voucher_of(day: date) -> Application:
    return replace(BUNDLE, vouchers=(replace(BUNDLE.vouchers[0], issued_on=day), *BUNDLE.vouchers[1:]))


def with_training(starts_on: date, ends_on: date) -> Application:
    told = PastTraining(PERSON.id_number, "电工", Level.FIVE, starts_on, ends_on, Delivery.OFFLINE, True, True)
    return replace(BUNDLE, history=(told,))


@pytest.mark.parametrize(
    ("bundle", "sentence"),
    [
        (with_voucher_of(LONG_AGO), "的开具日期0323-03-16的年份0323不对，请核对后改正"),
        (with_voucher_of(FAR_AHEAD), "的开具日期2123-03-16的年份2123不对，请核对后改正"),
        (with_training(LONG_AGO, date(2020, 3, 17)), "以往培训开始日期0323-03-16的年份0323不对"),
        (with_training(date(2020, 3, 16), FAR_AHEAD), "以往培训结束日期2123-03-16的年份2123不对"),
        (replace(BUNDLE, lifted_on=LONG_AGO), "疫情解除日期0323-03-16的年份0323不对"),
    ],
)
def test_a_bundle_is_judged_and_not_filed(
    register: Register, acting: Acting, bundle: Application, sentence: str
) -> None:
    assert judge(bundle, shipped_rulebook()).findings
    with (
        pytest.raises(PxtuiError, match=sentence),
        register.writing(acting_on_its_day(acting, bundle)) as context,
    ):
        opening_filing.import_bundle(context, bundle)


def test_a_voucher_is_not_put_into_a_claim(register: Register) -> None:
    counter = Counter(register)
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="凭证不清")
    with register.reading(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
    with pytest.raises(PxtuiError, match="年份0323不对"), register.writing(counter.acting) as context:
        claim_filing.replace_vouchers(context, number, [replace(voucher, issued_on=LONG_AGO)])


Row = Callable[[TrainingRow], TrainingRow]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (lambda row: replace(row, starts_on=LONG_AGO), "以往培训开始日期0323-03-16的年份0323不对"),
        (lambda row: replace(row, ends_on=FAR_AHEAD), "以往培训结束日期2123-03-16的年份2123不对"),
    ],
)
def test_a_list_is_not_entered(register: Register, acting: Acting, row: Row, sentence: str) -> None:
    day = date(2020, 1, 6)
    right = TrainingRow(PERSON.id_number, "", "焊工", "5", day, day, None, None, None)
    with pytest.raises(PxtuiError, match=sentence), register.writing(acting) as context:
        past_trainings.import_list(context, [right, row(right)], source="市清单.csv")
    with register.reading(acting) as context:
        assert past_trainings.of_people(context, [PERSON.id_number], except_case=None) == []
