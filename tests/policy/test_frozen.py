"""What was judged once can be judged again: the facts come back exactly, but for the platform passwords."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.policy import frozen
from pxtui.policy.bundle import read_bundle
from pxtui.policy.deductions import ByHand
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES

PATHS = sorted(BUNDLES.glob("bundle-*.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_facts_of_a_bundle_come_back(path: Path) -> None:
    rules = shipped_rulebook()
    application = read_bundle(path.read_text(encoding="utf-8"), rules.latest)
    by_hand = {3: ByHand("21", "查实未参加培训")}
    again, taken_off = frozen.read(frozen.written(application, by_hand))
    people = tuple(replace(row, password="") for row in application.roster)
    assert again == replace(application, roster=people)
    assert taken_off == by_hand
    assert judge(again, rules) == judge(application, rules)


def test_no_password_is_kept() -> None:
    application = read_bundle((BUNDLES / "bundle-00042.json").read_text(encoding="utf-8"), shipped_rulebook().latest)
    people = tuple(replace(row, password="Px-geheim") for row in application.roster)
    assert "Px-geheim" not in frozen.written(replace(application, roster=people), {})
