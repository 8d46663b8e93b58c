"""The papers of the counter say what the register says, and are refused with a reason where they make no sense."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.printed import issue_rules, issuing, reception
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.identifiers.id_number import check_character
from pxtui.papers.writing.letter import Facts
from pxtui.policy.facts import Fee, Material, Trainee
from tests.support.filings import a_filing

_PEOPLE = 3
_LATER = timedelta(minutes=1)


def people(*, wrong: bool = False) -> list[Trainee]:
    """Three people of made-up numbers; `wrong`: the second number has an impossible birthday."""
    numbers = [first + check_character(first) for first in (f"51040219800101{seq:03}" for seq in range(1, _PEOPLE + 1))]
    if wrong:
        numbers[1] = "510402198002300020"
    return [
        Trainee(seq, f"学员{seq}", None, None, number, "13800000000", "") for seq, number in enumerate(numbers, start=1)
    ]


def filed(
    register: Register, acting: Acting, filing: Filing, rows: Sequence[Trainee] = (), actions: Sequence[Action] = ()
) -> str:
    """A case in the register and its number."""
    with register.writing(acting) as context:
        number = opening_filing.file(context, filing)
        roster_edits.replace_all(context, number, rows)
        for action in actions:
            advance(context, number, action, "请改正。")
    return number


def asked(register: Register, acting: Acting, number: str, question: Any, reason: str = "") -> Any:
    """What a function of the room answers."""
    with register.reading(acting) as context:
        return question(Asking(context, find(context, number), reason))


def why_not_issued(form: str) -> Callable[[Asking], str]:
    """The question why a case may not have a paper."""
    return lambda asking: issue_rules.why_not(asking, form)


def facts(register: Register, acting: Acting, number: str, gather: Any, reason: str = "") -> Facts:
    """What stands on a paper."""
    found: Facts = asked(register, acting, number, gather, reason).facts
    return found


def issue(register: Register, acting: Acting, number: str, form: str, folder: Path, reason: str = "") -> Path:
    """The paper, issued."""
    with register.writing(acting) as context:
        return issuing.issue(context, number, [form], folder, Wish(reason))[0]


def later(acting: Acting, days: int = 0) -> Acting:
    """The same clerk some days and a minute later."""
    return replace(acting, at=acting.at + timedelta(days=days) + _LATER)


def test_the_receipt_lists_what_is_required_what_came_and_a_contract_a_person(
    register: Register, acting: Acting
) -> None:
    filing = replace(a_filing(), materials=frozenset({Material.ATTACHMENT_1, Material.IDENTITY_PROOFS}))
    number = filed(register, acting, filing, people())
    lines = facts(register, acting, number, reception.material_receipt).tables["materials"]
    assert [(line["material"], line["form"], line["copies"], line["handed_in"]) for line in lines] == [
        ("附件1 培训申请表", "原件", 2, "已收"),
        ("附件2 参训人员花名册", "原件", 1, "未收"),
        ("企业营业执照复印件", "复印件", 1, "未收"),
        ("职工劳动合同复印件", "复印件", 3, "未收"),
        ("重点就业群体身份证明", "□原件　□复印件", 3, "已收"),
    ]


def test_before_the_roster_is_keyed_its_cover_says_how_many_contracts(register: Register, acting: Acting) -> None:
    for cover, copies in ((45, 45), (None, None)):
        number = filed(register, acting, replace(a_filing(), cover_head_count=cover))
        lines = facts(register, acting, number, reception.material_receipt).tables["materials"]
        assert lines[3]["copies"] == copies


def test_no_receipt_for_nothing(register: Register, acting: Acting) -> None:
    number = filed(register, acting, replace(a_filing(), materials=frozenset()))
    assert asked(register, acting, number, why_not_issued("material-receipt")) == "还没有登记收到的材料"
    assert asked(register, acting, number, reception.nothing_to_hand_over) == "还没有登记收到的材料"


def test_an_acceptance_promises_five_working_days_over_the_weekend(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    assert asked(register, acting, number, why_not_issued("acceptance-notice")) == ""
    values = facts(register, acting, number, reception.acceptance_notice).values
    told = (values["handed_in_day"], values["promised_days"], values["finish_day"])
    assert told == (date(2020, 3, 16), 5, date(2020, 3, 23))


def test_the_days_count_from_the_corrected_hand_in(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.RETURN])
    with register.writing(later(acting, 3)) as context:
        advance(context, number, Action.SUBMIT)
    values = facts(register, later(acting, 3), number, reception.acceptance_notice).values
    assert (values["handed_in_day"], values["finish_day"]) == (date(2020, 3, 19), date(2020, 3, 26))


@pytest.mark.parametrize(
    ("filing", "actions", "why_not"),
    [
        (a_filing(), [], "还没有提交审查"),
        (
            replace(a_filing(), materials=a_filing().materials - {Material.BUSINESS_LICENCE}),
            [Action.SUBMIT],
            "还缺企业营业执照复印件",
        ),
        (
            replace(a_filing(), training=replace(a_filing().training, fee=Fee.FREE)),
            [Action.SUBMIT],
            "本单位不能受理，请出具“不予受理通知书”或先改正申请",
        ),
        (a_filing(), [Action.SUBMIT, Action.REFUSE], "这次申请已有结果"),
    ],
)
def test_why_an_application_is_not_accepted(
    filing: Filing, actions: list[Action], why_not: str, register: Register, acting: Acting
) -> None:
    number = filed(register, acting, filing, people(), actions)
    assert asked(register, acting, number, why_not_issued("acceptance-notice")) == why_not


def test_a_correction_notice_tells_every_block_of_the_check_at_once(register: Register, acting: Acting) -> None:
    filing = replace(a_filing(), materials=a_filing().materials - {Material.LABOUR_CONTRACTS})
    number = filed(register, acting, filing, people(wrong=True))
    told = facts(register, acting, number, reception.correction_notice)
    with register.reading(acting) as context:
        blocks = [finding for finding in eligibility.check(context, number).findings if finding.blocks]
    assert [(line["seq"], line["clause"]) for line in told.tables["defects"]] == [
        (seq, finding.clause) for seq, finding in enumerate(blocks, start=1)
    ]
    assert told.tables["defects"][0] == {
        "seq": 1,
        "item": "职工劳动合同复印件",
        "person": "",
        "id_number": "",
        "fault": "缺职工劳动合同复印件",
        "remedy": "请补交复印件3份",
        "clause": "四",
    }
    assert told.tables["defects"][1] == {
        "seq": 2,
        "item": "附件2序号2",
        "person": "学员2",
        "id_number": "510402********0020",
        "fault": "身份证号有误：出生日期（第7至14位）不存在",
        "remedy": "请对照身份证改正",
        "clause": "附件2",
    }
    assert told.values["until_day"] == date(2020, 3, 23)


def test_the_same_version_is_told_again_only_with_a_reason(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True))
    issue(register, acting, number, "correction-notice", tmp_path)
    with pytest.raises(PxtuiError, match="上次告知后申请没有改动"):
        issue(register, later(acting), number, "correction-notice", tmp_path)
    assert (
        facts(register, later(acting), number, reception.correction_notice, "原件遗失").values["repeat_reason"]
        == "原件遗失"
    )
    with register.writing(later(acting)) as context:
        roster_edits.put_row(context, number, 0, people()[0])
    assert asked(register, later(acting), number, reception.reason_asked_for) == ""


def test_after_five_working_days_the_delay_is_explained(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True))
    assert asked(register, later(acting, 7), number, reception.reason_asked_for) == ""
    late = later(acting, 8)
    assert asked(register, late, number, reception.reason_asked_for) == "应于2020-03-23前告知，写明逾期的原因"
    assert facts(register, late, number, reception.correction_notice, "系统停机").values["late_reason"] == "系统停机"


def test_the_wrong_office_names_the_right_one_and_corrects_nothing(register: Register, acting: Acting) -> None:
    filing = replace(a_filing(), applicant=replace(a_filing().applicant, vanadium_titanium_zone=True))
    number = filed(register, acting, filing, people(wrong=True))
    values = facts(register, acting, number, reception.non_acceptance).values
    assert (values["right_office"], values["zone_office"], values["committee"]) == (
        None,
        "攀枝花市人社局职业技能鉴定和培训指导中心",
        "钒钛新城管委会",
    )
    assert "由管委会汇总上报" in str(values["reasons"])
    assert (
        asked(register, acting, number, why_not_issued("correction-notice")) == "不属本单位受理，请出具“不予受理通知书”"
    )
    handed_over = facts(register, acting, number, reception.hand_over_list).values
    assert handed_over["taker"] == values["zone_office"]


def test_nobody_is_turned_away_from_the_right_office_without_a_clause(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True))
    assert asked(register, acting, number, why_not_issued("non-acceptance")) == "属本单位受理，也没有不予受理的情形"
    free = replace(a_filing(), training=replace(a_filing().training, fee=Fee.FREE))
    number = filed(register, acting, free, people())
    values = facts(register, acting, number, reception.non_acceptance).values
    assert values["right_office"] is values["zone_office"] is None
    assert values["reasons"] == "　　1. 免费培训资源不享受补贴（三）；学员可自行学习，不必申请。"


def test_the_opinion_for_a_chat_is_a_text_without_a_whole_number(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    filing = replace(a_filing(), materials=frozenset())
    number = filed(register, acting, filing, people(wrong=True))
    path = issue(register, acting, number, "pre-review", tmp_path)
    assert path.name == "2020-DQ-0001 线上预审意见0001 攀枝花市恒力机械有限公司.txt"
    content = path.read_bytes()
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert (
        "5. 附件2序号2 学员2（510402********0020）：身份证号有误：出生日期（第7至14位）不存在；请对照身份证改正。\r\n"
        in text
    )
    assert "4. 职工劳动合同复印件，复印件3份\r\n" in text
    with register.reading(acting) as context:
        judged = eligibility.check(context, number)
        version = issuing.issued_before(context, number)[0]
    assert f"共{sum(finding.blocks for finding in judged.findings)}项" in text
    assert "预审版本：" in text
    assert version.number in text
    for person in people(wrong=True):
        assert person.id_number not in text
        assert person.id_number[6:14] not in text
        assert person.phone not in text


def test_a_hand_over_lists_the_materials_and_the_numbered_papers(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people())
    issue(register, acting, number, "material-receipt", tmp_path)
    with pytest.raises(PxtuiError, match="须写明理由（写明接收的科室、姓名）"):
        issue(register, acting, number, "hand-over-list", tmp_path)
    told = facts(register, acting, number, reception.hand_over_list, "档案室李四")
    assert [(line["seq"], line["material"], line.get("copies")) for line in told.tables["materials"]] == [
        (1, "附件1 培训申请表", 2),
        (2, "附件2 参训人员花名册", 1),
        (3, "企业营业执照复印件", 1),
        (4, "职工劳动合同复印件", 3),
        (5, "收件回执（材料接收清单）（东区人社局收件〔2020〕1号）", 1),
    ]
    office = "攀枝花市东区人力资源和社会保障局"
    assert (told.values["giver"], told.values["taker"]) == (f"{office}　张三", f"{office}　档案室李四")


def test_the_papers_that_can_be_issued_are_issued_together(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    forms = ["attachment-1", "material-receipt", "acceptance-notice", "hand-over-list"]
    with register.writing(acting) as context:
        offers = {offer.form: offer.why_not for offer in issuing.offers(context, number)}
        written = issuing.issue(context, number, forms, tmp_path, Wish("档案室"))
    assert [offers[form] for form in forms] == ["", "", "", ""]
    assert all(path.stat().st_size for path in written)


def test_what_the_officer_wrote_at_the_return_stands_first_in_the_notice(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.RETURN])
    assert asked(register, acting, number, why_not_issued("correction-notice")) == ""
    (line,) = facts(register, acting, number, reception.correction_notice).tables["defects"]
    assert (line["seq"], line["item"], line["fault"]) == (1, "审查意见", "请改正")


def test_one_decision_has_one_number_however_often_it_is_printed(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    first = issue(register, acting, number, "opening-approval", tmp_path)
    content = first.read_bytes()
    again = issue(register, later(acting, 3), number, "opening-approval", tmp_path / "again")
    assert (again.name, again.read_bytes()) == (first.name, content)
    with register.reading(acting) as context:
        assert [paper.number for paper in issuing.issued_before(context, number)] == ["东区人社局同意〔2020〕1号"]
