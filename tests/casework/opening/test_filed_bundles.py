"""A bundle that is filed is judged as the bundle itself, word for word: what it tells stays with its case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.clock import CHINA
from pxtui.identifiers.text import kept
from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES, NUMBERS

pytestmark = pytest.mark.slow

AFTERWARDS = pytest.param(timedelta(400), id="afterwards")


@pytest.mark.parametrize("days_later", [pytest.param(timedelta(0), id="on its day"), AFTERWARDS])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_filed_bundle_is_judged_as_the_bundle_itself(
    number: str, days_later: timedelta, register: Register, acting: Acting
) -> None:
    rulebook = shipped_rulebook()
    application = read_bundle((BUNDLES / f"bundle-{number}.json").read_text(encoding="utf-8"), rulebook.latest)
    later = replace(acting, at=datetime.combine(application.decided_on + days_later, time(10), CHINA))
    with register.writing(later) as context:
        case_number = opening_filing.import_bundle(context, application, "案件包邮寄途中" if days_later else "")
    with register.reading(later) as context:
        filed = eligibility.check(context, case_number)
    assert filed.as_json() == _as_kept(judge(application, rulebook).as_json())


def _as_kept(value: Any) -> Any:
    """What is judged, without the characters that nobody sees and no register keeps."""
    if isinstance(value, Mapping):
        return {key: _as_kept(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_as_kept(held) for held in value]
    return kept(value) if isinstance(value, str) else value
