"""One case keyed through all its screens, step by step: from the empty desk to the archive."""

from pathlib import Path

from tests.support.terminal import Terminal

MESSY = Path(__file__).parent.parent / "data" / "rosters" / "a2-messy-23.xlsx"
APPLICANT = "攀枝花市恒力机械有限公司"
PROVIDER = "成都职业培训网络学院"


def keyed(terminal: Terminal, *keys: str) -> None:
    """Type texts and press keys written as <enter>."""
    for key in keys:
        if key.startswith("<"):
            terminal.key(key.strip("<>"))
        else:
            terminal.type(key)


def first_run(terminal: Terminal) -> None:
    """The first page: office and name of a real register, of somebody who works alone without a password."""
    terminal.wait_for("首次使用")
    keyed(terminal, "1", "3", "张三", "<enter>", "2", "<enter>")


def intake(terminal: Terminal) -> None:
    """Attachment 1 is keyed."""
    keyed(terminal, "<insert>")
    attachment_1(terminal)
    terminal.wait_for("中小企业有偿线上培训")
    keyed(terminal, "<f11>", "<ctrl+n>")
    terminal.wait_for("[2花名册]")
    terminal.wait_for("2020-DQ-0001")


def attachment_1(terminal: Terminal) -> None:
    """The fields of an empty form, from the first on."""
    keyed(terminal, "<enter>", APPLICANT, "<enter>", "91350100M000100Y43", "1", "2", "450", "<enter>", "3000")
    keyed(terminal, "<enter>", "<enter>", "2019", "<tab>", "1", "2", "1", "机械加工", "<enter>", "<enter>", "<enter>")
    keyed(terminal, "<enter>", "<enter>", "<enter>", "1", "焊工技能", "<enter>", "焊工", "<enter>", "5", "1")
    keyed(terminal, "1", "3", "<enter>", "1", "1", "<tab>", PROVIDER, "<enter>", "<enter>")
    keyed(terminal, "0320", "<enter>", "0402", "<enter>", "40", "<enter>", "<enter>", "1")


def roster(terminal: Terminal) -> None:
    """The enterprise's spreadsheet is imported through the preview, one more person is keyed."""
    keyed(terminal, "<f6>", str(MESSY), "<enter>")
    terminal.wait_for("修正43处")
    keyed(terminal, "<enter>")
    terminal.wait_for("23人")
    keyed(terminal, "<pagedown>", "<pagedown>", "<down>", "<down>", "<down>", "<down>", "<down>", "<down>", "<home>")
    keyed(terminal, "欧阳[/]", "<enter>", "510402198001010018", "13800000001")
    terminal.wait_for("24人")


def approval(terminal: Terminal) -> None:
    """The check passes; the opening is submitted and approved."""
    keyed(terminal, "<f5>")
    terminal.wait_for("符合24人 核减0人 通过")
    keyed(terminal, "<ctrl+n>")
    terminal.wait_for("1提交审查")
    keyed(terminal, "1", "<enter>")
    terminal.wait_for("1同意")
    keyed(terminal, "1", "同意开班", "<enter>")
    terminal.wait_for("未开班1")


def claim(terminal: Terminal) -> None:
    """The claim is keyed: everybody completed but one, one invoice."""
    keyed(terminal, "<enter>")
    terminal.wait_for("1申请补贴")
    keyed(terminal, "1", "<enter>")
    terminal.wait_for("[5学习记录]")
    keyed(terminal, "<ctrl+a>")
    terminal.wait_for("24人 0项不符")
    keyed(terminal, "38", "<enter>", "<down>")
    terminal.wait_for("差2学时")
    keyed(terminal, "<ctrl+n>")
    terminal.wait_for("购买覆盖人数")
    keyed(terminal, "<f11>", "<ctrl+end>", "<up>", "<up>", "<up>", "24", "<ctrl+n>")
    terminal.wait_for("凭证号码")
    keyed(
        terminal,
        "04412000",
        "<enter>",
        "0403",
        "<enter>",
        "10000",
        "<enter>",
        PROVIDER,
        "<enter>",
        APPLICANT,
        "<enter>",
    )
    terminal.wait_for("补贴合计 9583.33元")
    keyed(terminal, "<f5>")
    terminal.wait_for("符合23人 核减1人 通过")
    keyed(terminal, "<ctrl+n>")
    terminal.wait_for("1提交审查")
    keyed(terminal, "1", "<enter>")
    terminal.wait_for("1同意")
    keyed(terminal, "1", "同意补贴", "<enter>")
    terminal.wait_for("待公示")


