"""Another clerk keys a roster again at the real program, and the totals of the cover are asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.conftest import ACTING, empty_register
from tests.support.filings import a_filing
from tests.support.rosters import NUMBER, made_up_people, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

FIRST_CLERK = replace(ACTING, name="李四")
ONE, TWO, THREE = made_up_people(3)
SLIP = replace(TWO, id_number=made_up_people(1, first=700)[0].id_number)
PAPER = [ONE, TWO, THREE]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office that wants everything keyed twice; the first clerk keyed one number wrongly."""
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(FIRST_CLERK) as context:
        office_settings.change(context, tail_sum_wanted=True, second_keying_share=100)
        opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, NUMBER, [ONE, SLIP, THREE])
    register.close()
    return tmp_path


def at_the_second_keying(terminal: Terminal) -> None:
    """From the desk through the menu."""
    terminal.wait_for("2020-DQ-0001")
    terminal.key("enter")
    terminal.wait_for("3人")
    terminal.key("f10")
    terminal.wait_for("E 二次录入")
    terminal.type("e")
    terminal.wait_for("3人全部录入")


def test_a_slip_is_found_and_the_roster_put_right(office: Path) -> None:
    with counter(office) as terminal:
        at_the_second_keying(terminal)
        assert ONE.name not in terminal.screen_text()
        for person in PAPER:
            terminal.type(person.name)
            terminal.key("enter")
            terminal.type(person.id_number)
        terminal.wait_for("已全部录完，1处不一致，请按F5逐一核对。")
        terminal.key("f5")
        terminal.wait_for(f"2 身份证号 {SLIP.id_number} {TWO.id_number}")
        terminal.wait_for("^")
        terminal.type("2")
        terminal.wait_for("不一致的都已核对。")
        terminal.key("f10")
        terminal.wait_for("核对二次录入第2号身份证号：以复录为准")
    assert [number for _, number, _ in stored_people(office)] == [person.id_number for person in PAPER]


def test_a_row_in_hand_and_the_rows_before_it_are_there_after_a_cut_line(office: Path) -> None:
    with counter(office, warm=False) as terminal:
        at_the_second_keying(terminal)
        terminal.type(ONE.name)
        terminal.key("enter")
        terminal.type(ONE.id_number)
        terminal.wait_for("还有2行")
        terminal.type(TWO.name)
        terminal.key("enter")
        terminal.type(TWO.id_number[:14])
        terminal.wait_for(TWO.id_number[:14])
        terminal.hang_up()
        terminal.exit_code()
    with counter(office) as terminal:
        terminal.wait_for(f"1 {ONE.name} {ONE.id_number}")
        terminal.wait_for(f"2 {TWO.name} {TWO.id_number[:14]}")
        terminal.type(TWO.id_number[14:])
        terminal.wait_for("还有1行 不一致1处")


def test_nothing_is_copied_and_who_keyed_the_roster_is_told_to_leave_it(office: Path) -> None:
    with counter(office) as terminal:
        at_the_second_keying(terminal)
        terminal.key("down", "f4")
        terminal.wait_for("请照原件逐行录入，不能照抄。")
        terminal.key("f10")
        terminal.wait_for("2 花名册")
        terminal.type("2")
        terminal.wait_for(THREE.name)
        terminal.key("up", "f7")
        terminal.wait_for("2人")
        terminal.key("f10")
        terminal.wait_for("E 二次录入")
        terminal.type("E")
        terminal.wait_for("张三录过这份花名册，请换另一名受理员二次录入。")
        terminal.type("王")
        terminal.wait_for("张三录过这份花名册")
        assert "王" not in terminal.screen_text()


def test_the_sum_is_asked_for_at_intake_and_the_check_tells_what_is_missing(office: Path) -> None:
    with counter(office) as terminal:
        terminal.wait_for("2020-DQ-0001")
        terminal.key("enter")
        terminal.wait_for("3人")
        terminal.key("f5")
        terminal.wait_for("还没有录申请表上的证号末四位合计")
        terminal.key("f10")
        terminal.wait_for("1 受理（开班申请）")
        terminal.type("1")
        terminal.wait_for("收件日期")
        terminal.key("ctrl+end", "up", "up", "up", "up", "up")
        terminal.wait_for("末位X按0计；须与花名册一致。")
        terminal.type("1")
        terminal.key("f5")
        terminal.wait_for("末四位合计：申请表1，花名册")
