"""The commands of the money as two officers type them, from the source to the account and back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.office import Office
from tests.support.pay_desk import PayDesk


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with two colleagues and a claim that waits for its payment."""
    made = Office(tmp_path, day="2020-04-09")
    made.begin()
    register = open_register(Home(tmp_path / "data"), NOW)
    counter = PayDesk(register)
    counter.hire_colleagues()
    counter.cleared()
    register.close()
    return made


def test_the_money_goes_out_and_comes_back(office: Office) -> None:
    clerk, head = ("--as", "张三"), ("--as", "王五")
    office.say("fund", "put", "ZX2020", "职业技能提升行动专项资金", "5,000.00", *clerk)
    assert "2020-DQ-0001  攀枝花市恒力机械有限公司  1000.00  可以拨付" in office.say("payment", "list")
    assert "BF2020-DQ-001  待签发" in office.say("payment", "prepare", *clerk)
    assert "2020-04-09 王五签发" in office.say("payment", "sign", "bf2020-dq-001", *head)
    (office.folder / "bank").mkdir()
    told = office.say("payment", "handover", "BF2020-DQ-001", "--out", "bank", *clerk)
    assert [path.name for path in (office.folder / "bank").iterdir()] == [Path(told.splitlines()[0]).name]
    payment = ("--case", "2020-DQ-0001", "--amount", "1000", "--reference", "YH1")
    assert "已办结" in office.say("payment", "answer", "BF2020-DQ-001", *payment, *clerk)
    papers = office.say("payment", "print", "BF2020-DQ-001", "--slips", "--out", "out", *head)
    assert [Path(line).name.split()[1] for line in papers.splitlines()] == [
        "资金拨付汇总表0001",
        "资金审批表0001",
        "拨付告知单0001",
    ]
    table = load_workbook(office.folder / papers.splitlines()[0])["资金拨付汇总表"]
    said = {row[0].value for row in table.rows}
    assert "拨付批次：BF2020-DQ-001" in said
    assert not any(str(text).startswith("制表人") for text in said)
    office.say("recovery", "order", "2020-DQ-0001", "500", "--reason", "一人未参训", *clerk)
    office.say("recovery", "approve", "2020-DQ-0001", *head)
    settled = ("2020-DQ-0001", "2020-04-09", "--reference", "TH1")
    stated = office.say("recovery", "settle", *settled, *clerk)
    assert "退款待核" in stated
    assert "由另一人确认（pxtui recovery confirm-return）后生效" in stated
    office.say("recovery", "strike-return", "2020-DQ-0001", "--reason", "流水号写错", *clerk)
    office.say("recovery", "settle", "2020-DQ-0001", "2020-04-09", "--reference", "TH2", "--amount", "400", *clerk)
    assert "2020-04-09 TH2 400.00元 张三登记" in office.say("recovery", "list")
    assert office.say("fund", "list").splitlines()[1].split()[5] == "0.00"
    office.say("recovery", "confirm-return", "2020-DQ-0001", "--evidence", "对账单0409", *head)
    office.say("recovery", "settle", "2020-DQ-0001", "2020-04-09", "--reference", "TH1", *clerk)
    confirm = ("recovery", "confirm-return", "2020-DQ-0001", "--evidence", "对账单0409")
    alone = office.run(*confirm, *clerk)
    assert (alone.returncode, alone.stdout) == (2, "")
    assert "退款到账由张三登记，须由另一人核对后确认" in alone.stderr
    assert "已到账" in office.say(*confirm, *head)
    assert office.say("fund", "list").splitlines()[1].split()[2:] == ["5000.00", "0.00", "1000.00", "500.00", "4500.00"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("payment", "prepare", "--as", "张三"), "还没有登记，请先用 pxtui fund put 登记"),
        (("payment", "show", "BF2020-DQ-009"), "没有编号为“BF2020-DQ-009”的拨付批次"),
        (("payment", "answer", "BF2020-DQ-001"), "请写明回单文件"),
        (("fund", "put", "ZX2020", "专账资金", "一万", "--as", "张三"), "“一万”不是金额"),
        (("recovery", "order", "2020-DQ-0001", "1", "--reason", "核查", "--as", "张三"), "不能责令退回"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(office: Office, words: tuple[str, ...], sentence: str) -> None:
    done = office.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_a_grant_is_increased(office: Office) -> None:
    clerk = ("--as", "张三")
    office.say("fund", "put", "ZX2020", "专账资金", "600", *clerk)
    assert office.say("fund", "increase", "zx2020", "400.50", *clerk) == "ZX2020 专账资金：额度1000.50元，余额1000.50元"
    assert "增加的额度应大于0" in office.run("fund", "increase", "ZX2020", "0", *clerk).stderr


def test_a_notice_that_is_printed_later_bears_the_day_on_which_it_was_published(office: Office) -> None:
    (path,) = office.say("publicity", "print", "GS2020-DQ-001", "--out", "out", "--as", "张三").splitlines()
    notice = load_workbook(office.folder / path).worksheets[0]
    days = [str(row[0].value).strip("　") for row in notice.rows if str(row[0].value).startswith("2020年")]
    assert days == ["2020年4月3日"]


def test_the_commands_of_doubts_and_fraud(office: Office) -> None:
    clerk, head, reviewer = ("--as", "张三"), ("--as", "王五"), ("--as", "李四")
    office.say("fund", "put", "ZX2020", "职业技能提升行动专项资金", "5,000.00", *clerk)
    account = ("--bank", "中国银行", "--name", "攀枝花市恒力机械有限公司")
    office.say("payment", "correct", "2020-DQ-0001", *account, *clerk, typed="6217000000000001\n")
    office.say("payment", "prepare", *clerk)
    assert "今天" in office.say("payment", "show", "BF2020-DQ-001").splitlines()[-1]
    unseen = office.run("payment", "sign", "BF2020-DQ-001", *head)
    assert unseen.returncode == 2
    assert "没有签发：2020-DQ-0001 2020-04-" in unseen.stderr
    assert "张三把账户登记为中国银行 ************0001" in unseen.stderr
    office.say("payment", "sign", "BF2020-DQ-001", "--opinion", "经核对", *head)
    office.say("payment", "handover", "BF2020-DQ-001", *clerk)
    payment = ("--case", "2020-DQ-0001", "--amount", "1000")
    office.say("payment", "answer", "BF2020-DQ-001", *payment, "--bounced", "账号有误", *clerk)
    confirm = ("payment", "confirm-bounce", "2020-DQ-0001", "--evidence", "退票通知书0412")
    assert "须由另一人核对后确认" in office.run(*confirm, *clerk).stderr
    assert "已确认2020-DQ-0001的退票" in office.say(*confirm, *reviewer)
    office.say("payment", "answer", "BF2020-DQ-001", *payment, "--reference", "YH1", *reviewer)
    assert "银行回单与已登记的结果不一致" in office.say("payment", "list").splitlines()[0]
    resolve = ("payment", "resolve", "2020-DQ-0001", "--reason", "银行电话核实")
    assert "只写一个" in office.run(*resolve, *head).stderr
    assert "2020-DQ-0001已拨付" in office.say(*resolve, "--paid", *head)
    office.say("recovery", "order", "2020-DQ-0001", "1000", "--reason", "冒名", "--fraud", *clerk)
    office.say("recovery", "approve", "2020-DQ-0001", *head)
    assert "曾骗取补贴" in office.say("case", "show", "2020-DQ-0001")
    assert "由另一人同意" in office.say("recovery", "drop", "2020-DQ-0001", "--reason", "查无此事", *clerk)
    assert "已撤销" in office.say("recovery", "drop", "2020-DQ-0001", "--reason", "查无此事", *head)
    assert "标注5年" in office.say("office", "set", "--fraud-years", "5", *clerk)
    assert "没有未写成的" in office.say("unwritten")


def test_a_batch_from_which_all_was_taken_out_is_revoked_and_counts_nothing(office: Office) -> None:
    office.say("fund", "put", "ZX2020", "职业技能提升行动专项资金", "5000", "--as", "张三")
    office.say("payment", "prepare", "--as", "张三")
    told = office.say("payment", "stop", "2020-DQ-0001", "--reason", "误列", "--as", "张三")
    assert told.endswith("已撤出2020-DQ-0001；批次没有案件了，已撤销。")
    *_, batch = office.say("payment", "list").splitlines()
    assert batch.split()[:4] == ["BF2020-DQ-001", "已撤销", "0", "0.00"]
