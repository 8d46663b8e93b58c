"""Every finding that a rule can word stands on a paper with its clause and with what its applicant can do about it."""

import csv
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import defects, reception
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.defects import EXCLUDING
from pxtui.policy.deductions import BY_HAND, reason_of
from pxtui.policy.facts import Applicant, Group, Trainees
from pxtui.policy.judgement import Finding
from pxtui.policy.rules.rule import Severity
from tests.casework.printed.test_reception import facts, filed, later, people
from tests.casework.printed.test_review import OPENED
from tests.papers.golden import workbook_of
from tests.support.filings import a_filing

FINDINGS = Path(__file__).parents[2] / "data" / "findings.csv"
TO_THE_CLERK = ("申请单位", "向企业", "转交", "录入", "查验", "登录平台", "导入")
"""Words of a sentence that tells a clerk what to do: nobody who gets a letter can follow it."""


@dataclass(frozen=True)
class Worded:
    """A sentence of a rule, with its code and clause."""

    code: str
    clause: str
    message: str


def worded() -> list[Worded]:
    """All sentences that the rules can say, one a line of the table that the rules are held to."""
    with FINDINGS.open(encoding="utf-8-sig", newline="") as table:
        return [Worded(row["代码"], row["依据"], row["判语"]) for row in csv.DictReader(table)]


def finding_of(said: Worded, severity: Severity) -> Finding:
    seq = 1 if said.code.startswith("person.") else None
    items = {"material.missing": "attachment-1", "evidence.missing": "sign-in", "office.wrong": "xiqu"}
    return Finding(said.code, severity, seq, items.get(said.code), said.clause, said.message)


@pytest.mark.parametrize("is_claim", [False, True])
def test_every_finding_has_its_clause_and_what_the_applicant_can_do(
    register: Register, acting: Acting, is_claim: bool
) -> None:
    number = filed(register, acting, a_filing(), people(), OPENED if is_claim else [])
    at = later(acting, 25)
    if is_claim:
        with register.writing(at) as context:
            advance(context, number, Action.CLAIM)
    seen: set[str] = set()
    with register.reading(at) as context:
        asking = Asking(context, find(context, number))
        for said in worded():
            for severity in Severity:
                (line,) = defects.lines(asking, [finding_of(said, severity)], people())
                assert str(line["clause"]).strip(), said
                assert str(line["fault"]).strip(), said
                remedy = str(line["remedy"])
                assert "请" in remedy or "可" in remedy or "后" in remedy, said
                assert not [word for word in TO_THE_CLERK if word in remedy], said
                assert line["fault"] != remedy, said
                seen.add(said.code)
    assert len(seen) == 46


def test_what_takes_a_row_off_has_one_code_with_its_name_whether_found_or_entered(
    register: Register, acting: Acting
) -> None:
    for said in worded():
        reason = reason_of(finding_of(said, Severity.BLOCK))
        assert (len(reason.code), bool(reason.text), reason.clause) == (2, True, said.clause)
        if reason.code in BY_HAND and said.code.startswith("person."):
            assert reason.text.startswith(BY_HAND[reason.code]), said


def test_no_reason_of_an_exclusion_bids_to_hand_in_again_what_no_correction_remedies(
    register: Register, acting: Acting
) -> None:
    number = filed(register, acting, a_filing(), people())
    excluding = [said for said in worded() if said.code in EXCLUDING]
    assert {said.code for said in excluding} == EXCLUDING
    with register.reading(acting) as context:
        asking = Asking(context, find(context, number))
        for said in excluding:
            _, remedy = defects.fault_and_remedy(asking, finding_of(said, Severity.BLOCK))
            assert remedy != "请改正后重新提交", said


WRONG_OFFICES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str | None]] = {
    "another county": ({"county": "510403"}, {}, "攀枝花市西区人力资源和社会保障局", None),
    "a county outside the city's districts": ({"county": "510422"}, {}, "盐边县人力资源和社会保障局", None),
    "a group": ({"group": Group.PANGANG}, {}, "攀枝花市人社局职业技能鉴定和培训指导中心", None),
    "the zone": (
        {"vanadium_titanium_zone": True},
        {},
        "攀枝花市人社局职业技能鉴定和培训指导中心",
        "钒钛新城管委会",
    ),
    "students": ({}, {"trainees": Trainees.COLLEGE_STUDENTS}, "攀枝花市人社局就业创业促进中心", None),
}


@pytest.mark.parametrize("why", WRONG_OFFICES)
def test_who_is_not_accepted_is_told_which_office_is_the_right_one(
    register: Register, acting: Acting, why: str
) -> None:
    of_applicant, of_class, office, committee = WRONG_OFFICES[why]
    applicant: Applicant = replace(a_filing().applicant, **of_applicant)
    filing = replace(a_filing(), applicant=applicant, training=replace(a_filing().training, **of_class))
    number = filed(register, acting, filing, people(), [Action.SUBMIT])
    told = facts(register, acting, number, reception.non_acceptance)
    workbook = workbook_of("non-acceptance", told)
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    printed = "".join(str(cell) for row in rows for cell in row).replace("\n", "")
    assert office in printed
    assert "____" not in printed.split("签收人")[0]
    assert (committee is not None) is ("管委会" in printed)
    assert "行政复议" in printed
