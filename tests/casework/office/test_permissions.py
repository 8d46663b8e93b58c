"""Who may do what: every act of the journal stands in the table, and is refused to everybody else with who may."""

import pytest
from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, Office, Role, Staff
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import ACTION_NAMES
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.permissions import OF_ALL_OFFICES, PERMISSIONS
from pxtui.casework.office.register import Register
from pxtui.errors import NotAllowed
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.counter import Counter

NAMES = {
    Role.CLERK: "受文",
    Role.REVIEWER: "复文",
    Role.HEAD: "负文",
    Role.CASHIER: "出文",
    Role.AUDITOR: "审文",
    Role.ADMINISTRATOR: "管文",
}
OTHER = "外文"
"""At the end of a name: works in the neighbouring office, which keeps no register of its own."""
BY_THE_PROGRAM = {
    Act.REGISTER_CREATE,
    Act.REGISTER_UPGRADE,
    Act.REGISTER_RESTORE,
    Act.REGISTER_COPY,
    Act.REGISTER_MERGE,
    Act.ACT_REFUSED,
    Act.RETENTION_PASSWORDS,
    Act.RETENTION_ERASE,
    Act.RETENTION_LISTS,
    Act.STAFF_PASSWORD,
    Act.STAFF_RECOVER,
    Act.SIGN_IN,
    Act.SIGN_IN_FAIL,
    Act.CHECK_ALL,
}

