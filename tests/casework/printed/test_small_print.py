"""Single cells of papers: whose roster, who hands over, what is to be done, and passwords only when asked for."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.check import roster_import
from pxtui.casework.decision import class_changes
from pxtui.casework.decision.advance import advance
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import applicants
from pxtui.casework.printed import check_record, defects, issuing, publicity, reception, review
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.reading.rosters import read_pasted
from pxtui.policy.judgement import Finding
from pxtui.policy.rules.rule import Severity
from tests.casework.printed.test_reception import asked, facts, filed, issue, later, people
from tests.casework.printed.test_review import claimed
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

VOUCHER = {"20200000000000000001": 150_000}
ZONE = "钒钛新城管委会"


def test_the_report_names_the_roster_that_it_is_about(register: Register, acting: Acting) -> None:
    opening = filed(register, acting, a_filing(), people())
    claim = claimed(register, acting, VOUCHER)
    names = [
        facts(register, acting, number, review.verification_report).values["roster_name"] for number in (opening, claim)
    ]
    assert names == ["附件2 参训人员花名册", "附件4 补贴申报花名册"]


def test_materials_from_the_zone_are_handed_over_by_its_committee(register: Register, acting: Acting) -> None:
    filing = a_filing()
    applicant = replace(filing.applicant, vanadium_titanium_zone=True)
    wrong = filed(register, acting, replace(filing, applicant=applicant), people())
    right = filed(register, acting, replace(filing, applicant=applicant), people())
    with register.writing(acting) as context:
        case = find(context, right)
        case.office_code = asked(register, acting, wrong, lambda asking: asking.overview.judgement.office)
        context.session.add(case)
    papers = [facts(register, acting, number, reception.hand_over_list).values for number in (wrong, right)]
    assert papers[0]["giver"] == "攀枝花市东区人力资源和社会保障局"
    assert ZONE in str(papers[1]["giver"])
    assert papers[0]["taker"] == papers[1]["taker"]


def test_what_was_told_of_another_case_needs_no_reason_here(register: Register, acting: Acting, tmp_path: Path) -> None:
    other = filed(register, acting, a_filing(), people(wrong=True))
    number = filed(register, acting, a_filing(), people(wrong=True))
    issue(register, acting, other, "correction-notice", tmp_path)
    assert asked(register, later(acting), other, reception.reason_asked_for) != ""
    assert asked(register, later(acting), number, reception.reason_asked_for) == ""


@pytest.mark.parametrize(
    ("severity", "seq", "message", "remedy"),
    [
        (Severity.BLOCK, 1, "已参加3次；本年度不再补贴。", "请从名单中核减此人，本年度不再补贴"),
        (Severity.BLOCK, 1, "证号有误；请对照身份证改正。", "请对照身份证改正"),
        (Severity.WARN, 1, "已参加2次；还可参加1次。", "还可参加1次"),
        (Severity.BLOCK, None, "已逾期；不再受理。", "不再受理"),
        (Severity.BLOCK, None, "已逾期。", "请改正后重新提交"),
    ],
)
def test_the_applicant_is_told_to_take_somebody_off_only_where_nothing_else_helps(
    register: Register, acting: Acting, severity: Severity, seq: int | None, message: str, remedy: str
) -> None:
    number = filed(register, acting, a_filing(), people())
    finding = Finding("some.code", severity, seq, None, "三", message)
    assert asked(register, acting, number, lambda asking: defects.fault_and_remedy(asking, finding))[1] == remedy


def test_what_a_clerk_returned_stands_on_the_notice_with_the_clause_of_its_application(
    register: Register, acting: Acting
) -> None:
    opened = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.RETURN])
    claim = claimed(register, acting, VOUCHER)
    with register.writing(later(acting, 25)) as context:
        advance(context, claim, Action.RETURN, "发票不清；")
    line = {"seq": 1, "item": "审查意见", "person": "", "id_number": "", "remedy": "请按意见补正后重新提交"}
    for number, fault, clause in ((opened, "请改正", "四(一)"), (claim, "发票不清", "四(二)")):
        assert asked(register, acting, number, defects.of_return) == [line | {"fault": fault, "clause": clause}]
    assert asked(register, acting, filed(register, acting, a_filing(), people()), defects.of_return) == []


@pytest.mark.parametrize("is_asked", [False, True])
def test_attachment_4_bears_passwords_only_where_they_are_asked_for(
    register: Register, acting: Acting, tmp_path: Path, *, is_asked: bool
) -> None:
    number = claimed(register, acting, VOUCHER)
    with register.writing(acting) as context:
        advance(context, number, Action.RETURN, "补填密码")
        rows = [replace(row, password=f"Mima{row.seq}") for row in roster_edits.rows(context, number)]
        roster_edits.replace_all(context, number, rows)
        (path,) = issuing.issue(context, number, ["attachment-4"], tmp_path, Wish(with_passwords=is_asked))
    sheet = load_workbook(path).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert ({"Mima1", "Mima2", "Mima3"} <= cells) == is_asked
    assert is_asked or not any("Mima" in cell for cell in cells)


@pytest.mark.parametrize("form", ["attachment-1", "attachment-2", "attachment-3", "attachment-4"])
def test_the_applicant_s_forms_of_a_claim_can_be_written(
    register: Register, acting: Acting, tmp_path: Path, form: str
) -> None:
    number = claimed(register, acting, VOUCHER)
    path = issue(register, acting, number, form, tmp_path)
    cells = {str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row}
    assert any("攀枝花市恒力机械有限公司" in cell for cell in cells)


def test_the_public_notice_says_how_many_were_taken_off_and_not_who(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, VOUCHER)
    whole = PayDesk(register)
    granted = whole.file(made_up_people(2, 40))
    whole.granted(granted)
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.APPROVE, "同意补贴")
        batch = publishing.publish(context, [number, granted], context.today).number
        notice = publicity.batch_notice(context, batch).facts
        roster = roster_edits.rows(context, number)
    assert [line["remark"] for line in notice.tables["units"]] == ["核减1人，不符合补贴条件", ""]
    assert [line["name"] for line in notice.tables["people"]][:2] == [row.name for row in roster[:2]]
    assert len(notice.tables["people"]) == 4


def test_whoever_chooses_no_seed_draws_by_that_of_the_day(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people())
    seeds = [facts(register, later(acting, day), number, check_record.check_record).values["seed"] for day in (0, 0, 1)]
    assert seeds[0] == seeds[1] != seeds[2]


def test_a_refusal_of_an_opening_can_be_written(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.REFUSE])
    path = issue(register, acting, number, "opening-refusal", tmp_path, "三")
    assert path.name.split()[1] == "不予同意开班告知书0001"


def test_a_claim_s_roster_is_compared_with_those_who_were_approved(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), [Action.SUBMIT, Action.APPROVE])
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.CLAIM)
        rows = roster_edits.rows(context, number)
        lines = ["姓名\t身份证号\t联系电话", *(f"{row.name}\t{row.id_number}\t{row.phone}" for row in rows)]
        outlook = roster_import.outlook(context, number, read_pasted("\n".join(lines)))
    assert [row.seq for row in rows] == [1, 3]
    assert outlook.changes.from_approved == ()


def test_the_journal_keeps_who_was_approved_before_and_after_a_change(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    with register.writing(acting) as context:
        class_changes.change(context, number, ClassChange(leaving=frozenset({2})), "企业申请")
    with register.reading(acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_PEOPLE)).one()
        approved = [values["approved"] for values in journal.values(context, entry)]
    assert approved == [[1, 2, 3], [1, 3]]


def test_a_sign_that_means_any_text_to_the_database_means_itself(register: Register, acting: Acting) -> None:
    filed(register, acting, a_filing())
    with register.reading(acting) as context:
        assert [found.name for found in applicants.matching(context, "力机")] == ["攀枝花市恒力机械有限公司"]
        assert applicants.matching(context, "力%械") == []
        assert applicants.matching(context, "力_械") == []
