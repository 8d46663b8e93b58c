"""The ways that a case can go, each keyed at the real program from where it leaves the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from db.models import Applicant
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Format, Size
from tests.conftest import NOW, empty_register
from tests.support.counter import Counter
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk, paid
from tests.support.rosters import CLERK, NUMBER, made_up_people, office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter


@contextmanager
def office(folder: Path, kind: type[Counter] = Counter) -> Iterator[Counter]:
    """A counter with an empty register and some colleagues; closed afterwards."""
    register = empty_register(Home(folder / "data"))
    made = kind(register)
    made.hire_colleagues()
    yield made
    register.close()


@contextmanager
def pay_desk(folder: Path) -> Iterator[PayDesk]:
    """A counter that has money; closed afterwards."""
    with office(folder, PayDesk) as made:
        assert isinstance(made, PayDesk)
        made.grant()
        yield made


def stages(folder: Path) -> list[Stage]:
    """Where the journal says that the case stood, one after the other."""
    register = open_register(Home(folder / "data"), NOW)
    found = Counter(register).stages_in_journal(NUMBER)
    register.close()
    return found


def sitting(folder: Path, day: str = "2020-03-16", name: str = CLERK) -> Terminal:
    """The program, somebody at it."""
    return counter(folder, day=day, command=(*COMMAND, "--as", name))


def say(folder: Path, *words: str, day: str = "2020-03-16") -> str:
    """Give a command in the terminal; what it answers."""
    with counter(folder, day=day, columns=120, command=(*COMMAND, *words)) as terminal:
        terminal.exit_code()
        return terminal.raw.decode()


def open_case(terminal: Terminal, queue: str) -> None:
    """Enter on the only case, once it stands in a queue; from the check on to the decision."""
    terminal.wait_for(queue)
    terminal.key("enter")
    if queue[:2] in ("待批", "待审"):
        terminal.wait_for("没有发现问题")
        terminal.key("ctrl+n")


def decide(terminal: Terminal, told: str, choice: str, opinion: str = "") -> None:
    """Choose by the number under which something is offered."""
    terminal.wait_for(f"{choice}{told}")
    terminal.type(choice + opinion)
    terminal.key("enter")


def test_refused(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        made.do(made.file(), Action.SUBMIT)
    with sitting(tmp_path) as terminal:
        open_case(terminal, "待批1")
        decide(terminal, "不予同意", "3")
        terminal.wait_for("不予同意须写明理由")
        terminal.type("培训内容与主营业务无关")
        terminal.key("enter")
        terminal.reply("不予同意后此案“不予开班”，不能收回")
        terminal.wait_for("已办理：2020-DQ-0001 不予开班")
    assert stages(tmp_path) == [Stage.RECEIVED, Stage.REFUSED]


def test_returned_twice_and_then_approved(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        made.do(made.file(), Action.SUBMIT)
    with sitting(tmp_path) as terminal:
        for reason in ("劳动合同缺2份", "花名册未盖章"):
            open_case(terminal, "待批1")
            decide(terminal, "退回补正", "2", reason)
            terminal.wait_for("退回1")
            terminal.key("f10")
            terminal.wait_for("4 开班审批")
            terminal.type("4")
            decide(terminal, "提交审查", "1")
            terminal.wait_for("1同意")
            terminal.key("escape")
        open_case(terminal, "待批1")
        terminal.wait_for("同意须在意见里书面答复以下2项")
        decide(terminal, "同意", "1", "合同和盖章已当面核对")
        terminal.wait_for("未开班1")
    assert stages(tmp_path) == [Stage.RECEIVED, *[Stage.RETURNED, Stage.RECEIVED] * 2, Stage.OPENED]


def test_transferred_to_the_offline_procedure(tmp_path: Path) -> None:
    people = made_up_people(2)
    filing = a_filing()
    applicant = replace(filing.applicant, size=Size.LARGE)
    with office(tmp_path) as made:
        filing = replace(filing, applicant=applicant, training=replace(filing.training, format=Format.OWN_TEACHERS))
        with made.register.writing(made.acting) as context:
            number = opening_filing.file(context, filing)
            roster_edits.replace_all(context, number, people)
        made.do(number, Action.SUBMIT, Action.APPROVE)
    lines = ["序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格"]
    lines += [
        f"{seq},{person.name},{person.id_number},{person.phone},40,40,是" for seq, person in enumerate(people, start=1)
    ]
    (tmp_path / "附件4.csv").write_text("\n".join(lines), encoding="utf-8")
    lines = ["身份证号,姓名,线下学时,是否合格,补贴金额,拨付日期"]
    lines += [f"{person.id_number},{person.name},40,是,1500,2020-04-03" for person in people]
    (tmp_path / "结果.csv").write_text("\n".join(lines), encoding="utf-8")
    with sitting(tmp_path, "2020-04-03") as terminal:
        open_case(terminal, "待申领1")
        decide(terminal, "转线下程序", "5")
        terminal.reply("Enter确认")
        terminal.wait_for("还有2人没有线上学时")
        terminal.key("f6")
        terminal.reply("线上学时（平台记录或附件4）的文件", str(tmp_path / "附件4.csv"))
        terminal.wait_for("2人有线上学时")
        terminal.key("enter")
        terminal.reply("Enter确认")
        terminal.wait_for("已办理：2020-DQ-0001 转线下程序")
        terminal.key("enter", "f6")
        terminal.reply("线下结果的文件", str(tmp_path / "结果.csv"))
        terminal.wait_for("2人有线下结果")
        terminal.key("f11")
        terminal.reply("没有拨付的线下结果，核对了什么", "5")
        terminal.wait_for("没有等待确认的线下结果")
    assert stages(tmp_path) == [Stage.RECEIVED, Stage.OPENED, Stage.TRANSFERRED]
    assert "1500.00" in say(tmp_path, "offline", "show", NUMBER)


def test_terminated_by_the_lifting(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        made.do(made.file(starts_on=date(2020, 3, 30)), Action.SUBMIT, Action.APPROVE)
    told = say(tmp_path, "lifting", "announce", "2020-03-25", "--document", "川疫指〔2020〕1号", "--as", CLERK)
    assert "终止" in told
    assert "签署生效" in say(tmp_path, "lifting", "sign", "--as", "李四", day="2020-03-25")
    with sitting(tmp_path) as terminal:
        terminal.wait_for("解除后终止")
        terminal.key("enter")
        terminal.wait_for("档案袋封面")
        terminal.key("f10")
        terminal.wait_for("3 审查")
        terminal.type("3")
        terminal.wait_for("开班日2020-03-30在疫情解除日2020-03-25之后")
    assert stages(tmp_path) == [Stage.RECEIVED, Stage.OPENED, Stage.TERMINATED]


def granted(folder: Path) -> None:
    """A claim that waits for its publication, on 3 April 2020."""
    with pay_desk(folder) as made:
        number = made.file(made_up_people(2))
        made.granted(number)
        with made.register.writing(made.acting) as context:
            applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
            applicant.bank_name = "攀枝花市商业银行东区支行"
            applicant.seal(context.vault, bank_account="5104020000000001")
            context.session.add(applicant)


def published(folder: Path) -> None:
    """The claim is published on 24 April 2020, a Friday before a working Sunday."""
    with sitting(folder, "2020-04-24") as terminal:
        open_case(terminal, "公示1")
        terminal.wait_for("待公示1件")
        terminal.type(" ")
        terminal.key("enter")
        terminal.wait_for("公示1件，公示日：2020-04-24")
        terminal.type("0431")
        terminal.key("enter")
        terminal.wait_for("不是日期，请写成20200316或0316")
        terminal.type("0424")
        terminal.key("enter")
        terminal.wait_for("04-26 周日 调休上班，第1个工作日")
        terminal.reply("Enter确认")
        terminal.wait_for("已列入GS2020-DQ-001：1件，公示到2020-04-27")
        terminal.key("enter")
        terminal.reply("的公示网址", "example.org/gs/1")
        terminal.wait_for("网址以 http:// 或 https:// 开头：example.org/gs/1")
        terminal.key("home")
        terminal.type("https://")
        terminal.key("enter")
        proof = folder / "gs.pdf"
        proof.write_bytes(b"%PDF")
        terminal.reply("公示页的存证文件", str(proof))
        terminal.wait_for("已登记公示网址和存证")
        terminal.key("f9")
        terminal.wait_for("已出具公示")


def cleared(folder: Path) -> None:
    """The days of the publication are over."""
    with sitting(folder, "2020-04-28") as terminal:
        open_case(terminal, "公示1")
        terminal.wait_for("期满待办")
        terminal.key("home", "enter")
        terminal.reply("办理GS2020-DQ-001公示期满")
        terminal.wait_for("已办理GS2020-DQ-001公示期满")


def paid_at_the_bank(folder: Path, choice: str, said: str, told: str) -> None:
    """The claim goes to the bank under two hands, and the bank answers."""
    with sitting(folder, "2020-04-28") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("可以拨付")
        terminal.key("enter")
        terminal.reply("1件1000.00元列入一个批次，由ZX2020支付")
        terminal.wait_for("已编制BF2020-DQ-001")
    with sitting(folder, "2020-04-28", "王五") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("待签发")
        terminal.key("home", "enter")
        terminal.reply("签发BF2020-DQ-001")
        terminal.wait_for("已签发")
        terminal.key("enter")
        (folder / "bank").mkdir()
        terminal.reply("清单放到哪个文件夹", str(folder / "bank"))
        terminal.wait_for("已出具清单")
        terminal.key("home", "down", "enter")
        terminal.reply("到账填1，退票填2", choice)
        terminal.reply("银行流水号" if choice == "1" else "退票的原因", said)
        terminal.reply("Enter确认")
        terminal.wait_for(told)


def test_published_and_paid(tmp_path: Path) -> None:
    granted(tmp_path)
    published(tmp_path)
    cleared(tmp_path)
    paid_at_the_bank(tmp_path, "1", "YH20200428001", "2020-DQ-0001已拨付")
    assert stages(tmp_path)[-5:] == [
        Stage.CLAIM_APPROVED,
        Stage.PUBLISHED,
        Stage.CLEARED,
        Stage.TO_PAY,
        Stage.PAID,
    ]


def test_an_objection_that_is_upheld_sends_the_claim_back_to_its_review(tmp_path: Path) -> None:
    granted(tmp_path)
    published(tmp_path)
    with sitting(tmp_path, "2020-04-26") as terminal:
        open_case(terminal, "公示1")
        terminal.wait_for("公示中1件")
        terminal.key("home", "down", "enter")
        terminal.reply("的异议内容", "名单中有人没有参加培训")
        terminal.reply("异议人", "孙先生")
        terminal.reply("联系方式", "0812-3330001")
        terminal.wait_for("收到异议（孙先生，0812-3330001）")
        terminal.key("enter")
        terminal.reply("异议成立填1，不成立填2", "1")
        terminal.reply("核查结论", "平台没有其学习记录")
        terminal.wait_for("已撤出批次，重新审核")
        terminal.key("escape")
        open_case(terminal, "待审1")
        decide(terminal, "退回补正", "2", "请更正名单")
        terminal.wait_for("补贴退回补正")
    assert stages(tmp_path)[-4:] == [
        Stage.PUBLISHED,
        Stage.OBJECTED,
        Stage.CLAIM_RECEIVED,
        Stage.CLAIM_RETURNED,
    ]


def test_a_bounced_payment_is_corrected_and_paid_again(tmp_path: Path) -> None:
    granted(tmp_path)
    published(tmp_path)
    cleared(tmp_path)
    paid_at_the_bank(tmp_path, "2", "账号有误", "退票：账号有误")
    with sitting(tmp_path, "2020-04-29") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("Enter更正账户")
        terminal.key("enter")
        terminal.reply("的开户银行", "中国银行")
        terminal.reply("的账号", "6217000000000001")
        terminal.reply("账户的户名")
        terminal.reply("账号共16位，与证明核对无误")
        terminal.wait_for("已更正账户")
        terminal.wait_for("退票待核")
    with sitting(tmp_path, "2020-04-29", "李四") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("人按Enter确认")
        terminal.key("enter")
        terminal.reply("核对了什么", "退票通知书0412")
        terminal.wait_for("可以拨付")
        terminal.key("enter")
        terminal.reply("1件1000.00元列入一个批次，由ZX2020支付")
        terminal.wait_for("已编制BF2020-DQ-002")
    assert stages(tmp_path)[-4:] == [Stage.TO_PAY, Stage.BOUNCED, Stage.CLEARED, Stage.TO_PAY]


def test_a_paid_case_is_archived_only_when_its_missing_papers_were_named(tmp_path: Path) -> None:
    with pay_desk(tmp_path) as made:
        number = made.cleared()
        made.answer(made.at_the_bank(tmp_path, number), paid(number))
    with sitting(tmp_path, "2020-05-08") as terminal:
        terminal.wait_for("已拨付")
        terminal.key("enter")
        terminal.wait_for("1归档")
        # At once, as a clerk types it: the choice moves on by itself.
        terminal.type("1")
        terminal.key("enter")
        terminal.wait_for("份文书须出（见上，F9出具），仍要归档：Enter确认")
        assert terminal.shows("附件3 补贴申请表")
        terminal.key("escape")
        terminal.wait_for("没有办理")
    assert stages(tmp_path)[-1] is Stage.PAID
    with sitting(tmp_path, "2020-05-08") as terminal:
        terminal.wait_for("已拨付")
        terminal.key("enter")
        decide(terminal, "归档", "1")
        terminal.reply("仍要归档")
        terminal.wait_for("已归档")
    assert stages(tmp_path)[-1] is Stage.ARCHIVED


def test_an_approval_without_a_word_is_asked_for_once_more(tmp_path: Path) -> None:
    folder = office_with_roster(tmp_path, made_up_people(3))
    with sitting(folder) as terminal:
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("3人 0项不符")
        terminal.key("f5")
        terminal.wait_for("没有发现问题")
        terminal.key("ctrl+n")
        decide(terminal, "提交审查", "1")
        terminal.wait_for("收件回执按F9出具")
        terminal.wait_for("1同意")
        terminal.type("1")
        terminal.key("enter")
        terminal.wait_for("同意后此案“培训中”，不能收回：Enter确认")


def test_what_was_paid_is_recovered(tmp_path: Path) -> None:
    with pay_desk(tmp_path) as made:
        number = made.cleared()
        made.answer(made.at_the_bank(tmp_path, number), paid(number))
    with sitting(tmp_path, "2020-05-08") as terminal:
        terminal.wait_for("已拨付")
        terminal.key("enter")
        terminal.wait_for("1归档")
        terminal.key("f10")
        terminal.wait_for("9 拨付")
        terminal.type("9")
        terminal.wait_for("F11责令退回")
        terminal.key("f11")
        terminal.reply("追回多少元")
        terminal.reply("骗取补贴（虚假培训、冒名等）填1，其他原因填2", "2")
        terminal.reply("理由", "抽查发现未实际培训")
        terminal.wait_for("追回待批准")
    with sitting(tmp_path, "2020-05-09", "王五") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("追回待批准")
        terminal.key("enter")
        terminal.reply("批准追回2020-DQ-0001")
        terminal.wait_for("已批准追回")
        terminal.key("enter")
        terminal.reply("到账日期：2020-05-09")
        terminal.reply("到账多少元（分次退的填本次）：1000.00")
        terminal.reply("退款的流水号", "TK1")
        terminal.wait_for("已登记退款到账")
    with sitting(tmp_path, "2020-05-09") as terminal:
        open_case(terminal, "拨付1")
        terminal.wait_for("退款待核")
        terminal.key("enter")
        terminal.reply("核对了什么", "对账单0509")
        terminal.wait_for("已确认2020-DQ-0001的退款到账")
    assert stages(tmp_path)[-2:] == [Stage.RECOVERING, Stage.RECOVERED]
