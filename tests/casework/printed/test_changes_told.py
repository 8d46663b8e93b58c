"""The notice of change says every item of an application in a clerk's words, before and after."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import opening
from pxtui.policy.facts import Fee, Format, Level, Trainees
from tests.casework.printed.test_reception import facts, filed, later, people
from tests.support.filings import a_filing


def told(register: Register, acting: Acting, number: str) -> list[tuple[object, ...]]:
    lines = facts(register, acting, number, opening.change_notice).tables["changes"]
    return [(line["item"], line["before"], line["after"]) for line in lines]


def test_every_item_is_told_in_words(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    with register.writing(later(acting, 1)) as context:
        filing = opening_filing.filing(context, number)
        training = replace(
            filing.training,
            occupation="电工",
            level=Level.FOUR,
            trainees=Trainees.KEY_GROUPS,
            format=Format.OWN_TEACHERS,
            fee=Fee.FREE,
            platform="四川省职业网络培训学院",
            provider="四川省职业网络培训学院",
            starts_on=date(2020, 3, 23),
            ends_on=date(2020, 4, 3),
            course_hours=Decimal(48),
        )
        applicant = replace(filing.applicant, name="攀枝花市恒力智造有限公司", credit_code="91510402MA6CJKG50N")
        changed = replace(
            filing, applicant=applicant, training=training, course_title="电工入门", contract_number="HT2020-1"
        )
        opening_filing.put_filing(context, find(context, number), changed, "变更开班（测试）")
    assert told(register, later(acting, 1), number) == [
        ("申请单位", "攀枝花市恒力机械有限公司", "攀枝花市恒力智造有限公司"),
        ("统一社会信用代码", "91350100M000100Y43", "91510402MA6CJKG50N"),
        ("培训项目（课程）", "无", "电工入门"),
        ("职业（工种）", "焊工", "电工"),
        ("等级", "五级", "四级"),
        ("培训对象", "本企业职工", "重点就业群体"),
        ("开展形式", "购买培训服务", "选聘（本机构）师资"),
        ("是否有偿", "有偿", "免费"),
        ("线上培训平台", "无", "四川省职业网络培训学院"),
        ("提供培训服务单位", "成都职业培训网络学院", "四川省职业网络培训学院"),
        ("开班日期", "2020年3月20日", "2020年3月23日"),
        ("结束日期", "2020年4月2日", "2020年4月3日"),
        ("线上课程学时", "40", "48"),
        ("合同编号", "无", "HT2020-1"),
    ]


def test_what_was_changed_back_is_no_change(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    for day in (date(2020, 4, 9), date(2020, 4, 10)):
        with register.writing(acting) as context:
            class_changes.change(context, number, ClassChange(ends_on=day), "企业申请")
    assert told(register, acting, number) == [("结束日期", "2020年4月2日", "2020年4月10日")]
    with register.writing(acting) as context:
        class_changes.change(context, number, ClassChange(ends_on=date(2020, 4, 2)), "企业申请")
    assert told(register, acting, number) == []
    with register.reading(acting) as context:
        assert opening_filing.filing(context, number).training == a_filing().training


def test_whose_row_was_put_right_is_told_as_it_was_and_is(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT, Action.APPROVE])
    first, second, third = people()
    changes = [
        ClassChange(joining=[replace(second, name="欧阳明")], leaving=frozenset({2})),
        ClassChange(joining=[replace(third, phone="13900000000", remark="班长")], leaving=frozenset({3})),
        ClassChange(leaving=frozenset({1})),
    ]
    for day, wanted in enumerate(changes):
        with register.writing(later(acting, day)) as context:
            class_changes.change(context, number, wanted, "企业申请")
    lines = facts(register, later(acting, 3), number, opening.change_notice).tables["changes"]
    assert [(line["day"], line["item"], line["before"], line["after"]) for line in lines] == [
        (
            date(2020, 3, 18),
            "人员退出",
            f"第1号 {first.name}（{first.id_number[:6]}********{first.id_number[-4:]}）",
            "退出，不再参训",
        ),
        (date(2020, 3, 16), "人员更正", f"第2号 {second.name}", "第2号 欧阳明"),
        (
            date(2020, 3, 17),
            "人员更正",
            f"第3号 {third.name}，联系电话{third.phone}，备注空",
            f"第3号 {third.name}，联系电话13900000000，备注班长",
        ),
    ]