def public_notice(terminal: Terminal, proof: Path) -> None:
    """From the desk: the claim is put on public notice, with the address of the page and its proof."""
    keyed(terminal, "<enter>")
    terminal.wait_for("核定23人")
    keyed(terminal, "<enter>")
    terminal.wait_for("公示1件，公示日：")
    keyed(terminal, "<enter>")
    terminal.wait_for("日期见上：Enter确认")
    keyed(terminal, "<enter>")
    terminal.wait_for("已列入GS2020-DQ-001")
    keyed(terminal, "<enter>", "https://gs.example/1.html", "<enter>")
    terminal.wait_for("公示页的存证文件")
    keyed(terminal, str(proof), "<enter>")
    terminal.wait_for("已登记公示网址和存证。")


def second_officer(terminal: Terminal, name: str) -> None:
    """From any screen of a case and back: somebody who signs is entered on the page of the staff."""
    keyed(terminal, "<f10>", "0")
    terminal.wait_for("1 人员")
    keyed(terminal, "1")
    terminal.wait_for("岗位分设时办什么")
    keyed(terminal, "<insert>", name, "<enter>", "3", "<enter>")
    terminal.wait_for(f"已增加{name}")
    keyed(terminal, "<escape>")
    terminal.wait_for("1 人员")
    keyed(terminal, "<escape>")


def order(terminal: Terminal) -> None:
    """From the desk, once the notice has run out: account and source of money are keyed, and the claim is ordered."""
    keyed(terminal, "<enter>")
    terminal.wait_for("Enter办理公示期满")
    keyed(terminal, "<enter>")
    terminal.wait_for("公示期满：Enter确认")
    keyed(terminal, "<enter>")
    terminal.wait_for("可以拨付。")
    keyed(terminal, "<escape>", "<enter>")
    terminal.wait_for("没有资金来源，请先按F2登记")
    keyed(terminal, "<enter>", "攀枝花市商业银行“东区”支行", "<enter>", "5104020000000001", "<enter>", "<enter>")
    terminal.wait_for("账号共16位")
    keyed(terminal, "<enter>")
    terminal.wait_for("已更正账户")
    keyed(terminal, "<f2>", "ZX2020", "<enter>", "提升行动专账", "<enter>", "500000", "<enter>")
    terminal.wait_for("余额500000.00元")
    keyed(terminal, "<enter>")
    terminal.wait_for("由ZX2020支付：Enter确认")
    keyed(terminal, "<enter>")
    terminal.wait_for("由另一人签发。")


def pay_and_archive(terminal: Terminal) -> None:
    """From the desk, as somebody else: the batch is signed and paid, the case goes to the archive."""
    keyed(terminal, "<enter>", "<enter>")
    terminal.wait_for("对上面1处变化的意见：")
    keyed(terminal, "账户证明已核对", "<enter>")
    terminal.wait_for("已签发。")
    keyed(terminal, "<enter>", "<enter>")
    terminal.wait_for("已出具清单")
    keyed(terminal, "<down>", "<enter>", "1", "<enter>", "20200415001", "<enter>")
    terminal.wait_for("流水号20200415001：Enter确认")
    keyed(terminal, "<enter>")
    terminal.wait_for("2020-DQ-0001已拨付。")
    keyed(terminal, "<enter>")
    terminal.wait_for("1归档")
    keyed(terminal, "1", "<enter>")
    terminal.wait_for("仍要归档：Enter确认")
    keyed(terminal, "<enter>")
    terminal.wait_for("已归档")
