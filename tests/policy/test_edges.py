"""Edges of the contract that the samples do not reach; each was wrong once."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application
from pxtui.policy.json_reader import InputFault
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundle_input import claim
from tests.policy.test_bundles import without_wording
from tests.support.bundles import acting_on_its_day

RULEBOOK = shipped_rulebook()


def read(bundle: dict[str, Any]) -> Application:
    """The application in a bundle."""
    return read_bundle(json.dumps(bundle), RULEBOOK.latest)


@pytest.mark.parametrize(
    ("hours", "severity"),
    [
        ("13.33333333333333333333333333333333", None),
        ("13.3333333333333333333333333333333334", "warn"),
        ("32", "warn"),
        ("32.0000000000000000000000000000000000001", "block"),
        ("1e22", "block"),
    ],
)
def test_hours_of_one_day_are_compared_exactly(hours: str, severity: str | None) -> None:
    application = read(claim())
    day = application.training.starts_on
    training = replace(application.training, course_hours=Decimal(hours), ends_on=day)
    found = judge(replace(application, training=training), RULEBOOK).findings
    assert [f.severity.value for f in found if f.code == "class.hours-implausible"] == [severity] * bool(severity)


def test_a_number_without_end_is_an_input_error_and_no_crash() -> None:
    bundle = claim()
    bundle["vouchers"][0]["amount"] = "1" * 5000
    with pytest.raises(InputFault, match=r"vouchers\[0\]\.amount"):
        read(bundle)


def test_hours_next_to_nothing_are_nothing() -> None:
    application = read(claim())
    text = json.dumps(claim())
    stated = f'"completed_hours": {claim()["roster"][0]["completed_hours"]}'
    tiny = read_bundle(text.replace(stated, '"completed_hours": 1e-999999999', 1), RULEBOOK.latest)
    assert tiny.roster[0].completed_hours == 0
    row = replace(application.roster[0], completed_hours=Decimal("1e-300"))
    found = judge(replace(application, roster=(row,)), RULEBOOK).findings
    assert all(len(finding.message) < 200 for finding in found)


@pytest.mark.parametrize("number", ["e \u0301", "か ゙", "A ̊"])
def test_text_that_composes_only_when_blanks_are_gone_is_judged_alike_when_filed(
    number: str, register: Register, acting: Acting
) -> None:
    bundle = claim()
    bundle["vouchers"][0]["number"] = number
    bundle["vouchers_used"] = [number]
    bundle["roster"][0]["id_number"] = number
    past = {"occupation": "电工", "level": None, "starts_on": "2000-01-01", "ends_on": None, "delivery": "online"}
    bundle["history"] = [{"id_number": number, **past, "subsidised": True, "paid": True}]
    application = read(bundle)
    with register.writing(acting_on_its_day(acting, application)) as context:
        case_number = opening_filing.import_bundle(context, application)
    with register.reading(acting) as context:
        filed = eligibility.check(context, case_number)
    judged = judge(application, RULEBOOK)
    assert {"voucher.reused", "person.overlap"} <= {finding.code for finding in judged.findings}
    assert without_wording(filed.as_json()) == without_wording(judged.as_json())


def test_a_year_that_cannot_be_meant_is_judged_and_not_filed(register: Register, acting: Acting) -> None:
    application = read(claim() | {"decided_on": "0999-12-31"})
    assert judge(application, RULEBOOK).office == "miyi"
    with (
        pytest.raises(PxtuiError, match="年份0999不对，请核对后改正"),
        register.writing(acting) as context,
    ):
        opening_filing.import_bundle(context, application, "补录旧案")


def test_who_has_three_trainings_next_year_too_is_told_the_year_after() -> None:
    application = read(claim())
    person, training = application.roster[0], application.training
    year = training.starts_on.year
    past = [
        {"id_number": person.id_number, "occupation": f"工种{y}{n}", "level": None, "starts_on": f"{y}-01-0{n}"}
        | {"ends_on": f"{y}-01-0{n}", "delivery": "offline", "subsidised": True, "paid": True}
        for y in (year, year + 1)
        for n in (1, 2, 3)
    ]
    found = judge(read(claim() | {"history": past}), RULEBOOK).of_row(person.seq)
    assert any(f"可自{year + 2}-01-01起参加" in finding.message for finding in found)
