"""Step 9 at the real program: two officers send a batch to the bank, one payment comes back, one is ordered back."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.casework.payment import recovery
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.pay_desk import CLAIM_FEN, FUND, PAYABLE, PayDesk, bounced, paid
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter

DAY = "2020-04-09"
BATCH = "BF2020-DQ-001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office with money and two claims that wait for it."""
    register = empty_register(Home(tmp_path / "data"))
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.grant()
    for _ in range(2):
        desk.cleared()
    register.close()
    return tmp_path


def sitting(folder: Path, name: str) -> Terminal:
    """The program, with somebody at it."""
    return counter(folder, day=DAY, command=(*COMMAND, "--as", name))


def prepare_both(folder: Path) -> None:
    """Two claims are chosen, given up, chosen again and listed in a batch, which its preparer may not sign."""
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("拨付2")
        terminal.key("enter")
        terminal.wait_for("可以拨付")
        choose_both(terminal)
        terminal.key("escape")
        terminal.wait_for("已取消选定，再按Esc离开")
        choose_both(terminal)
        terminal.key("enter")
        terminal.reply(f"2件2000.00元列入一个批次，由{FUND}支付：Enter确认")
        terminal.wait_for(f"已编制{BATCH}：2件2000.00元")
        terminal.key("enter")
        terminal.wait_for("编制人张三不能签发")


def choose_both(terminal: Terminal) -> None:
    """The two claims that wait, by the blank."""
    terminal.key("home")
    terminal.type("  ")
    terminal.wait_for("*  2020-DQ-0002")


def sign(terminal: Terminal) -> None:
    """The batch is signed by somebody else."""
    terminal.wait_for("拨付2")
    terminal.key("enter")
    terminal.wait_for("待签发")
    terminal.key("home", "enter")
    terminal.wait_for("Enter确认")
    terminal.key("enter")
    terminal.wait_for("已签发。")


def hand_over(terminal: Terminal, folder: Path) -> None:
    """The bank's list is written; a folder that is not there is told, and asked for again."""
    terminal.key("enter")
    terminal.wait_for("清单放到哪个文件夹")
    terminal.type(str(folder / "nowhere"))
    terminal.key("enter")
    terminal.wait_for("清单没有出具")
    terminal.key("enter")
    terminal.wait_for("清单放到哪个文件夹")
    (folder / "bank").mkdir()
    terminal.type(str(folder / "bank"))
    terminal.key("enter")
    terminal.wait_for("待回单")
    assert [path.name.split()[:2] for path in (folder / "bank").iterdir()] == [[BATCH, "拨付清单"]]


def answer_by_hand(terminal: Terminal) -> None:
    """The first payment arrived, after a slip in its number; the second came back."""
    terminal.key("home", "down", "enter")
    terminal.reply("2020-DQ-0001（1000.00元）到账填1，退票填2", "1")
    terminal.reply("银行流水号", "账号有误")
    terminal.reply("流水号里没有数字，请照回单填写", "\x7f" * 4 + "YH1")
    terminal.reply("2020-DQ-0001到账1000.00元，流水号YH1：Enter确认")
    terminal.wait_for("2020-DQ-0001已拨付。")
    terminal.key("home", "down", "enter")
    terminal.reply("2020-DQ-0002（1000.00元）到账填1，退票填2", "2")
    terminal.reply("退票的原因", "账号有误")
    terminal.reply("2020-DQ-0002退票1000.00元，账号有误：Enter确认")
    terminal.wait_for("退票：账号有误")


def correct_the_account(terminal: Terminal) -> None:
    """Another account is keyed and read back in groups of four digits."""
    terminal.key("enter")
    terminal.wait_for("2020-DQ-0002的开户银行")
    terminal.type("中国银行")
    terminal.key("enter")
    terminal.wait_for("2020-DQ-0002的账号")
    terminal.type("6217000000000001")
    terminal.key("enter")
    terminal.wait_for("账户的户名：攀枝花市恒力机械有限公司")
    terminal.key("enter")
    terminal.wait_for("账号 6217 0000 0000 0001")
    terminal.reply("账号共16位，与证明核对无误：Enter确认")
    terminal.wait_for("已更正账户")


