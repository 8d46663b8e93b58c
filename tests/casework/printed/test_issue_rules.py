"""Which papers a case may have and needs: none contradicts another, none is numbered twice, each is filed once."""

from collections import Counter as Counts
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import PaperIssued
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.casework.printed import (
    filing,
    issue_rules,
    issuing,
    of_payment_batch,
    of_publicity_batch,
    reception,
)
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.catalogue import BY_FORM, KINDS
from pxtui.casework.printed.issue_rules import RULES
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.papers.writing.wording import words_of
from pxtui.policy.facts import Fee, Material
from tests.casework.printed.test_reception import asked, facts, filed, issue, later, people, why_not_issued
from tests.support.counter import AFTER_THE_CLASS, ANSWER
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk, paid
from tests.support.rosters import made_up_people

CONTRADICTIONS = {
    frozenset(pair)
    for pair in (
        ("acceptance-notice", "correction-notice"),
        ("acceptance-notice", "non-acceptance"),
        ("correction-notice", "non-acceptance"),
        ("opening-approval", "opening-refusal"),
        ("opening-approval", "non-acceptance"),
        ("opening-refusal", "non-acceptance"),
        ("approval-table", "non-acceptance"),
        ("claim-refusal", "non-acceptance"),
    )
}
"""What cannot be said of one and the same hand-in, as an applicant reads it."""
NEVER_OF_A_CASE = {"public-notice", "fund-approval", "payment-table"}
NOT_NUMBERED = {"attachment-1", "attachment-2", "attachment-3", "attachment-4", "payment-extract"}
LISTS = {"volume-cover"}


def issued_of(context: Context, number: str) -> list[PaperIssued]:
    """The papers of a case, in the order of their issue."""
    of_case = select(PaperIssued).where(col(PaperIssued.case_id) == find(context, number).id)
    return list(context.session.exec(of_case.order_by(col(PaperIssued.id))))


def contradicting(forms: set[str]) -> list[frozenset[str]]:
    """The pairs of these forms that contradict each other."""
    return [frozenset(pair) for pair in combinations(sorted(forms), 2) if frozenset(pair) in CONTRADICTIONS]


def contents(context: Context, number: str) -> list[dict[str, object]]:
    """The lines of the volume's contents that are not left for later papers."""
    lines = filing.volume_cover(Asking(context, find(context, number))).facts.tables["documents"]
    return [dict(line) for line in lines if line.get("name")]


def test_the_table_knows_every_paper_and_excludes_both_ways() -> None:
    assert RULES.keys() == {kind.form for kind in KINDS}
    pairs = {frozenset((form, other)) for form, rule in RULES.items() for other in rule.excludes}
    assert pairs == CONTRADICTIONS
    assert all(form in RULES[other].excludes for form, rule in RULES.items() for other in rule.excludes)
    assert all(rule.due <= rule.stages for rule in RULES.values())


def test_at_every_stage_of_a_class_nothing_contradicts_and_nothing_is_numbered_twice(
    register: Register, tmp_path: Path
) -> None:
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.grant()
    seen: dict[Stage, set[str]] = {}

    def issue_all(number: str) -> None:
        desk.day += timedelta(days=1)
        with register.writing(desk.acting) as context:
            known = {paper.id for paper in issued_of(context, number)}
            issuing.issue_due(context, number, tmp_path)
            new = {paper.form for paper in issued_of(context, number) if paper.id not in known}
            assert not issuing.issue_due(context, number, tmp_path).written
            assert contradicting(new) == []
            seen.setdefault(find(context, number).stage, set()).update(new)

    number = desk.file(made_up_people(2))
    for action in (Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE):
        issue_all(number)
        desk.do(number, action, opinion=ANSWER)
    issue_all(number)
    desk.day = AFTER_THE_CLASS
    desk.do(number, Action.CLAIM)
    desk.enter_claim(number, "20200000000000000077")
    for action in (Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE):
        issue_all(number)
        desk.do(number, action, opinion=ANSWER)
    issue_all(number)
    desk.publish_and_clear(number)
    issue_all(number)
    desk.answer(desk.at_the_bank(tmp_path, number), paid(number))
    issue_all(number)
    desk.do(number, Action.ARCHIVE)
    issue_all(number)
    with register.reading(desk.acting) as context:
        numbers = Counts(paper.number for paper in issued_of(context, number) if paper.number)
        listed = Counts(line["number"] for line in contents(context, number))
    assert set(numbers.values()) == {1}
    assert all(listed[paper] == 1 for paper in numbers if "案卷" not in paper)
    assert seen[Stage.RECEIVED] == {"acceptance-notice", "verification-report"}
    assert seen[Stage.ACCEPTED] == seen[Stage.FIRST_CHECKED] == set()
    assert seen[Stage.OPENED] == {"attachment-1", "opening-approval"}
    assert seen[Stage.CLAIM_APPROVED] == {"attachment-3", "approval-table"}
    assert seen[Stage.PAID] == {"attachment-3", "payment-extract", "payment-slip", "volume-cover"}


