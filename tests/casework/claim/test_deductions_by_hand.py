"""A reviewer takes somebody off a claim: the money follows, every paper says so, and it can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.check import eligibility
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.register import Register
from pxtui.casework.printed import review
from pxtui.casework.printed.asking import Asking
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money
from pxtui.policy.judgement import Judgement
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

NOT_STAFF = "电话核实，二月已离职"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def deduct(counter: Counter, number: str, seq: int, code: str = "05", reason: str = NOT_STAFF) -> None:
    with counter.register.writing(counter.acting) as context:
        deductions_by_hand.deduct(context, number, seq, code, reason)


def put_back(counter: Counter, number: str, seq: int) -> None:
    with counter.register.writing(counter.acting) as context:
        deductions_by_hand.put_back(context, number, seq)


def check(counter: Counter, number: str) -> Judgement:
    with counter.register.reading(counter.acting) as context:
        return eligibility.check(context, number)


def paper(counter: Counter, number: str, gather: Callable[[Asking], Any]) -> Facts:
    with counter.register.reading(counter.acting) as context:
        found: Facts = gather(Asking(context, cases.find(context, number))).facts
        return found


def total(judgement: Judgement) -> int:
    assert judgement.subsidy is not None
    return judgement.subsidy.total_fen


def test_whoever_is_taken_off_is_paid_for_no_more(counter: Counter) -> None:
    number = counter.claimed()
    assert total(check(counter, number)) == 150_000
    deduct(counter, number, 2)
    judged = check(counter, number)
    assert (judged.eligible, total(judged)) == ((1, 3), 100_000)
    assert [(finding.seq, finding.item) for finding in judged.findings if finding.blocks] == [(2, "05")]
    put_back(counter, number, 2)
    assert total(check(counter, number)) == 150_000


def test_money_that_does_not_divide_loses_its_fraction_once(counter: Counter) -> None:
    number = counter.claimed(counter.file(made_up_people(7)))
    counter.do(number, Action.RETURN, opinion="发票金额有误")
    with counter.register.writing(counter.acting) as context:
        (slip,) = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, [replace(slip, amount_fen=10_001)])
    counter.do(number, Action.SUBMIT)
    deduct(counter, number, 2)
    deduct(counter, number, 5)
    # 10,001 fen for seven: five of them cost 7,143.57.
    assert total(check(counter, number)) == 7_143


def test_the_decision_and_its_papers_follow(counter: Counter) -> None:
    number = counter.claimed()
    deduct(counter, number, 3)
    counter.do(number, Action.APPROVE)
    with counter.register.reading(counter.acting) as context:
        case = cases.find(context, number)
        assert (case.approved_heads, case.approved_total_fen) == (2, 100_000)
    lines = paper(counter, number, review.approval_table).tables["deductions"]
    assert [(line["code"], line["reason"], line["amount"]) for line in lines] == [("05", "非本企业职工", Money(50_000))]
    told = paper(counter, number, review.claim_refusal).tables["reasons"]
    assert [(line["item"], line["reason"]) for line in told] == [("附件4序号3", "05 非本企业职工")]
    assert NOT_STAFF in str(told[0]["fault"])


def test_it_is_about_the_person_wherever_the_row_moves(counter: Counter) -> None:
    number = counter.claimed()
    deduct(counter, number, 3)
    counter.do(number, Action.RETURN, opinion="补充材料")
    with counter.register.writing(counter.acting) as context:
        people = roster_edits.rows(context, number)
        moved = [replace(people[2], seq=1), replace(people[0], seq=2), replace(people[1], seq=3)]
        roster_edits.replace_all(context, number, moved)
    counter.do(number, Action.SUBMIT)
    assert check(counter, number).eligible == (2, 3)


def test_the_journal_keeps_the_reason_under_seal(counter: Counter) -> None:
    number = counter.claimed()
    deduct(counter, number, 2)
    deduct(counter, number, 2, "21", "不到岗")
    put_back(counter, number, 2)
    with counter.register.reading(counter.acting) as context:
        about = select(JournalEntry).where(col(JournalEntry.action).in_([Act.CLAIM_DEDUCT, Act.CLAIM_PUT_BACK]))
        entries = context.session.exec(about.order_by(col(JournalEntry.id))).all()
        kept = [[row.get("reason") for row in journal.values(context, entry)] for entry in entries]
        assert kept == [[None, NOT_STAFF], [NOT_STAFF, "不到岗"], ["不到岗", None]]
        assert not any(NOT_STAFF in entry.summary for entry in entries)


def test_nobody_is_taken_off_without_a_reason_or_out_of_turn(counter: Counter) -> None:
    number = counter.claimed()
    with pytest.raises(PxtuiError, match="须写明查实的情况"):
        deduct(counter, number, 2, reason=" ")
    with pytest.raises(PxtuiError, match="没有核减代码“99”，可用：01"):
        deduct(counter, number, 2, "99")
    with pytest.raises(PxtuiError, match="花名册没有第9号"):
        deduct(counter, number, 9)
    with pytest.raises(PxtuiError, match="第2号没有人工核减"):
        put_back(counter, number, 2)
    counter.do(number, Action.APPROVE)
    with pytest.raises(PxtuiError, match="不能核减人员"):
        deduct(counter, number, 2)


def test_a_claim_that_begins_anew_has_nobody_taken_off(counter: Counter) -> None:
    number = counter.claimed()
    deduct(counter, number, 2)
    counter.do(number, Action.WITHDRAW, opinion="单位撤回")
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    counter.do(number, Action.SUBMIT)
    assert check(counter, number).eligible == (1, 2, 3)


def test_whoever_takes_a_row_off_behind_the_second_check_is_told_that_it_is_made_again(counter: Counter) -> None:
    number = counter.claimed()
    name = made_up_people(2)[1].name
    with counter.register.writing(counter.acting) as context:
        assert deductions_by_hand.deduct(context, number, 2, "05", NOT_STAFF).sentence == name
    counter.do(number, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK)
    with counter.register.writing(counter.acting) as context:
        sentence = deductions_by_hand.put_back(context, number, 2).sentence
    assert sentence == f"{name}；案件退回复核，请复核人重新复核"
    assert counter.stage(number) is Stage.CLAIM_FIRST_CHECKED
