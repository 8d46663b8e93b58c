"""Several people share a register: each says who sits there, and two at one roster are told of each other."""

from pathlib import Path

from tests.support.office import Office
from tests.support.rosters import CLERK, made_up_people, office_with_roster
from tests.support.terminal_counter import COMMAND, counter


def say(office: Path, *words: str) -> str:
    """What a command prints, or says is wrong."""
    done = Office(office).run(*words)
    return done.stdout + done.stderr


def test_each_clerk_sits_down_under_a_name(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    assert "已增加李四" in say(office, "staff", "add", "李四", "--role", "负责人")
    assert "已有名为“李四”" in say(office, "staff", "add", "李 四", "--as", CLERK)
    with counter(office) as terminal:
        terminal.wait_for("请选择你是谁")
        terminal.type("2")
        terminal.wait_for("李四 负责人")
    with counter(office, command=(*COMMAND, "--as", CLERK), warm=False) as terminal:
        terminal.wait_for(f"{CLERK} 受理员")
    assert "唯一的在岗人员" not in say(office, "staff", "retire", CLERK, "--as", "李四")
    assert say(office, "staff", "list").split() == ["姓名", "岗位", "李四", "负责人"]
    assert "唯一的在岗人员" in say(office, "staff", "retire", "李四")


def test_a_name_that_nobody_bears_is_refused_in_a_sentence(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, [])
    with counter(office, command=(*COMMAND, "--as", "王五"), warm=False) as terminal:
        assert terminal.exit_code() == 1
    assert b"Traceback" not in terminal.raw
    assert "没有名为“王五”的人员" in terminal.raw.decode()


def test_the_second_at_a_roster_looks_on_until_the_first_is_gone(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    say(office, "staff", "add", "李四")
    with counter(office, command=(*COMMAND, "--as", CLERK)) as first:
        first.wait_for("录入1")
        first.key("enter")
        first.wait_for("3人 0项不符")
        with counter(office, command=(*COMMAND, "--as", "李四")) as second:
            second.wait_for("录入1")
            second.key("enter")
            second.wait_for(f"{CLERK}正在录入这份花名册")
            second.type("王")
            second.wait_for(f"{CLERK}正在录入这份花名册")
            second.key("f2")
            second.wait_for(f"{CLERK}还占着这份花名册，立即接手的理由")
            second.key("escape")
            first.key("escape")
            first.wait_for("录入1")
            first.key("ctrl+q")
            assert first.exit_code() == 0
            second.key("f2")
            second.wait_for(f"{CLERK}已离开，花名册由你接手")
            second.type("王五")
            second.wait_for("王五")


def test_a_roster_taken_from_a_colleague_is_not_said_to_be_left(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    say(office, "staff", "add", "李四")
    with counter(office, command=(*COMMAND, "--as", CLERK)) as first:
        first.wait_for("录入1")
        first.key("enter")
        first.wait_for("3人 0项不符")
        with counter(office, command=(*COMMAND, "--as", "李四")) as second:
            second.wait_for("录入1")
            second.key("enter")
            second.wait_for(f"{CLERK}正在录入这份花名册")
            second.key("f2")
            second.wait_for("立即接手的理由")
            second.type("张三的电脑坏了")
            second.key("enter")
            second.wait_for(f"已接手{CLERK}占着的花名册，可以录入；他那边不能再改，理由已记入办理记录。")
            assert not second.shows(f"{CLERK}已离开")


def test_what_a_colleague_keyed_is_undone_only_if_it_is_meant(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, [])
    say(office, "staff", "add", "李四")
    with counter(office, command=(*COMMAND, "--as", CLERK)) as terminal:
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("0人")
        terminal.type("王五")
        terminal.key("enter")
        terminal.type("51040219800101001813800000001")
        terminal.wait_for("1人 0项不符 已存")
        terminal.key("ctrl+b", "ctrl+q")
        assert terminal.exit_code() == 0
    with counter(office, command=(*COMMAND, "--as", "李四")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("1人 0项不符")
        terminal.key("f8")
        terminal.wait_for("第1行是张三03-16录入的：Enter撤销，Esc不动。")
        terminal.key("escape")
        terminal.key("f5")
        terminal.wait_for("符合1人")
        terminal.key("f10")
        terminal.wait_for("2 花名册")
        terminal.type("2")
        terminal.wait_for("1人 0项不符")
        terminal.key("f8")
        terminal.wait_for("Enter撤销")
        terminal.key("enter")
        terminal.wait_for("已撤销第1行的改动，Ctrl+R重做。")
        terminal.wait_for("0人")
