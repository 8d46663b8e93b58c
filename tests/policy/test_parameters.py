"""A newer rule is a second dated file: later classes follow it, earlier ones do not."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import rulebook, shipped_rulebook, with_file
from tests.policy.test_bundles import CLAIM

FIRST = files("pxtui.policy").joinpath("notice_2020_33.toml").read_text(encoding="utf-8")
LATER = FIRST.replace("2020-02-20", "2020-07-01").replace('"600.00"', '"800.00"')


def test_another_cap_from_july_on_leaves_the_classes_of_june_alone() -> None:
    both = rulebook({"first": FIRST, "later": LATER})
    text = CLAIM.read_text(encoding="utf-8")
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


def test_without_any_file_there_are_no_rules_and_that_is_said() -> None:
    with pytest.raises(PxtuiError, match=r"^没有政策参数文件，请重新安装程序。$"):
        rulebook({})


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(PxtuiError, match="effective_from 不是日期"):
        rulebook({"new.toml": FIRST.replace("2020-02-20", "2020-02-20T08:00:00")})


def test_a_file_that_is_tried_takes_the_place_of_the_one_of_its_day() -> None:
    dearer = FIRST.replace('"600.00"', '"800.00"')
    assert with_file({"first": FIRST, "later": LATER}, "mine", dearer) == {"later": LATER, "mine": dearer}
    beside = with_file({"first": FIRST}, "first", LATER)
    assert beside == {"first": FIRST, "first（2020-07-01）": LATER}
    assert [notice.cap_per_person_fen for notice in rulebook(beside).notices] == [60_000, 80_000]
    with pytest.raises(PxtuiError, match="mine"):
        with_file({"first": FIRST}, "mine", "")