DUTIES = {
    "程序、各人自己": (
        "建立台账 台账升级 登记被拒绝的办理 台账的恢复 台账的复制 台账的合并 自己口令的设定 凭备份私钥重设口令 登录 "
        "登记没有成的登录 平台密码的销毁 到期个人信息的删除 到期名单的删除 全部复查"
    ),
    "管理员": (
        "密钥的轮换 密钥的备份 备份密钥的更换 人员的增减和岗位 登录公钥和账户的撤销 "
        "疫情解除的登记和签署 放假安排的录入和签署 时钟的确认 因疫情解除终止 更正解除日恢复 "
        "案件包所述的确认 来源更改的提出 个人信息保存期限的改动"
    ),
    "负责人或管理员": (
        "本部门设置的改动 人员的增减和岗位 人员证号的登记 代理的登记 代理的结束 "
        "人员和设置改动的提出 人员和设置改动的撤销 以往培训的更正 已用凭证的更正 "
        "登记其他部门的公钥 交换来源的删除 来源更改的撤销"
    ),
    "受理员或复核人或负责人或管理员或出纳": "初始口令的设定 登录公钥和账户的登记",
    "复核人或负责人或管理员": "核验差异的提出 核验差异的确认",
    "受理员或复核人或负责人或出纳": (
        "交班 补登的日期 纸质材料位置的登记 退款到账 部分退款到账 看完整的号码 看完整的账号 文书的出具"
    ),
    "受理员": (
        "立案 案件的导入 线上预审 预审通过 提交审查 受理 初审通过 申请补贴 转线下程序 撤回 公示 "
        "更正账户 归档 花名册的录入 补贴申请的录入 学习记录的导入 收款账户的更正 线下学时的登记"
    ),
    "受理员或负责人": "申请内容的修改 作废 转办 个人信息的查询件",
    "负责人": "变更的批准 同意 不予同意 变更 退回复审 拨付批次的签发 拨付批次的第二人签发 追回的批准",
    "受理员或复核人或负责人": (
        "变更的提出 变更的撤销 已批案件的更正 更正的提出 更正的撤销 补登日期的确认 退回复核 "
        "退回补正 受理异议 异议不成立 异议成立 撤销追回 扣减的登记 扣减的撤销 撤销追回的提出 "
        "追回的撤销 线下结果的确认 疑点的处理 抽查名单的抽取 抽查结果的登记 抽查结果的确认 名单命中的认定"
    ),
    "受理员或复核人或管理员": "外部名单的导入 外部名单的撤回",
    "复核人": "复核通过",
    "受理员或复核人": "公示期满 责令退回 二次录入 一号两名的认定 公示期满的登记 追回的提出 线下结果的登记",
    "出纳": "列入拨付 拨付成功 退票 拨付批次的编制 拨付批次交银行 银行结果的登记",
    "负责人或出纳": "撤出拨付 资金来源的登记",
    "复核人或负责人或出纳": "认定已拨付 认定退票 退票的确认 银行结果的认定",
    "受理员或管理员": "以往培训的导入 以往培训导入的撤回 部门交换文件的出具 部门交换文件的读入 补贴目录的导入",
    "受理员或复核人或出纳": "退款到账的登记",
    "复核人或负责人": "退款到账的删去 退款到账的确认",
    "受理员或复核人或负责人或出纳或审计员": "按完整号码查找 培训名单的导出",
    "负责人或审计员": "审计资料包的出具",
}
"""The office's table of duties: who does what, by the names that a refusal gives."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """An office with two people of every role, of whom one is of another office, and a case of its own."""
    counter = Counter(empty_register(Home(tmp_path_factory.mktemp("roles") / "pxtui")))
    counter.file()
    with counter.register.writing(counter.acting) as context:
        for role, name in NAMES.items():
            context.session.add(Staff(name=name, office_code="dongqu", role=role))
            context.session.add(Staff(name=name + OTHER, office_code="xiqu", role=role))
        context.session.flush()
        office_settings.change(context, duties_apart=True)
    return counter


def tried(counter: Counter, name: str, act: Act, *, on_case: bool, office: str = "dongqu") -> str:
    """What is said to somebody who does an act; empty: it is done."""
    try:
        with counter.register.writing(Acting(name, office, NOW)) as context:
            case = context.session.exec(select(Case)).first() if on_case else None
            journal.record(context, case, act, "试")
    except NotAllowed as fault:
        return fault.sentence
    return ""


def test_every_act_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Act)
    assert {act for act, permission in PERMISSIONS.items() if not permission.roles} == BY_THE_PROGRAM


def test_everything_is_done_by_whom_the_table_of_duties_says() -> None:
    """Written down a second time, so that nobody gives a role more by a slip of one letter."""
    done: dict[str, set[str]] = {}
    for permission in PERMISSIONS.values():
        done.setdefault("程序、各人自己" if permission.is_anybodys else permission.who, set()).add(permission.name)
    assert done == {who: set(names.split()) for who, names in DUTIES.items()}


def test_a_move_is_called_what_the_screens_call_it() -> None:
    assert {PERMISSIONS[Act.of_move(action)].name for action in ACTION_NAMES} == set(ACTION_NAMES.values())


@pytest.mark.parametrize("role", Role)
def test_every_act_is_allowed_or_refused_with_who_may(office: Counter, role: Role) -> None:
    for act, permission in PERMISSIONS.items():
        sentence = tried(office, NAMES[role], act, on_case=False)
        if role in permission.roles or act in BY_THE_PROGRAM:
            assert sentence == "", act
        else:
            who = "或".join(other.value for other in Role if other in permission.roles)
            assert sentence == (f"{permission.name}由{who}办理，您的岗位是{role.value}，请交{who}办理。"), act


@pytest.mark.parametrize("role", Role)
def test_a_case_is_for_the_staff_of_its_office(office: Counter, role: Role) -> None:
    for act, permission in PERMISSIONS.items():
        if role not in permission.roles or act in BY_THE_PROGRAM:
            continue
        sentence = tried(office, NAMES[role] + OTHER, act, on_case=True)
        if act in OF_ALL_OFFICES:
            # The lifting is one day for the city, and two administrators sign it.
            assert sentence == "", act
        else:
            assert sentence.startswith("2020-DQ-0001由"), act


@pytest.mark.parametrize("role", Role)
def test_a_case_is_for_the_staff_of_its_office_also_where_duties_are_not_apart(
    tmp_path_factory: pytest.TempPathFactory, role: Role
) -> None:
    counter = Counter(empty_register(Home(tmp_path_factory.mktemp("together") / "pxtui")))
    counter.file()
    with counter.register.writing(counter.acting) as context:
        context.session.add(Staff(name=NAMES[role], office_code="dongqu", role=role))
        context.session.add(Staff(name=NAMES[role] + OTHER, office_code="xiqu", role=role))
    for act in set(PERMISSIONS) - BY_THE_PROGRAM - OF_ALL_OFFICES:
        assert tried(counter, NAMES[role], act, on_case=True) == "", act
        refused = tried(counter, NAMES[role] + OTHER, act, on_case=True, office="xiqu")
        assert refused.startswith("2020-DQ-0001由"), act


def test_an_auditor_does_nothing_and_an_administrator_decides_on_no_case() -> None:
    assert {act for act, permission in PERMISSIONS.items() if Role.AUDITOR in permission.roles} == {
        Act.READ_SEARCH,
        Act.READ_REGISTER,
        Act.AUDIT_PACK,
    }
    administrators = {act for act, permission in PERMISSIONS.items() if Role.ADMINISTRATOR in permission.roles}
    assert {act for act in administrators if act.value.startswith(("case.", "roster.", "payment.", "claim."))} == {
        Act.CASE_TERMINATE,
        Act.CASE_REINSTATE,
    }, "the lifting, which two administrators sign, ends classes; it decides on none"


def test_a_refused_act_stands_in_the_journal_and_nothing_of_it_is_stored(office: Counter) -> None:
    sentence = tried(office, NAMES[Role.AUDITOR], Act.CASE_APPROVE, on_case=True)
    with office.register.reading(office.acting) as context:
        newest = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
        assert newest is not None
        assert (newest.action, newest.staff_name, newest.role) == (Act.ACT_REFUSED, "审文", Role.AUDITOR)
        assert newest.summary == f"没有办理：{sentence}"


def test_the_role_of_the_time_stays_in_the_journal(register: Register) -> None:
    counter = Counter(register)
    number = counter.file()
    with register.writing(counter.acting) as context:
        member = context.session.exec(select(Staff)).one()
        member.role = Role.HEAD
        context.session.add(member)
        context.session.flush()
        journal.record(context, find(context, number), Act.CASE_PLACE, "换了岗位以后")
    with register.reading(counter.acting) as context:
        roles = [entry.role for entry in context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id)))]
    assert set(roles[:-1]) == {Role.CLERK}
    assert roles[-1] is Role.HEAD


def test_whoever_has_left_does_nothing_more_at_a_desk_that_is_still_open(register: Register) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        member = context.session.exec(select(Staff).where(col(Staff.name) == "李四")).one()
        member.active = False
        context.session.add(member)
    assert tried(counter, "李四", Act.CASE_PLACE, on_case=False) == "李四已离岗，不能办理；请由在岗人员办理。"


def test_both_offices_are_named(office: Counter) -> None:
    with office.register.reading(office.acting) as context:
        own, other = (context.session.get_one(Office, code).name for code in ("dongqu", "xiqu"))
    sentence = tried(office, NAMES[Role.CLERK] + OTHER, Act.CASE_PLACE, on_case=True)
    assert sentence == f"2020-DQ-0001由{own}办理，您是{other}的人员，请交{own}办理。"
