"""What was keyed wrong and noticed late is put right at the counter: a mistaken case, a field of a decided one."""

from pathlib import Path

import pytest

from pxtui.casework.decision import corrections
from pxtui.casework.decision.corrections import CorrectionPage
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.counter import Counter
from tests.support.rosters import NUMBER
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with a draft of a class of three people, and colleagues."""
    register = empty_register(Home(tmp_path / "data"))
    made = Counter(register)
    made.hire_colleagues()
    made.file()
    register.close()
    return tmp_path


def stage(office: Path) -> Stage:
    register = open_register(Home(office / "data"), NOW)
    found = Counter(register).stage(NUMBER)
    register.close()
    return found


def test_what_is_not_approved_yet_is_put_right_in_its_form(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("f10")
        terminal.wait_for("4 开班审批")
        terminal.type("4")
        terminal.wait_for("1提交审查")
        terminal.key("f2")
        terminal.wait_for("开班申请（附件1）")


def test_a_case_that_was_filed_twice_is_voided_on_the_desk(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "李四")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("delete")
        terminal.wait_for("由张三登记，只能由登记人作废")
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("delete")
        terminal.wait_for("登记错了，作废理由：")
        terminal.key("enter")
        terminal.wait_for("请写明理由，不填不能办理")
        terminal.type("重复登记")
        terminal.key("enter")
        terminal.wait_for(f"作废{NUMBER}，不能恢复：Enter确认")
        terminal.key("escape")
        terminal.wait_for("没有办理。")
        terminal.key("delete")
        terminal.wait_for("登记错了，作废理由：")
        terminal.type("重复登记")
        terminal.key("enter")
        terminal.wait_for("不能恢复")
        terminal.key("enter")
        terminal.wait_for(f"已作废：{NUMBER}。")
        terminal.wait_for(f"{NUMBER}  已作废")
        terminal.wait_until(lambda: not terminal.shows("录入1"), "the queue without the voided case")
        terminal.key("enter")
        terminal.wait_for("此案由张三于2020-03-16作废，理由：重复登记。")
    assert stage(office) is Stage.VOIDED


def hand_in(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    Counter(register).do(NUMBER, Action.SUBMIT)
    register.close()


def test_a_form_that_may_not_be_changed_says_so_takes_nothing_and_is_left_at_once(office: Path) -> None:
    hand_in(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待批1")
        terminal.key("f10")
        terminal.wait_for("1 受理（开班申请）")
        terminal.type("1")
        terminal.wait_for("此案“待开班审批”，开班申请只能查看，不能改动；要改的先按F10、4退回。")
        terminal.wait_for("*单位名称         攀枝花市恒力机械有限公司")
        before = terminal.screen_text()
        terminal.type("0301")
        terminal.wait_until(lambda: terminal.line(22).strip().startswith("此案“待开班审批”"), "the refusal below")
        terminal.key("down")
        terminal.paste("另一家公司")
        terminal.key("down", "down", "right", "backspace", "f11", "ctrl+y", "f4", "f2", "ctrl+home")
        terminal.settle()
        assert terminal.screen_text().splitlines()[4:17] == before.splitlines()[4:17]
        terminal.key("escape")
        terminal.wait_for("待批1")
    assert stage(office) is Stage.RECEIVED


def test_what_was_left_unstored_does_not_hide_what_a_colleague_handed_in(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("f10")
        terminal.wait_for("1 受理（开班申请）")
        terminal.type("1")
        terminal.wait_for("恒力机械")
        terminal.key("enter")
        terminal.type("没填完")
        terminal.key("enter")
        terminal.wait_for("没填完")
        terminal.hang_up()
    hand_in(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("上次没有存下的内容已不能存，按Esc离开后不再保留。")
        terminal.wait_until(lambda: not terminal.shows("没填完"), "the form as it was handed in")
        terminal.key("escape")
        terminal.wait_for("待批1")
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待批1")
        assert "不能存" not in terminal.screen_text()


def test_the_vouchers_of_a_claim_that_waits_take_no_pasted_text(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    Counter(register).claimed(NUMBER)
    register.close()
    with counter(office, day="2020-04-03", command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待审1")
        terminal.key("f10")
        terminal.wait_for("P 凭证")
        terminal.type("p")
        terminal.wait_for("凭证只能查看，不能改动；要改的先按F10、S退回。")
        terminal.key("up")
        terminal.wait_until(lambda: not terminal.shows("不能改动"), "the row without the message")
        terminal.paste("99999999")
        terminal.settle()
        assert terminal.shows("凭证只能查看，不能改动")
        assert "99999999" not in terminal.screen_text()
        for key in ("f7", "enter"):
            terminal.key("down")
            terminal.wait_until(lambda: not terminal.shows("不能改动"), "the empty row without the message")
            terminal.key(key)
            terminal.wait_for("凭证只能查看，不能改动")


def approved(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    Counter(register).do(NUMBER, Action.SUBMIT, Action.APPROVE)
    register.close()


def page(office: Path) -> CorrectionPage:
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        found = corrections.page(context, NUMBER)
    register.close()
    return found


def test_a_wrong_name_is_put_right_at_the_approved_case(office: Path) -> None:
    approved(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("未开班1")
        terminal.key("enter")
        terminal.wait_for("批准3人")
        terminal.key("f2")
        terminal.wait_for("批准以后只更正不影响审查结果的内容")
        terminal.wait_for("1单位名称")
        terminal.type("2")
        terminal.wait_for("91350100M000100Y43")
        terminal.type("91510402MA6CJKG50X")
        terminal.wait_for("校验码应为N，现为X")
        terminal.key("up")
        terminal.type("1")
        terminal.wait_until(lambda: "攀枝花市恒力机械有限公司" in terminal.line(15), "the name as it stands")
        terminal.type("攀枝花市恒利机械有限公司")
        terminal.key("enter", "enter")
        terminal.wait_for("请填写理由。")
        terminal.type("与营业执照核对")
        terminal.key("enter")
        terminal.wait_for("已更正，以后出具的文书用新的内容；已出具的不变。")
        terminal.wait_for("恒利机械")
        terminal.key("f2")
        terminal.wait_for("张三更正单位名称：由“攀枝花市恒力机械有限公司”改为")
        terminal.key("ctrl+n")
        terminal.wait_for("已批准3人")
        terminal.key("ctrl+n")
        terminal.wait_for("批准以后只更正")
        terminal.key("escape")
        terminal.wait_for("批准3人")
    (told,) = page(office).earlier
    assert (told.before, told.after) == ("攀枝花市恒力机械有限公司", "攀枝花市恒利机械有限公司")


def test_the_day_of_a_voucher_is_proposed_by_one_and_approved_by_another(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    made = Counter(register)
    made.claimed(NUMBER)
    made.do(NUMBER, Action.APPROVE, opinion="已核实")
    with register.writing(made.acting) as context:
        office_settings.change(context, duties_apart=True)
    register.close()

    def at_the_decision(terminal: Terminal) -> None:
        terminal.wait_for("公示1")
        terminal.key("f10")
        terminal.wait_for("S 补贴审批")
        terminal.type("s")
        terminal.wait_for("批准3人")
        terminal.key("f2")

    with counter(office, day="2020-04-03", command=(*COMMAND, "--as", "张三")) as terminal:
        at_the_decision(terminal)
        terminal.wait_for("6凭证开具日期")
        terminal.type("6")
        terminal.wait_until(lambda: "2020-04-03" in terminal.line(16), "the day as it stands")
        terminal.type("0401")
        terminal.key("enter")
        terminal.type("录成了收件日")
        terminal.key("enter")
        terminal.wait_for("已提出更正，由负责人批准后生效")
    with counter(office, day="2020-04-03", command=(*COMMAND, "--as", "王五")) as terminal:
        at_the_decision(terminal)
        terminal.wait_for("“2020-04-01”（录成了收件日）")
        terminal.type("1")
        terminal.key("enter")
        terminal.wait_for("已更正，以后出具的文书用新的内容")
    assert [field.value for field in page(office).fields][-1] == "2020-04-01"


def test_a_case_that_waits_for_its_decision_is_told_where_it_is_put_right(office: Path) -> None:
    hand_in(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待批1")
        terminal.key("f10")
        terminal.wait_for("4 开班审批")
        terminal.type("4")
        terminal.wait_for("1同意")
        terminal.key("f2")
        terminal.wait_for("此案还在审查，要改的请先退回；批准以后才用更正。")
