"""A bundle that is filed is judged as the bundle itself, word for word: what it tells stays with its case."""

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.acting import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES, NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filed_bundle_is_judged_as_the_bundle_itself(number: str, register: Register, acting: Acting) -> None:
    rulebook = shipped_rulebook()
    application = read_bundle((BUNDLES / f"bundle-{number}.json").read_text(encoding="utf-8"), rulebook.latest)
    with register.writing(acting) as context:
        case_number = opening_filing.import_bundle(context, application)
    with register.reading(acting) as context:
        filed = eligibility.check(context, case_number)
    assert filed.as_json() == judge(application, rulebook).as_json()
