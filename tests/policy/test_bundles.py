"""Every sample bundle is judged exactly as expected, but for the wording."""

import json
from pathlib import Path
from typing import Any

import pytest

from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook

DATA = Path(__file__).parent.parent / "data"
BUNDLES = DATA / "bundles"
"""The samples are exchanged whole now and then: a test that needs a certain fact uses one of the two below."""
CLAIM = DATA / "claim.json"
"""A claim of three people with two vouchers, which passes; one of the three is blocked."""
OPENING = DATA / "opening.json"
"""An opening that does not pass."""
NUMBERS = sorted(path.stem.removeprefix("bundle-") for path in BUNDLES.glob("bundle-*.json"))


def without_wording(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what is the product's own: message and clause."""
    findings = [
        {key: value for key, value in finding.items() if key not in ("message", "clause")}
        for finding in answer["findings"]
    ]
    return {**answer, "findings": findings}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_sample_bundle_is_judged_as_expected(number: str) -> None:
    rulebook = shipped_rulebook()
    text = (BUNDLES / f"bundle-{number}.json").read_text(encoding="utf-8")
    expected = json.loads((BUNDLES / f"expected-{number}.json").read_text(encoding="utf-8"))
    judgement = judge(read_bundle(text, rulebook.latest), rulebook)
    assert without_wording(judgement.as_json()) == expected
    assert all(finding.message and finding.clause for finding in judgement.findings)
