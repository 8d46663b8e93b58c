"""The amount of a claim says among how many the cost is shared, and where that number is from."""

import json
from typing import Any

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.policy.bundle import read_bundle
from pxtui.policy.parameters import shipped_rulebook
from screens.application.amount import amount_explained
from tests.policy.test_bundle_input import claim
from tests.support.bundles import acting_on_its_day


@pytest.mark.parametrize(
    ("facts", "shared"),
    [
        ({"purchased_heads": 6}, "分摊人数 6人（购买覆盖6人，名册3人，取大者）"),
        ({"purchased_heads": None}, "分摊人数 3人（购买覆盖未写明，按开班批准3人，名册3人，取大者）"),
        (
            {"purchased_heads": None, "opening_roster": None},
            "分摊人数 3人（购买覆盖未写明，开班批准名单不明，名册3人，取大者）",
        ),
    ],
)
def test_where_the_heads_are_from_is_said(
    facts: dict[str, Any], shared: str, register: Register, acting: Acting
) -> None:
    rules = shipped_rulebook()
    application = read_bundle(json.dumps(claim() | facts), rules.latest)
    with register.writing(acting_on_its_day(acting, application)) as context:
        number = opening_filing.import_bundle(context, application)
        explained = amount_explained(eligibility.overview(context, number), rules)
    assert shared in explained
