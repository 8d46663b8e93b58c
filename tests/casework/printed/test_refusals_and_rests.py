"""Papers that a case does not have, and what stands on one where the register does not know."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from db.models import PaperIssued
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.people import past_trainings
from pxtui.casework.printed import attachments, defects, issuing, reception, review
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.catalogue import KINDS
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Evidence, Format, Group, Level, Material, PastTraining
from pxtui.policy.judgement import Finding
from pxtui.policy.rules.rule import Severity
from tests.casework.printed.test_reception import asked, facts, filed, later, people, why_not_issued
from tests.casework.printed.test_review import claimed, decide
from tests.support.counter import Counter
from tests.support.filings import a_filing


def test_the_page_of_papers_offers_every_kind_and_says_why_not(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people())
    with register.writing(acting) as context:
        issuing.issue(context, number, ["material-receipt"], tmp_path)
        desk = issuing.desk(context, number)
    assert [offer.form for offer in desk.offers] == [kind.form for kind in KINDS]
    why_not = {offer.form: offer.why_not for offer in desk.offers}
    assert (why_not["material-receipt"], why_not["payment-slip"]) == ("", "案件还没有申请补贴，请先办理“申请补贴”")
    (issued,) = desk.issued
    assert (issued.name, issued.staff_name, issued.issued_at) == ("收件回执", "张三", "2020-03-16 10:00")


def test_a_paper_that_the_case_does_not_have_is_not_issued_and_none_with_it(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people())
    for forms, sentence in (
        (["material-receipt", "payment-slip"], "不能出具“拨付告知单”：案件还没有申请补贴"),
        (["material-receipt", "letter"], "没有名为“letter”的文书，可用：attachment-1、"),
    ):
        with pytest.raises(PxtuiError, match=sentence), register.writing(acting) as context:
            issuing.issue(context, number, forms, tmp_path / "out")
    with register.reading(acting) as context:
        assert issuing.issued_before(context, number) == []
    assert list((tmp_path / "out").iterdir()) == []


def test_a_report_that_the_office_does_not_have_is_not_issued(register: Register, acting: Acting) -> None:
    with (
        register.writing(acting) as context,
        pytest.raises(PxtuiError, match="没有名为“weekly”的报表，可用：daily-ledger、"),
    ):
        issuing.issue_for_office(context, "weekly", acting.today)


def test_a_paper_whose_content_was_not_kept_is_not_printed_again(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people())
    with register.writing(acting) as context:
        issuing.issue(context, number, ["material-receipt"], tmp_path)
        (before,) = issuing.issued_before(context, number)
        issued = before.id
        row = context.session.get_one(PaperIssued, issued)
        row.seal(context.vault, content="")
        context.session.add(row)
    with register.writing(acting) as context:
        with pytest.raises(PxtuiError, match="没有留存原件，不能原样重印"):
            issuing.print_again(context, issued, tmp_path)
        with pytest.raises(PxtuiError, match="没有这份已出具的文书"):
            issuing.print_again(context, issued + 1, tmp_path)


def test_an_office_s_own_template_is_filled(register: Register, acting: Acting, tmp_path: Path) -> None:
    template = register.home.templates / "material-receipt.xlsx"
    template.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "本局自己的回执"
    workbook.save(template)
    number = filed(register, acting, a_filing(), people())
    with register.writing(acting) as context:
        (path,) = issuing.issue(context, number, ["material-receipt"], tmp_path)
    assert load_workbook(path).worksheets[0]["A1"].value == "本局自己的回执"


def test_a_folder_that_cannot_be_made_is_told(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = filed(register, acting, a_filing(), people())
    (tmp_path / "file").write_text("")
    with register.writing(acting) as context, pytest.raises(PxtuiError, match="不能建立文件夹"):
        issuing.issue(context, number, ["material-receipt"], tmp_path / "file" / "out")


def test_without_a_day_of_receipt_there_is_no_receipt(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people())
    with register.writing(acting) as context:
        case = find(context, number)
        case.opening_received_on = None
        context.session.add(case)
    assert asked(register, acting, number, why_not_issued("material-receipt")) == "还没有收件日期，请先登记申请"


def test_a_claim_s_days_count_from_its_own_receipt_whatever_came_back_before(
    register: Register, acting: Acting
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.RETURN])
    with register.writing(later(acting, 2)) as context:
        advance(context, number, Action.SUBMIT)
        advance(context, number, Action.APPROVE, "已按要求改正")
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.CLAIM)
    values = facts(register, later(acting, 28), number, reception.acceptance_notice).values
    assert values["handed_in_day"] == date(2020, 4, 10)


def test_a_notice_in_a_year_without_a_calendar_asks_for_no_reason(register: Register, acting: Acting) -> None:
    day = date(2031, 3, 3)
    then = later(acting, (day - acting.at.date()).days)
    number = filed(register, then, replace(a_filing(), received_on=day), people(wrong=True))
    assert asked(register, then, number, reception.reason_asked_for) == ""


def test_a_row_that_was_taken_off_is_told_though_its_reason_is_gone(register: Register, acting: Acting) -> None:
    person = people()[0]
    earlier = [
        PastTraining(person.id_number, name, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        for name, day in (("车工", date(2020, 1, 6)), ("钳工", date(2020, 1, 8)), ("电工", date(2020, 1, 9)))
    ]
    number = claimed(register, acting, {"20200000000000000001": 150_000})
    with register.writing(acting) as context:
        who = Asking(context, find(context, number)).overview.application.roster[0]
        taken = [replace(training, id_number=who.id_number) for training in earlier]
        past_trainings.insert_missing(context, taken, source="省平台")
    decide(register, acting, number, Action.APPROVE, "提示已核实")
    with register.writing(acting) as context:
        for day in {training.starts_on for training in earlier}:
            past_trainings.strike(context, who.id_number, day, "误报")
    lines = facts(register, acting, number, review.claim_refusal).tables["reasons"]
    (line,) = [line for line in lines if "序号1" in str(line["item"])]
    assert (line["reason"], line["clause"]) == ("06 当年已满次数", "三")


def test_of_an_opening_nothing_is_refused_in_money(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people())
    assert asked(register, acting, number, why_not_issued("claim-refusal"))


def test_of_a_claim_that_is_granted_whole_nothing_is_refused(register: Register) -> None:
    counter = Counter(register)
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    assert asked(register, counter.acting, number, why_not_issued("claim-refusal")) == "申报的全部核定，没有核减"


def test_before_the_decision_nothing_is_refused(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"20200000000000000001": 150_000}, heads=1)
    assert asked(register, acting, number, why_not_issued("claim-refusal")) == "补贴申请还没有审批"


@pytest.mark.parametrize(
    ("action", "opinion", "why_not"),
    [(Action.WITHDRAW, "", "案件已办结，不再核查"), (Action.REFUSE, "不符合条件", "案件已办结，不再核查")],
)
def test_nobody_is_called_about_what_is_over(
    register: Register, acting: Acting, action: Action, opinion: str, why_not: str
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    assert asked(register, acting, number, why_not_issued("check-record")) == ""
    with register.writing(acting) as context:
        advance(context, number, action, opinion)
    assert asked(register, acting, number, why_not_issued("check-record")) == why_not


@pytest.mark.parametrize(
    ("in_zone", "group", "ticked"),
    [(False, None, "510402"), (True, None, "vanadium-titanium-zone"), (True, Group.PANGANG, "city")],
)
def test_attachment_1_is_ticked_for_where_the_applicant_belongs(
    register: Register, acting: Acting, *, in_zone: bool, group: Group | None, ticked: str
) -> None:
    filing = a_filing()
    applicant = replace(filing.applicant, vanadium_titanium_zone=in_zone, group=group)
    number = filed(register, acting, replace(filing, applicant=applicant), people())
    assert facts(register, acting, number, attachments.attachment_1_of).values["jurisdiction"] == ticked


def test_attachment_1_is_ticked_for_an_enterprise_s_own_trainers(register: Register, acting: Acting) -> None:
    filing = a_filing()
    training = replace(filing.training, format=Format.OWN_TEACHERS)
    number = filed(register, acting, replace(filing, training=training), people())
    values = facts(register, acting, number, attachments.attachment_1_of).values
    assert values["formats"] == Format.OWN_TEACHERS.value


@pytest.mark.parametrize(("is_known", "heads"), [(True, 3), (False, None)])
def test_heads_that_were_approved_elsewhere_are_left_to_be_written(
    register: Register, acting: Acting, *, is_known: bool, heads: int | None
) -> None:
    number = claimed(register, acting, {"20200000000000000001": 150_000})
    with register.writing(acting) as context:
        case = find(context, number)
        case.opening_roster_known = is_known
        context.session.add(case)
    assert facts(register, acting, number, attachments.attachment_3_of).values["approved_heads"] == heads


@pytest.mark.parametrize(
    ("code", "item", "opening", "claim"),
    [
        ("material.missing", Material.BUSINESS_LICENCE.value, "企业营业执照复印件", "企业营业执照复印件"),
        ("evidence.missing", Evidence.SIGN_IN.value, *["授课记录证明材料（签到注册）"] * 2),
        ("voucher.used", None, *["培训成本证明材料"] * 2),
        ("roster.empty", None, "附件2 参训人员花名册", "附件4 补贴申报花名册"),
        ("applicant.code", None, "附件1 培训申请表", "附件3 补贴申请表"),
        ("material.late", None, "附件1 培训申请表", "附件3 补贴申请表"),
    ],
)
def test_a_fault_names_the_paper_on_which_it_is(
    register: Register, acting: Acting, code: str, item: str | None, opening: str, claim: str
) -> None:
    finding = Finding(code, Severity.BLOCK, None, item, "三", "不符")

    def named(number: str) -> object:
        with register.reading(acting) as context:
            (line,) = defects.lines(Asking(context, find(context, number)), [finding])
        return line["item"]

    assert named(filed(register, acting, a_filing(), people())) == opening
    assert named(claimed(register, acting, {"20200000000000000001": 150_000})) == claim
