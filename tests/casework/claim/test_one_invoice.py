"""One invoice pays once, however its number is written and in whichever case it is claimed."""

import json

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.exchange import bundle_claims
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.policy.bundle import read_bundle
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundle_input import claim
from tests.support.bundles import acting_on_its_day

SHORT, WITH_CODE, FULLY_DIGITAL = "04412001", "510020000104412001", "05100200000104412001"


def filed(register: Register, acting: Acting, number: str, *used: str) -> str:
    """A claim with a voucher of this number; the number of its case."""
    bundle = claim() | {"vouchers_used": list(used)}
    bundle["vouchers"] = [bundle["vouchers"][1] | {"number": number}]
    application = read_bundle(json.dumps(bundle), shipped_rulebook().latest)
    with register.writing(acting_on_its_day(acting, application)) as context:
        return opening_filing.import_bundle(context, application)


def of_vouchers(register: Register, acting: Acting, case_number: str) -> dict[str, str]:
    """What is found about the vouchers of a case, code → sentence."""
    with register.reading(acting) as context:
        found = eligibility.check(context, case_number).findings
    return {
        finding.code: finding.message for finding in found if finding.code in ("voucher.reused", "voucher.same-tail")
    }


@pytest.mark.parametrize(
    "written", ["№ 0441-2001", "0441\u200c2001", "０４４１２００１", "NO04412001", "0441\u20602001"]
)
def test_an_invoice_that_another_case_claimed_first_is_known_however_it_is_written(
    written: str, register: Register, acting: Acting
) -> None:
    first, second = filed(register, acting, SHORT), filed(register, acting, written)
    assert list(of_vouchers(register, acting, second)) == ["voucher.reused"]
    assert of_vouchers(register, acting, first) == {}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(SHORT, WITH_CODE), (WITH_CODE, "№ 0441-2001"), (SHORT, "05100200000-104412001"), (FULLY_DIGITAL, SHORT)],
)
def test_an_invoice_with_its_code_is_asked_about_in_the_later_case(
    earlier: str, later: str, register: Register, acting: Acting
) -> None:
    first, second = filed(register, acting, earlier), filed(register, acting, later)
    told = of_vouchers(register, acting, second)
    assert list(told) == ["voucher.same-tail"]
    assert earlier in told["voucher.same-tail"]
    assert of_vouchers(register, acting, first) == {}


def test_with_a_code_and_another_code_are_two_invoices(register: Register, acting: Acting) -> None:
    filed(register, acting, WITH_CODE)
    assert of_vouchers(register, acting, filed(register, acting, FULLY_DIGITAL)) == {}


def test_what_a_bundle_says_is_used_counts_in_its_case_however_it_is_written(
    register: Register, acting: Acting
) -> None:
    told = filed(register, acting, SHORT, "№ 0441-2001", "no04412001")
    assert list(of_vouchers(register, acting, told)) == ["voucher.reused"]


def test_what_a_bundle_says_is_used_shuts_out_no_other_firm(register: Register, acting: Acting) -> None:
    filed(register, acting, "04419999", "№ 0441-2001")
    assert of_vouchers(register, acting, filed(register, acting, SHORT)) == {}


def test_what_an_office_confirmed_of_a_bundle_is_asked_about_with_its_code(register: Register, acting: Acting) -> None:
    told = filed(register, acting, "04419999", WITH_CODE)
    with register.writing(acting) as context:
        bundle_claims.confirm(context, told, "电话核实")
    assert list(of_vouchers(register, acting, filed(register, acting, SHORT))) == ["voucher.same-tail"]
