"""One case through the real program: from the empty machine to the workbooks that are stamped."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pxtui.home import Home
from pxtui.papers.reading.rosters import read_roster
from tests.conftest import empty_register
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

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
    """The first page: office and name of a real register."""
    terminal.wait_for("首次使用")
    keyed(terminal, "1", "3", "张三", "<enter>")


def intake(terminal: Terminal) -> None:
    """Attachment 1 is keyed."""
    keyed(terminal, "<insert>")
    keyed(terminal, "<enter>", APPLICANT, "<enter>", "91350100M000100Y43", "1", "2", "450", "<enter>", "3000")
    keyed(terminal, "<enter>", "<enter>", "<enter>", "1", "2", "1", "机械加工", "<enter>", "<enter>", "<enter>")
    keyed(terminal, "<enter>", "<enter>", "1", "焊工技能", "<enter>", "焊工", "<enter>", "5", "1", "1", "1", "<tab>")
    keyed(terminal, PROVIDER, "<enter>", "0320", "<enter>", "0402", "<enter>", "40", "<enter>")
    terminal.wait_for("中小企业有偿线上培训")
    keyed(terminal, "<f11>", "<ctrl+n>")
    terminal.wait_for("[2花名册]")
    terminal.wait_for("线培〔2020〕DQ-0001")


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
    terminal.wait_for("培训中1")


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


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which one case has gone the whole way, its papers issued."""
    folder = tmp_path_factory.mktemp("office")
    empty_register(Home(folder / "data")).close()
    with counter(folder, warm=False) as terminal:
        terminal.wait_for("还没有案件")
        intake(terminal)
        roster(terminal)
        approval(terminal)
        keyed(terminal, "<ctrl+q>")
        assert terminal.exit_code() == 0
    with counter(folder, day="2020-04-10", warm=False) as terminal:
        terminal.wait_for("培训中1")
        claim(terminal)
        keyed(terminal, "<f9>")
        terminal.wait_for("附件4")
        keyed(terminal, "    ", "<enter>")
        terminal.wait_for("已出具4份")
        keyed(terminal, "<escape>")
        terminal.wait_for("Ins新收件")
        keyed(terminal, "<ctrl+q>")
        assert terminal.exit_code() == 0
    return folder / "data" / "papers" / "2020-DQ-0001"


def cells(path: Path) -> list[str]:
    """All texts of a workbook's first sheet."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [str(value) for row in rows for value in row if value is not None]


def paper(office: Path, number: int) -> Path:
    """An issued attachment."""
    return office / f"2020-DQ-0001 附件{number} {APPLICANT}.xlsx"


def test_the_first_page_makes_a_real_register_on_the_day_of_the_clock(tmp_path: Path) -> None:
    with counter(tmp_path, warm=False) as terminal:
        first_run(terminal)
        terminal.wait_for("这是正式台账，日期只按本机时钟")
    assert not Home(tmp_path / "data").register.exists()
    with counter(tmp_path, day="", warm=False) as terminal:
        first_run(terminal)
        terminal.wait_for("Ins新收件")
        assert "演练" not in terminal.line(0)


def test_attachment_3_carries_the_figures_of_the_case(office: Path) -> None:
    text = " ".join(cells(paper(office, 3)))
    for figure in ("9583.33", "玖仟伍佰捌拾叁元叁角叁分", "10000.00", "416.66", "线培〔2020〕DQ-0001", "同意补贴"):
        assert figure in text.replace(",", "")


def test_attachment_4_carries_the_people_of_the_claim(office: Path) -> None:
    reading = read_roster(paper(office, 4))
    assert len(reading.rows) == 24
    assert [row.completed_hours for row in reading.rows] == [Decimal(38)] + [Decimal(40)] * 23
    assert all(row.passed for row in reading.rows)
    assert not reading.repairs


def test_attachment_2_comes_back_as_the_spreadsheet_that_was_sent(office: Path) -> None:
    sent, issued = read_roster(MESSY).rows, read_roster(paper(office, 2)).rows
    assert [(row.name, row.id_number, row.phone) for row in issued[:-1]] == [
        (row.name, row.id_number, row.phone) for row in sent
    ]
    assert issued[-1].name == "欧阳[/]"


def test_attachment_1_carries_the_decision(office: Path) -> None:
    text = " ".join(cells(paper(office, 1)))
    for said in (APPLICANT, "91350100M000100Y43", "☑中型", "同意开班", "2020年3月20日"):
        assert said in text


def test_the_command_shows_what_the_screens_did(office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pxtui", "case", "show", "2020-DQ-0001"],
        env={"PXTUI_HOME": str(office.parent.parent), "PXTUI_TODAY": "2020-04-10"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "待公示" in done.stdout
    assert "出具附件4" in done.stdout