def test_what_is_accepted_is_not_to_be_corrected_until_it_is_returned(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), [Action.SUBMIT])
    with register.writing(later(acting)) as context:
        told = issuing.issue_due(context, number, tmp_path)
    choice = "名单有1项不符：要改正的出补正告知书，只核减的出受理通知书，选一份"
    assert told.left_out == [("一次性补正告知书", choice), ("受理通知书", choice)]
    issue(register, later(acting), number, "acceptance-notice", tmp_path)
    with pytest.raises(PxtuiError, match="不能出具“一次性补正告知书”：本次申请已出具“受理通知书”东区人社局受理"):
        issue(register, later(acting, 1), number, "correction-notice", tmp_path)
    with register.writing(later(acting, 2)) as context:
        advance(context, number, Action.RETURN, "身份证号有误")
    issue(register, later(acting, 3), number, "correction-notice", tmp_path)
    with register.writing(later(acting, 4)) as context:
        roster_edits.replace_all(context, number, people())
        advance(context, number, Action.SUBMIT)
    issue(register, later(acting, 5), number, "acceptance-notice", tmp_path)


def test_who_is_told_to_correct_is_not_accepted(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), [Action.SUBMIT])
    both = ["correction-notice", "acceptance-notice"]
    with pytest.raises(PxtuiError, match="二者不能并存"), register.writing(later(acting)) as context:
        issuing.issue(context, number, both, tmp_path)
    issue(register, later(acting), number, "correction-notice", tmp_path)
    with pytest.raises(PxtuiError, match="本次申请已出具“一次性补正告知书”东区人社局补正"):
        issue(register, later(acting, 1), number, "acceptance-notice", tmp_path)


