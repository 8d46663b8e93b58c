"""Adverse papers stand on a clause, on the letter and on the table alike, and name only who holds the role."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import (
    foundations,
    issuing,
    review,
)
from pxtui.casework.printed.catalogue import BY_FORM
from pxtui.casework.printed.decided_check import clauses_in
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.papers.writing.letter import Facts
from pxtui.policy.facts import Evidence
from tests.casework.printed.test_reception import facts, filed, issue, later, people
from tests.casework.printed.test_review import claimed, decide
from tests.support.filings import a_filing


@pytest.mark.parametrize("form", sorted(foundations.TABLES))
def test_nothing_adverse_is_issued_without_a_clause(form: str, register: Register, acting: Acting) -> None:
    whole = {"clause": "三", "remedy": "请改正"}
    with register.reading(acting) as context:
        for line, fault in (
            (whole, ""),
            (whole | {"clause": " "}, "第1项没有写明依据的条款"),
            (whole | {"clause": None}, "第1项没有写明依据的条款"),
            (whole | {"remedy": ""}, "没有写明可以怎样办理" if form in foundations.WITH_REMEDY else ""),
        ):
            of_paper = Facts({}, {foundations.TABLES[form]: [line]})
            with pytest.raises(PxtuiError, match=fault) if fault else nullcontext():
                foundations.require_founded(context, BY_FORM[form], of_paper)


def test_a_refusal_stands_on_a_clause_on_the_letter_and_on_the_table(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    decide(register, acting, number, Action.REFUSE, "授课记录系编造")
    at = later(acting, 27)
    for form in ("claim-refusal", "approval-table"):
        for reason in ("", "因为不符合"):
            with pytest.raises(PxtuiError, match="须写明理由（审批意见没有依据，写明条款如“三”）"):
                issue(register, at, number, form, tmp_path, reason)
    with register.writing(at) as context:
        told = issuing.issue_due(context, number, tmp_path)
    assert [name for name, _ in told.left_out] == ["补贴审核（核定）表", "不予补贴（核减）告知书"]
    issue(register, at, number, "claim-refusal", tmp_path, "二")
    issue(register, at, number, "approval-table", tmp_path)
    letter = facts(register, at, number, review.claim_refusal).tables["reasons"]
    table = facts(register, at, number, review.approval_table).tables["deductions"]
    assert [(line["reason"], line["clause"]) for line in letter] == [
        ("21 其他（见审批意见）", "二"),
        ("09 学时不足", "二"),
    ]
    assert [(line["code"], line["clause"]) for line in table] == [("09", "二"), ("21", "二")]


@pytest.mark.parametrize("action", [Action.APPROVE, Action.REFUSE])
def test_whoever_has_several_faults_has_one_code_on_the_letter_and_on_the_table(
    action: Action, register: Register, acting: Acting
) -> None:
    # One row lacks hours and failed; of the refused claim somebody else paid a slip, and a proof is missing.
    slips = {"1001": 1_000_000} | ({"X1002": 10_000} if action is Action.REFUSE else {})
    number = claimed(register, acting, slips)
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.RETURN, "成绩有误")
        *others, last = roster_edits.rows(context, number)
        roster_edits.replace_all(context, number, [*others, replace(last, passed=False)])
        if action is Action.REFUSE:
            case = find(context, number)
            case.evidence = tuple(kind for kind in case.evidence if kind != Evidence.FINAL_EXAM.value)
            context.session.add(case)
        advance(context, number, Action.SUBMIT)
    decide(register, acting, number, action, "凭证不实，依据三")
    lines = facts(register, acting, number, review.claim_refusal).tables["reasons"]
    table = facts(register, acting, number, review.approval_table).tables["deductions"]
    of_row = [line["reason"] for line in lines if line["item"] == "附件4序号3"]
    assert of_row == ["09 学时不足", "09 学时不足"]
    on_letter = {str(line["reason"])[:2] for line in lines if str(line["reason"])[:2].isdigit()}
    assert on_letter == {str(line["code"]) for line in table}
    # Of a refusal all that was found is told, with a code where the table counts something under it.
    assert [line["reason"] for line in lines if line["item"] != "附件4序号3"] == (
        ["18 凭证重复或无效", "其他", "18 凭证重复或无效"] if action is Action.REFUSE else []
    )


@pytest.mark.parametrize(
    ("opinion", "clause"),
    [
        ("培训内容与主营业务无关（依据：二）。", "二"),
        ("根据工作方案四（二）、二，不予补贴", "四(二)、二"),
        ("不符合第三条的规定", "三"),
        ("三", "三"),
        ("违反二、三的规定", "二、三"),
        ("依据二级工证书认定", ""),
        ("培训内容与主营业务无关。", ""),
        ("", ""),
    ],
)
def test_a_clause_is_taken_from_an_opinion_that_names_one(opinion: str, clause: str) -> None:
    assert clauses_in(opinion) == clause


def test_an_office_s_wording_without_a_way_out_refuses_nothing(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    with register.writing(acting) as context:
        advance(context, number, Action.REFUSE, "与主营业务无关（依据：二）。")
    wording = register.home.wording / "opening-refusal.toml"
    wording.parent.mkdir(parents=True, exist_ok=True)
    wording.write_text('[labels]\nredress = ""\n', encoding="utf-8")
    with pytest.raises(PxtuiError, match="“redress”（救济途径）是空的"):
        issue(register, acting, number, "opening-refusal", tmp_path)
    wording.unlink()
    issue(register, acting, number, "opening-refusal", tmp_path)


def test_the_name_of_the_head_is_not_printed_for_somebody_else(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    decide(register, acting, number, Action.APPROVE, "提示已核实")
    by_clerk = facts(register, acting, number, review.approval_table).values
    assert (by_clerk["approval"], by_clerk["approval_officer"]) == ("提示已核实", None)
