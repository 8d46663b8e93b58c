"""A returning trainee costs a few keys, and two names under one number are told apart."""

from pathlib import Path

import pytest

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW, empty_register
from tests.support.endurance import SLOW_COMMAND
from tests.support.filings import a_filing
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter
from tests.support.timed_terminal import TimedTerminal

ZHANG, FENG = "510402198001010018", "11010519491231002X"
NEW = "510402198601120018"
KNOWN = (
    Trainee(1, "张三", None, None, ZHANG, "13800000001", ""),
    Trainee(2, "张三丰", None, None, FENG, "13800000002", ""),
    Trainee(3, "李静", None, None, "510402199003070027", "13800000003", ""),
    Trainee(4, "李静", None, None, "510402199105120048", "", ""),
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register that has seen some people in one case and has another case with an empty roster."""
    acting = Acting("张三", "dongqu", NOW)
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(acting) as context:
        roster_edits.replace_all(context, opening_filing.file(context, a_filing()), KNOWN)
        opening_filing.file(context, a_filing())
    register.close()
    return tmp_path


def stored(office: Path, number: str = "2020-DQ-0002") -> list[tuple[str, str, str]]:
    """Name, ID number and phone of a roster's rows."""
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        rows = [(row.name, row.id_number, row.phone) for row in roster_edits.rows(context, number)]
    register.close()
    return rows


def at_the_empty_roster(terminal: Terminal) -> None:
    """The newest case stands first."""
    terminal.wait_for("录入2")
    terminal.key("enter")
    terminal.wait_for("0人")


def keyed(terminal: Terminal, name: str, *more: str) -> None:
    """Key a name, then what follows it."""
    terminal.type(name)
    terminal.key("enter")
    for text in more:
        terminal.type(text)


def leave(terminal: Terminal) -> None:
    """From the roster out of the program, which waits for what it still writes."""
    terminal.key("ctrl+b", "ctrl+q")
    assert terminal.exit_code() == 0


def at_the_two_names(terminal: Terminal, phone: str = "") -> None:
    """Key somebody under a number that is on file under another name, and open the page."""
    at_the_empty_roster(terminal)
    keyed(terminal, "张丰", FENG)
    terminal.wait_for("此证号在台账里是“张三丰”，现填“张丰”，请看身份证，按F3核对。")
    if phone:
        terminal.type(phone)
        terminal.wait_for("1处两名按F3 已存")
    terminal.key("f3")
    terminal.wait_for("1以台账为准 2以现填为准 3证号有误")


@pytest.mark.parametrize(
    ("keys", "name"), [(("zs", "2"), "张三丰"), (("zsf", "enter"), "张三丰"), (("0018", "enter"), "张三")]
)
def test_a_returning_trainee_costs_at_most_six_keys(keys: tuple[str, str], name: str, office: Path) -> None:
    typed, last = keys
    assert len(typed) + 1 <= 6
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type(typed)
        if last == "enter":
            terminal.key("enter")
        else:
            terminal.type(last)
        terminal.wait_for("1人 0项不符 已存")
        number = next(person.id_number for person in KNOWN if person.name == name)
        assert f"{name} " in terminal.line(5)
        assert number in terminal.line(5)


def test_two_of_one_name_are_told_by_the_ends_of_their_numbers(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type("lj")
        terminal.wait_for("1李静 0048 2李静 0027 按编号取")
        terminal.type("2")
        terminal.wait_for("1人 0项不符 已存")
    assert stored(office) == [("李静", "510402199003070027", "13800000003")]


def test_who_is_on_file_without_a_phone_is_taken_and_the_phone_keyed(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type("lj1")
        terminal.type("13900000009")
        leave(terminal)
    assert stored(office) == [("李静", "510402199105120048", "13900000009")]


def test_a_whole_name_offers_who_bears_it_and_enter_still_goes_on_with_somebody_new(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type("张三")
        terminal.wait_for("同名 1:0018")
        terminal.type("1")
        terminal.wait_for("1人 0项不符 已存")
        terminal.type("张三丰")
        terminal.wait_for("同名 1:002X")
        terminal.key("enter")
        terminal.type(NEW + "13900000009")
        terminal.wait_for("2人 0项不符 已存")
    assert stored(office) == [("张三", ZHANG, "13800000001"), ("张三丰", NEW, "13900000009")]


def test_of_two_namesakes_a_digit_picks_one(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.type("李静")
        terminal.wait_for("同名 1:0048 2:0027")
        terminal.type("2")
        terminal.wait_for("1人 0项不符 已存")
    assert stored(office) == [("李静", "510402199003070027", "13800000003")]


def test_a_known_number_offers_its_name_and_tells_another_one(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        terminal.key("enter")
        terminal.type(ZHANG)
        terminal.wait_for("台账里有：张三 138****0001，按Enter取来")
        terminal.key("enter")
        terminal.wait_for("已取台账中的资料，核对电话后按Enter")
        terminal.key("enter")
        terminal.wait_for("1人 0项不符 已存")
        keyed(terminal, "张四", FENG)
        terminal.wait_for("此证号在台账里是“张三丰”，现填“张四”")


def test_an_answer_that_comes_late_is_given_to_no_other_row(office: Path) -> None:
    first = Trainee(1, "王五", None, None, "510402199105120048", "13800000009", "")
    register = open_register(Home(office / "data"), NOW)
    with register.writing(Acting("张三", "dongqu", NOW)) as context:
        roster_edits.replace_all(context, "2020-DQ-0002", [first])
    register.close()
    with TimedTerminal(office, SLOW_COMMAND, warm=True) as terminal:
        terminal.wait_for("录入2")
        terminal.key("enter")
        terminal.wait_for("13800000009 两名")
        terminal.key("ctrl+end", "tab")
        terminal.type(f"{ZHANG}13900000009")
        terminal.key("tab")
        terminal.type(NEW)
        # The check of the row was asked for after both look-ups: they are answered by now.
        terminal.wait_for("13900000009 不符")
        terminal.key("enter", "up")
        terminal.wait_for("3人")
        terminal.wait_for("已存")
    assert stored(office)[1:] == [("", ZHANG, "13900000009"), ("", NEW, "")]


def test_the_row_takes_the_name_on_file(office: Path) -> None:
    with counter(office) as terminal:
        at_the_two_names(terminal, "13900000009")
        for told in (
            "张三丰 张丰",
            "110105********002X",
            "138****0002 139****0009",
            "2020-DQ-0001 2020-03-20 焊工 2020-DQ-0002 2020-03-20 焊工",
        ):
            terminal.wait_for(told)
        terminal.type("1")
        terminal.wait_for("1改名 2前次录入有误 3同音字 4生僻字异体")
        terminal.type("3")
        terminal.wait_for("已以台账为准。")
        terminal.wait_for("1人 0项不符 已存")
    assert stored(office) == [("张三丰", FENG, "13900000009")]


def test_the_file_takes_the_name_that_was_keyed_and_keying_goes_on_at_the_phone(office: Path) -> None:
    with counter(office) as terminal:
        at_the_two_names(terminal)
        terminal.type("2")
        terminal.wait_for("或直接写理由")
        terminal.type("户口簿载明")
        terminal.key("enter")
        terminal.wait_for("已以现填为准，台账已改。")
        terminal.type("13900000009")
        terminal.wait_for("1人 0项不符 已存")
        terminal.type("zf")
        terminal.wait_for("1张丰 002X")
        terminal.key("backspace", "backspace", "f10")
        terminal.wait_for("核对花名册第1行同一证号的两个姓名：以现填为准")
        terminal.key("ctrl+b")
        leave(terminal)
    assert stored(office) == [("张丰", FENG, "13900000009")]


def test_back_from_the_two_names_the_cursor_is_where_it_was(office: Path) -> None:
    with counter(office) as terminal:
        at_the_two_names(terminal)
        terminal.key("escape")
        terminal.wait_for("1处两名按F3")
        terminal.type("13900000009")
        terminal.wait_for("已存")
        leave(terminal)
    assert stored(office) == [("张丰", FENG, "13900000009")]


def test_a_row_that_was_left_unfinished_is_gone_on_with(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        keyed(terminal, "王小五", NEW)
        terminal.key("escape")
        at_the_roster_again(terminal)
        terminal.type("13900000008")
        terminal.wait_for("已存")
        leave(terminal)
    assert stored(office) == [("王小五", NEW, "13900000008")]


def at_the_roster_again(terminal: Terminal) -> None:
    """From the desk back to the roster with its one row."""
    terminal.wait_for("录入2")
    terminal.key("enter")
    terminal.wait_for("1人")
    terminal.wait_for("王小五")


def test_the_page_of_two_names_says_what_to_press_whatever_was_pressed(office: Path) -> None:
    with counter(office) as terminal:
        at_the_two_names(terminal)
        terminal.type("1")
        terminal.wait_for("或直接写理由")
        terminal.key("f7", "f11")
        terminal.wait_for("按1、2或3选定，再选理由；Esc返回。")
        terminal.key("escape", "escape")
        leave(terminal)


def test_a_wrong_number_is_keyed_anew(office: Path) -> None:
    with counter(office) as terminal:
        at_the_two_names(terminal)
        terminal.type("3")
        terminal.wait_for("请改正证号。")
        terminal.type(NEW + "13900000009")
        leave(terminal)
    assert stored(office) == [("张丰", NEW, "13900000009")]


def test_the_roster_does_not_go_on_with_two_names(office: Path) -> None:
    with counter(office) as terminal:
        at_the_empty_roster(terminal)
        keyed(terminal, "张丰", FENG, "13900000009")
        terminal.wait_for("1处两名按F3 已存")
        terminal.wait_for("13900000009 两名")
        keyed(terminal, "王五", NEW, "13900000008")
        terminal.wait_for("2人")
        terminal.key("f5")
        terminal.wait_for("证号在台账里是“张三丰”，现填“张丰”，按F3核对。")
        terminal.key("f3")
        terminal.wait_for("3证号有误")
        terminal.type("14")
        terminal.wait_for("已以台账为准。")
        terminal.wait_for("13900000009 注意")
        terminal.key("f5")
        terminal.wait_for("（申请）")
