"""A bundle that is filed is judged as the bundle itself, its history coming from the register."""

import pytest

from pxtui.casework import eligibility, intake
from pxtui.casework.acting import Acting
from pxtui.casework.register import Register
from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES, NUMBERS, without_wording


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filed_bundle_is_judged_as_the_bundle_itself(number: str, register: Register, acting: Acting) -> None:
    rulebook = shipped_rulebook()
    application = read_bundle((BUNDLES / f"bundle-{number}.json").read_text(encoding="utf-8"), rulebook.latest)
    with register.writing() as session:
        case_number = intake.import_bundle(session, acting, application)
    with register.reading() as session:
        filed = eligibility.check(session, case_number)
    assert without_wording(filed.as_json()) == without_wording(judge(application, rulebook).as_json())
