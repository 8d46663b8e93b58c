"""What does not fit the contract is refused by its path; nothing is guessed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pxtui.policy.bundle import read_bundle
from pxtui.policy.json_reader import InputFault
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES

NOTICE = shipped_rulebook().latest
Change = Callable[[dict[str, Any]], object]


def claim() -> dict[str, Any]:
    """A claim with a voucher."""
    made: dict[str, Any] = json.loads((BUNDLES / "bundle-00042.json").read_text(encoding="utf-8"))
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