def confirm_own_bounce_in_vain(terminal: Terminal) -> None:
    """Who entered a bounce by hand does not confirm it."""
    terminal.wait_for("退票待核")
    terminal.key("enter")
    terminal.reply("核对了什么", "退票通知书0412")
    terminal.wait_for("由王五登记，须由另一人核对后确认")


def confirm_and_prepare_again(folder: Path) -> None:
    """A second person confirms the bounce, and the claim goes into another batch."""
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("拨付1")
        terminal.key("enter")
        terminal.wait_for("退票待核")
        terminal.key("home", "enter")
        terminal.reply("核对了什么", "退票通知书0412")
        terminal.wait_for("已确认2020-DQ-0002的退票。")
        terminal.wait_for("可以拨付")
        terminal.key("home", "enter")
        terminal.reply(f"1件1000.00元列入一个批次，由{FUND}支付：Enter确认")
        terminal.wait_for("已编制BF2020-DQ-002")


def test_a_batch_goes_to_the_bank_and_what_comes_back_is_dealt_with(folder: Path) -> None:
    prepare_both(folder)
    with sitting(folder, "王五") as terminal:
        sign(terminal)
        hand_over(terminal, folder)
        answer_by_hand(terminal)
        correct_the_account(terminal)
        confirm_own_bounce_in_vain(terminal)
    confirm_and_prepare_again(folder)
    with sitting(folder, "王五") as terminal:
        terminal.wait_for("拨付1")
        terminal.key("enter")
        terminal.wait_for("待签发")
        terminal.key("home", "enter")
        terminal.wait_for("王五把账户登记为中国银行 ************0001")
        terminal.reply("签发BF2020-DQ-002，对上面3处变化的意见：", "账户证明已核对")
        terminal.wait_for("已签发。")


def test_an_answer_that_says_otherwise_is_decided_on_the_page_by_another(folder: Path) -> None:
    register = open_register(Home(folder / "data"), NOW)
    desk = PayDesk(register, PAYABLE)
    batch = desk.at_the_bank(folder, "2020-DQ-0001")
    desk.answer_one(batch, bounced("2020-DQ-0001"))
    desk.answer(batch, paid("2020-DQ-0001"))
    register.close()
    with sitting(folder, "李四") as terminal:
        terminal.wait_for("拨付2")
        terminal.key("enter")
        terminal.wait_for("回单矛盾")
        terminal.key("home")
        terminal.wait_for("与已登记的结果不一致")
        terminal.key("enter")
        terminal.reply("经银行核实，到账填1，退票填2", "1")
        terminal.reply("认定到账的依据", "银行电话核实")
        terminal.wait_for("2020-DQ-0001已认定到账。")


def test_one_number_for_two_payments_is_asked_about_once_more(folder: Path) -> None:
    register = open_register(Home(folder / "data"), NOW)
    desk = PayDesk(register, PAYABLE)
    batch = desk.at_the_bank(folder, "2020-DQ-0001", "2020-DQ-0002")
    desk.answer_one(batch, paid("2020-DQ-0001"))
    register.close()
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("拨付1")
        terminal.key("enter")
        terminal.wait_for("待回单")
        terminal.key("home", "down", "enter")
        terminal.reply("2020-DQ-0002（1000.00元）到账填1，退票填2", "1")
        terminal.reply("银行流水号", "YH0001")
        terminal.reply("2020-DQ-0002到账1000.00元，流水号YH0001：Enter确认")
        terminal.reply("流水号YH0001已用于2020-DQ-0001")
        terminal.wait_for("2020-DQ-0002已拨付。")