def test_what_no_correction_remedies_is_not_accepted_and_only_that_is_said(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    filing_of_free = replace(
        a_filing(), training=replace(a_filing().training, fee=Fee.FREE), materials=frozenset({Material.ATTACHMENT_1})
    )
    number = filed(register, acting, filing_of_free, people(), [Action.SUBMIT])
    with register.writing(later(acting)) as context:
        issuing.issue_due(context, number, tmp_path)
        forms = {paper.form for paper in issued_of(context, number)}
    assert forms == {"material-receipt", "non-acceptance", "verification-report", "delivery-receipt"}


def test_a_receipt_tells_who_received_on_which_day_one_for_one_hand_in(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    colleague = replace(acting, name="李四")
    number = filed(register, acting, a_filing(), people(wrong=True))
    first = issue(register, later(colleague, 1), number, "material-receipt", tmp_path)
    assert issue(register, later(acting, 2), number, "material-receipt", tmp_path) == first
    told = facts(register, later(colleague, 1), number, reception.material_receipt).values
    assert (told["officer"], str(told["received_day"])) == ("张三", "2020-03-16")
    with register.writing(later(acting, 2)) as context:
        advance(context, number, Action.SUBMIT)
        advance(context, number, Action.RETURN, "身份证号有误")
        roster_edits.replace_all(context, number, people())
    with register.writing(later(colleague, 4)) as context:
        advance(context, number, Action.SUBMIT)
    told = facts(register, later(acting, 5), number, reception.material_receipt).values
    assert (told["officer"], str(told["received_day"])) == ("李四", "2020-03-20")
    assert issue(register, later(acting, 5), number, "material-receipt", tmp_path) != first
    with register.reading(later(acting, 6)) as context:
        names = [line["name"] for line in contents(context, number) if "收件回执" in str(line["name"])]
    assert names == ["收件回执（材料接收清单）"] * 2


def test_the_receipt_of_what_was_seen_online_bears_the_day_of_the_paper(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.PRE_REVIEW, Action.AWAIT_PAPER])
    assert asked(register, acting, number, why_not_issued("material-receipt")) == "还在线上预审，纸质材料收到后再出具"
    with register.writing(replace(later(acting, 3), name="李四")) as context:
        advance(context, number, Action.SUBMIT)
    told = facts(register, later(acting, 3), number, reception.material_receipt).values
    assert (told["officer"], str(told["received_day"])) == ("李四", "2020-03-19")


def test_another_county_s_office_is_named(register: Register, acting: Acting) -> None:
    filing_of_west = replace(a_filing(), applicant=replace(a_filing().applicant, county="510403"))
    number = filed(register, acting, filing_of_west, people(), [Action.SUBMIT])
    told = facts(register, acting, number, reception.non_acceptance)
    texts = words_of("non-acceptance")
    sentence = texts.filled("belongs", right_office=str(told.values["right_office"]))
    assert sentence.strip() == "本申请应由攀枝花市西区人力资源和社会保障局受理，请向该部门提出申请。"
    assert told.values["zone_office"] is None


def test_a_paper_that_came_out_otherwise_replaces_the_one_before(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    issue(register, acting, number, "verification-report", tmp_path)
    with register.writing(later(acting, 1)) as context:
        advance(context, number, Action.RETURN, "请补人")
        roster_edits.replace_all(context, number, made_up_people(4))
        advance(context, number, Action.SUBMIT)
    issue(register, later(acting, 1), number, "verification-report", tmp_path)
    with register.reading(acting) as context:
        lines = [(line["name"], line["number"]) for line in contents(context, number) if "核验" in str(line["name"])]
    assert lines == [
        ("名单核验报告（已替换）", "东区人社局核验〔2020〕1号"),
        ("名单核验报告", "东区人社局核验〔2020〕2号"),
    ]


def test_cover_and_hand_over_list_do_not_list_each_other_into_new_numbers(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    for _ in range(3):
        for form in ("hand-over-list", "volume-cover"):
            issue(register, acting, number, form, tmp_path, "档案室")
    with register.reading(acting) as context:
        assert [paper.form for paper in issued_of(context, number)] == ["hand-over-list", "volume-cover"]


def test_an_objection_form_is_for_an_objection(register: Register, tmp_path: Path) -> None:
    desk = PayDesk(register)
    number = desk.file(made_up_people(2))
    desk.granted(number)
    with register.writing(desk.acting) as context:
        batch = publishing.publish(context, [number], desk.day).number
    with register.reading(desk.acting) as context:
        why_not = issue_rules.why_not(Asking(context, find(context, number)), "objection-record")
    assert why_not == "没有异议；收到异议的，先在“公示”里登记"
    with register.writing(desk.acting) as context:
        of_publicity_batch.issue(context, batch, tmp_path)
        objections.receive(context, number, "有人没有参加培训")
        issuing.issue(context, number, ["objection-record"], tmp_path)
        told = publicity_values(context, number)
    assert told["notice_paper"] == "东区人社局公示〔2020〕1号"


def publicity_values(context: Context, number: str) -> dict[str, object]:
    """What stands on the objection's form."""
    return dict(BY_FORM["objection-record"].gather(Asking(context, find(context, number))).facts.values)


def test_the_volume_has_the_notice_and_the_table_of_its_batches_and_no_other(
    register: Register, tmp_path: Path
) -> None:
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.grant()
    number = desk.cleared()
    batch = desk.at_the_bank(tmp_path, number)
    with register.writing(desk.acting) as context:
        case = find(context, number)
        # As a program of before printed it for a case alone.
        context.session.add(
            PaperIssued(
                case_id=case.id,
                office_code="dongqu",
                form="public-notice",
                year=2020,
                serial=9,
                number="东区人社局公示〔2020〕9号",
                file_name=f"{number} 公示（稿）0009.xlsx",
                version_code="00000000",
                digest="",
                issued_at=context.at,
                staff_name="张三",
            )
        )
        of_publicity_batch.issue(context, "GS2020-DQ-001", tmp_path)
        once = of_payment_batch.issue(context, batch, tmp_path)
    desk.answer(batch, paid(number))
    with register.writing(desk.acting) as context:
        # The money has arrived: it is no order for another payment.
        assert of_payment_batch.issue(context, batch, tmp_path) == once
        lines = [line["number"] for line in contents(context, number) if line["author"] != "申请单位"]
    assert lines == ["东区人社局公示〔2020〕10号", "东区人社局资批〔2020〕1号", "东区人社局拨付〔2020〕1号"]


def test_what_is_issued_is_shown_with_its_number_and_printed_again(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    path = issue(register, acting, number, "opening-approval", tmp_path)
    before = path.read_bytes()
    with register.writing(later(acting, 30)) as context:
        shown = {offer.form: offer for offer in issuing.offers(context, number)}["opening-approval"]
        done = issuing.issue_due(context, number, tmp_path, Wish("无关的理由"))
    assert shown.issued is not None
    assert shown.issued.number == "东区人社局同意〔2020〕1号"
    assert path in done.again
    assert path.read_bytes() == before
