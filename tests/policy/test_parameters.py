"""A newer rule is a second dated file: later classes follow it, earlier ones do not."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import rulebook, shipped_rulebook
from tests.policy.test_bundles import BUNDLES

FIRST = files("pxtui.policy").joinpath("notice_2020_33.toml").read_text(encoding="utf-8")
LATER = FIRST.replace("2020-02-20", "2020-07-01").replace('"600.00"', '"800.00"')


def test_another_cap_from_july_on_leaves_the_classes_of_june_alone() -> None:
    both = rulebook({"first": FIRST, "later": LATER})
    text = (BUNDLES / "bundle-00042.json").read_text(encoding="utf-8")
    claim = read_bundle(text, both.latest)
    costly = replace(claim, vouchers=tuple(replace(v, amount_fen=10_000_000) for v in claim.vouchers))
    of_june = replace(costly, training=replace(costly.training, starts_on=date(2020, 6, 30)))
    of_july = replace(costly, training=replace(costly.training, starts_on=date(2020, 7, 1)))

    june, july = judge(of_june, both).subsidy, judge(of_july, both).subsidy

    assert june is not None
    assert july is not None
    assert (june.per_person_fen, july.per_person_fen) == (60_000, 80_000)
    assert judge(of_june, shipped_rulebook()).subsidy == june


def test_two_files_of_one_day_are_refused() -> None:
    with pytest.raises(PxtuiError, match="生效日期相同"):
        rulebook({"first": FIRST, "again": FIRST})


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(PxtuiError, match=r"new\.toml 缺'cap_per_person_yuan'一项"):
        rulebook({"new.toml": FIRST.replace("cap_per_person_yuan", "cap")})
    with pytest.raises(PxtuiError, match=r"new\.toml 有误"):
        rulebook({"new.toml": FIRST.replace('"600.00"', '"六百"')})