def test_the_bank_s_list_is_told_before_it_is_entered(folder: Path) -> None:
    register = open_register(Home(folder / "data"), NOW)
    desk = PayDesk(register, PAYABLE)
    desk.at_the_bank(folder, "2020-DQ-0001", "2020-DQ-0002")
    register.close()
    answers = [
        "案件编号,金额,结果,流水号,退票原因",
        "2020-DQ-0001,1000,成功,YH1,",
        "2020-DQ-0002,1000,退票,,户名不符",
    ]
    (folder / "回单.csv").write_text("\n".join(answers), encoding="utf-8")
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("拨付2")
        terminal.key("enter")
        terminal.wait_for("待回单")
        terminal.key("home", "enter")
        terminal.reply("银行回单文件", str(folder / "回单.csv"))
        terminal.wait_for("退票 2020-DQ-0002 1000.00元：户名不符")
        terminal.wait_for(f"{BATCH}到账1件1000.00元，退票1件：Enter确认")
        terminal.key("escape")
        terminal.wait_for("没有办理")
        terminal.key("enter")
        terminal.reply("银行回单文件", str(folder / "回单.csv"))
        terminal.reply("Enter确认")
        terminal.wait_for(f"已登记{BATCH}的回单：到账1件1000.00元，退票1件。")


def test_a_paid_claim_is_ordered_back_from_the_desk(folder: Path) -> None:
    register = open_register(Home(folder / "data"), NOW)
    desk = PayDesk(register, PAYABLE)
    desk.answer(desk.at_the_bank(folder, "2020-DQ-0001"), paid("2020-DQ-0001"))
    register.close()
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("拨付1")
        terminal.key("end", "enter")
        terminal.wait_for("归档")
        assert not terminal.shows("责令退回")
        terminal.key("f10")
        terminal.wait_for("9 拨付")
        terminal.type("9")
        terminal.wait_for("F11责令退回")
        terminal.key("f11")
        terminal.wait_for("追回多少元：1000.00")
        terminal.key("enter")
        terminal.reply("骗取补贴（虚假培训、冒名等）填1，其他原因填2", "2")
        terminal.wait_for("理由：")
        terminal.type("抽查发现未实际培训")
        terminal.key("enter")
        terminal.wait_for("追回待批准")
        terminal.key("delete")
        terminal.wait_for("撤销追回2020-DQ-0001的理由")
        terminal.type("查无此事")
        terminal.key("enter")
        terminal.wait_for("已撤销追回。")
        terminal.wait_for("已拨付")


def test_money_that_came_back_is_entered_by_one_and_confirmed_by_another_from_the_desk(folder: Path) -> None:
    number = "2020-DQ-0001"
    register = open_register(Home(folder / "data"), NOW)
    desk = PayDesk(register, PAYABLE)
    desk.answer(desk.at_the_bank(folder, number), paid(number))
    with register.writing(desk.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "抽查发现未实际培训")
    with register.writing(replace(desk.acting, name="王五")) as context:
        recovery.approve(context, number)
    register.close()
    with sitting(folder, "张三") as terminal:
        terminal.wait_for("追回中")
        terminal.key("down", "enter")
        terminal.wait_for("追回待到账")
        enter_return(terminal, "TH1")
        terminal.key("delete")
        terminal.reply(f"删去{number}登记的退款到账，理由", "流水号写错")
        terminal.wait_for("已删去登记的退款到账。")
        enter_return(terminal, "TH2")
        terminal.key("enter")
        terminal.wait_for("由张三以外的一人核对银行的凭证后按Enter确认")
    with sitting(folder, "李四") as terminal:
        terminal.wait_for("退款待核")
        terminal.key("enter")
        terminal.wait_for("流水号TH2")
        terminal.key("enter")
        terminal.reply("核对了什么（如银行对账单、收款回单编号）", "对账单0409")
        terminal.wait_for(f"已确认{number}的退款到账。")


def enter_return(terminal: Terminal, reference: str) -> None:
    """All of it came back today, says whoever sits there."""
    terminal.key("enter")
    terminal.wait_for("到账日期")
    terminal.key("enter")
    terminal.wait_for("到账多少元")
    terminal.key("enter")
    terminal.reply("退款的流水号", reference)
    terminal.wait_for("已登记退款到账，由另一人确认后生效。")
