"""What a bundle told is the bundle's own until an office confirms it, and every source can be struck."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.decision import voiding
from pxtui.casework.exchange import bundle_claims, source_changes, striking
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.conftest import empty_register
from tests.support.bundles import acting_on_its_day
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

INVOICE = "20200000000000000001"
STARTED = date(2020, 1, 6)


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


@pytest.fixture
def imported(counter: PayDesk, tmp_path: Path) -> str:
    """A claim from a bundle that tells one training of the first of our people, and our invoice; its number."""
    elsewhere = PayDesk(empty_register(Home(tmp_path / "x")))
    number = elsewhere.claimed(elsewhere.file(made_up_people(2, 10), occupation="叉车司机"))
    with elsewhere.register.reading(elsewhere.acting) as context:
        application = eligibility.overview(context, number).application
    elsewhere.register.close()
    first = made_up_people(1)[0].id_number
    told = PastTraining(first, "焊工", Level.FIVE, STARTED, date(2020, 1, 12), Delivery.OFFLINE, True, True)
    bundle = replace(
        application,
        vouchers=(replace(application.vouchers[0], number="20200000000000000077"),),
        vouchers_used=(INVOICE, "20200000000000000088"),
        history=(told,),
    )
    with counter.register.writing(acting_on_its_day(counter.acting, bundle)) as context:
        return opening_filing.import_bundle(context, bundle)


def blocks(counter: PayDesk, number: str) -> dict[str, str]:
    with counter.register.reading(counter.acting) as context:
        findings = eligibility.check(context, number).findings
    return {finding.code: finding.message for finding in findings if finding.blocks}


def test_what_an_office_confirms_counts_for_all_and_names_the_bundle(counter: PayDesk, imported: str) -> None:
    number = counter.claimed()
    assert blocks(counter, number) == {}
    with counter.register.writing(counter.acting) as context:
        assert bundle_claims.confirm(context, imported, "已向仁和区核实") == (1, 1)
    found = blocks(counter, number)
    assert "线培〔2020〕DQ-0001案件包" in found["person.repeat"]
    with (
        counter.register.writing(counter.acting) as context,
        pytest.raises(PxtuiError, match="没有待确认"),
    ):
        bundle_claims.confirm(context, imported, "再确认一次")


def test_a_voucher_of_a_claim_here_is_not_turned_against_it_by_a_confirmation(counter: PayDesk, imported: str) -> None:
    number = counter.claimed()
    with counter.register.writing(counter.acting) as context:
        bundle_claims.confirm(context, imported, "已核实")
    assert "voucher.reused" not in blocks(counter, number)


def test_a_confirmed_voucher_stops_the_next_claim_until_it_is_struck(counter: PayDesk, imported: str) -> None:
    with counter.register.writing(counter.acting) as context:
        bundle_claims.confirm(context, imported, "已核实")
        striking.strike_training(context, made_up_people(1)[0].id_number, STARTED, "查无此班")
    number = counter.claimed()
    assert "（线培〔2020〕DQ-0001案件包）" in blocks(counter, number)["voucher.reused"]
    with counter.register.writing(counter.acting) as context:
        assert striking.strike_voucher(context, f" {INVOICE} ", "号码报错") == 1
    assert blocks(counter, number) == {}


def test_what_a_bundle_tells_stops_its_own_case_until_it_is_struck(counter: PayDesk, imported: str) -> None:
    with counter.register.writing(counter.acting) as context:
        assert striking.strike_voucher(context, "20200000000000000088", "号码报错") == 1
        assert bundle_claims.voucher_uses(context, find(context, imported))[0].number == INVOICE
        with pytest.raises(PxtuiError, match="没有清单、案件包或其他部门"):
            striking.strike_voucher(context, "20200000000000000088", "号码报错")
        first = made_up_people(1)[0].id_number
        assert striking.strike_training(context, first, STARTED, "查无此班") == 1
        with pytest.raises(PxtuiError, match="没有此人"):
            striking.strike_training(context, first, STARTED, "查无此班")


@pytest.mark.parametrize("reason", ["", " "])
def test_nothing_is_confirmed_or_struck_without_a_reason(counter: PayDesk, imported: str, reason: str) -> None:
    with counter.register.writing(counter.acting) as context:
        for act in (
            lambda: bundle_claims.confirm(context, imported, reason),
            lambda: striking.strike_voucher(context, INVOICE, reason),
            lambda: striking.strike_training(context, made_up_people(1)[0].id_number, STARTED, reason),
            lambda: striking.strike_office(context, "renhe", reason),
        ):
            with pytest.raises(PxtuiError, match="须写明"):
                act()


def test_where_duties_are_apart_it_is_the_administrators(counter: PayDesk, imported: str) -> None:
    counter.hire_colleagues()
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        office_settings.change(context, duties_apart=True)
    with counter.register.writing(counter.acting) as context:
        for act in (
            lambda: bundle_claims.confirm(context, imported, "已核实"),
            lambda: source_changes.strike_voucher(context, INVOICE, "报错"),
            lambda: source_changes.strike_office(context, "renhe", "报错"),
        ):
            with pytest.raises(PxtuiError, match="由管理员办理"):
                act()


def test_what_a_voided_case_told_is_confirmed_no_more(counter: PayDesk, imported: str) -> None:
    with counter.register.writing(counter.acting) as context:
        voiding.void(context, imported, "导入错了部门的案件包")
    with (
        counter.register.writing(counter.acting) as context,
        pytest.raises(PxtuiError, match=f"{imported}已作废，它的案件包所述不再确认"),
    ):
        bundle_claims.confirm(context, imported, "已核实")
