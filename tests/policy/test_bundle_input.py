"""What does not fit the contract is refused by its path; nothing is guessed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pxtui.policy.bundle import read_bundle
from pxtui.policy.json_reader import InputFault
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.words import occupation_and_level
from tests.policy.test_bundles import CLAIM

NOTICE = shipped_rulebook().latest
Change = Callable[[dict[str, Any]], object]


def claim() -> dict[str, Any]:
    """A claim with a voucher."""
    made: dict[str, Any] = json.loads(CLAIM.read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda b: b.update(extra=1), "extra"),
        (lambda b: b.pop("history"), "history"),
        (lambda b: b.update(schema="pxtui-case/2"), "schema"),
        (lambda b: b.update(stage="closing"), "stage"),
        (lambda b: b.update(decided_on="2020-3-1"), "decided_on"),
        (lambda b: b.update(decided_on="20200301"), "decided_on"),
        (lambda b: b.update(decided_on="2020-02-30"), "decided_on"),
        (lambda b: b.update(office="chengdu"), "office"),
        (lambda b: b["applicant"].update(county="510400"), r"applicant\.county"),
        (lambda b: b["applicant"].update(vanadium_titanium_zone=0), r"applicant\.vanadium_titanium_zone"),
        (lambda b: b["training"].update(course_hours=0), r"training\.course_hours"),
        (lambda b: b["training"].update(course_hours="40"), r"training\.course_hours"),
        (lambda b: b["training"].update(level=5), r"training\.level"),
        (lambda b: b["roster"][0].update(id_number=None), r"roster\[0\]\.id_number"),
        (lambda b: b["roster"][0].update(age=30.0), r"roster\[0\]\.age"),
        (lambda b: b["roster"][0].update(age=True), r"roster\[0\]\.age"),
        (lambda b: b["roster"][0].update(completed_hours=-1), r"roster\[0\]\.completed_hours"),
        (lambda b: b["roster"][0].pop("passed"), r"roster\[0\]\.passed"),
        (lambda b: b["roster"].append(dict(b["roster"][0])), r"roster\[\d+\]\.seq"),
        (lambda b: b.update(purchased_heads=-1), "purchased_heads"),
        (lambda b: b["vouchers"][0].update(amount=600), r"vouchers\[0\]\.amount"),
        (lambda b: b["vouchers"][0].update(amount="600.001"), r"vouchers\[0\]\.amount"),
        (lambda b: b["vouchers"][0].update(amount="+600"), r"vouchers\[0\]\.amount"),
        (lambda b: b["vouchers"][0].update(amount="６００"), r"vouchers\[0\]\.amount"),
        (lambda b: b["vouchers"][0].update(number="\ud800"), r"vouchers\[0\]\.number"),
        (lambda b: b.update(materials=["attachment-9"]), r"materials\[0\]"),
        (lambda b: b.update(roster={}), "roster"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(change: Change, path: str) -> None:
    bundle = claim()
    change(bundle)
    with pytest.raises(InputFault, match=rf"^{path}："):
        read_bundle(json.dumps(bundle), NOTICE)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "NaN", "1e999", '{"a": 1' + "0" * 5000 + "}", "[" * 100_000, '{"schema": 1, "schema": 1}'],
)
def test_what_is_no_bundle_at_all_is_one_sentence(text: str) -> None:
    with pytest.raises(InputFault, match="请"):
        read_bundle(text, NOTICE)


def test_a_key_that_stands_twice_is_named() -> None:
    text = json.dumps(claim()).replace('"fee":', '"fee": "free", "fee":', 1)
    with pytest.raises(InputFault, match=r"training\.fee：这个键写了两次"):
        read_bundle(text, NOTICE)


def test_an_opening_needs_no_claim_keys_but_checks_those_it_has() -> None:
    opening = claim() | {"stage": "opening"}
    for key in ("opened_by", "evidence", "opening_roster", "purchased_heads", "vouchers", "vouchers_used"):
        del opening[key]
    assert read_bundle(json.dumps(opening), NOTICE).vouchers == ()
    with pytest.raises(InputFault, match=r"^vouchers："):
        read_bundle(json.dumps(opening | {"vouchers": None}), NOTICE)


@pytest.mark.parametrize(("amount", "fen"), [("600", 60_000), ("600.5", 60_050), ("-0.05", -5), ("0600.10", 60_010)])
def test_money_is_read_to_the_fen(amount: str, fen: int) -> None:
    bundle = claim()
    bundle["vouchers"][0]["amount"] = amount
    assert read_bundle(json.dumps(bundle), NOTICE).vouchers[0].amount_fen == fen


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda b: b["training"].update(course_hours=0), "training.course_hours：学时应大于0，请改正。"),
        (lambda b: b["training"].update(course_hours=10**401), "training.course_hours：学时过大，请改正。"),
        (lambda b: b["roster"][0].update(completed_hours=-1), "roster[0].completed_hours：学时不能为负，请改正。"),
        (lambda b: b["roster"][0].update(name=None), "roster[0].name：应为文本，现为null，请改正后再试。"),
        (lambda b: b["roster"][0].update(name=True), "roster[0].name：应为文本，现为true，请改正后再试。"),
        (lambda b: b["roster"][0].update(name=False), "roster[0].name：应为文本，现为false，请改正后再试。"),
        (lambda b: b["roster"][0].update(name=7), "roster[0].name：应为文本，现为数字7，请改正后再试。"),
        (lambda b: b["roster"][0].update(name=[]), "roster[0].name：应为文本，现为列表，请改正后再试。"),
        (lambda b: b["roster"][0].update(name={}), "roster[0].name：应为文本，现为对象，请改正后再试。"),
        (lambda b: b["roster"][0].update(seq="1"), "roster[0].seq：应为整数，现为文本“1”，请改正后再试。"),
        (lambda b: b["roster"][0].update(name="\udc00"), "roster[0].name：含有无法识别的字符，请重新填写。"),
        (
            lambda b: b["roster"][0].update(name="张\x9b31m三"),
            "roster[0].name：含有控制字符（U+009B），请删去后重新填写。",
        ),
        (lambda b: b["applicant"].pop("name"), "applicant.name：缺少这个键，请补上。"),
        (lambda b: b["applicant"].update(names=""), "applicant.names：没有这个键，请删去或改正键名。"),
        (lambda b: b.update(purchased_heads=-1), "purchased_heads：不能小于0，现为-1，请改正。"),
        (lambda b: b.update(decided_on="2020-02-30"), "decided_on：没有2020-02-30这一天，请改正。"),
        (lambda b: b.update(schema="2"), "schema：应为pxtui-case/1，现为文本“2”，请改正后再试。"),
        (
            lambda b: b.update(decided_on=20200316),
            "decided_on：应为YYYY-MM-DD形式的日期，现为数字20200316，请改正后再试。",
        ),
        (
            lambda b: b["applicant"].update(county="510400"),
            "applicant.county：应为510402、510403、510411、510421、510422之一，现为文本“510400”，请改正后再试。",
        ),
        (
            lambda b: b["training"].update(fee="cheap"),
            "training.fee：应为paid、free之一，现为文本“cheap”，请改正后再试。",
        ),
        (
            lambda b: b["vouchers"][0].update(amount="1.234"),
            'vouchers[0].amount：应为最多两位小数的金额文本，如"600.00"，现为文本“1.234”，请改正后再试。',
        ),
    ],
)
def test_the_sentence_says_what_is_expected_and_what_stands_there(change: Change, sentence: str) -> None:
    bundle = claim()
    change(bundle)
    with pytest.raises(InputFault) as refused:
        read_bundle(json.dumps(bundle), NOTICE)
    assert str(refused.value) == sentence


def test_a_purchase_for_nobody_is_stated() -> None:
    assert read_bundle(json.dumps(claim() | {"purchased_heads": 0}), NOTICE).purchased_heads == 0


@pytest.mark.parametrize(
    ("level", "name"), [("5", "五级"), ("4", "四级"), ("3", "三级"), ("2", "二级"), ("1", "一级"), (None, "")]
)
def test_a_level_is_read_by_its_digit_and_told_by_its_name(level: str | None, name: str) -> None:
    bundle = claim()
    bundle["training"]["level"] = level
    training = read_bundle(json.dumps(bundle), NOTICE).training
    assert occupation_and_level("焊工", training.level) == f"焊工{name}"
