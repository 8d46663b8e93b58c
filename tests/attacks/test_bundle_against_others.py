"""Firm X sends a bundle that says of firm Y's people and invoices that they are used up: that stays with X's bundle."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product, starmap
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.home import Home
from pxtui.policy.facts import Application, Delivery, Level, PastTraining, Trainee
from tests.conftest import empty_register
from tests.support.bundles import acting_on_its_day
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

INVOICE = "20200000000000000001"
WEEK = timedelta(days=6)
THREE_IN_A_YEAR = (("焊工", date(2020, 1, 6)), ("电工", date(2020, 1, 20)), ("钳工", date(2020, 2, 3)))


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


@pytest.fixture
def bundle_of_x(tmp_path: Path) -> Application:
    """A claim of another firm with people of its own, which tells of Y's invoice and Y's people."""
    elsewhere = empty_register(Home(tmp_path / "x"))
    firm = PayDesk(elsewhere)
    number = firm.claimed(firm.file(made_up_people(2, 10), occupation="叉车司机"))
    with elsewhere.reading(firm.acting) as context:
        application = eligibility.overview(context, number).application
    elsewhere.close()
    return replace(
        application,
        applicant=replace(application.applicant, name="攀枝花市长江钢铁有限公司", credit_code="91510402MA6CJKG50N"),
        vouchers=(replace(application.vouchers[0], number="20200000000000000077"),),
        vouchers_used=(INVOICE,),
        history=tuple(starmap(told_of, product(made_up_people(3), THREE_IN_A_YEAR))),
    )


def told_of(person: Trainee, told: tuple[str, date]) -> PastTraining:
    occupation, day = told
    return PastTraining(person.id_number, occupation, Level.FIVE, day, day + WEEK, Delivery.OFFLINE, True, True)


def test_what_x_says_of_people_and_an_invoice_does_not_shut_out_y(counter: PayDesk, bundle_of_x: Application) -> None:
    with counter.register.writing(acting_on_its_day(counter.acting, bundle_of_x)) as context:
        opening_filing.import_bundle(context, bundle_of_x)
    number = counter.claimed()
    with counter.register.reading(counter.acting) as context:
        judgement = eligibility.check(context, number)
    assert [finding.message for finding in judgement.findings if finding.blocks] == []
    assert len(judgement.eligible) == 3
