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
from tests.support.one_case import APPLICANT, MESSY, approval, claim, first_run, intake, keyed, roster
from tests.support.terminal_counter import counter, surroundings


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
        terminal.wait_for("待申领1")
        claim(terminal)
        keyed(terminal, "<f9>")
        terminal.wait_for("附件4")
        # Those that must be issued now stand first, the other attachments behind them.
        keyed(terminal, "      ", "<enter>")
        terminal.wait_for("份，放在")
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
        env=surroundings(office.parent.parent.parent, "2020-04-10"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "待公示" in done.stdout
    assert "出具附件4" in done.stdout
