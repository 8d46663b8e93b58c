"""F9 in a case at the real program: what can be issued and why not the rest, several at once, and one again."""

from pathlib import Path

from tests.support.rosters import NUMBER, made_up_people, office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter


def test_papers_are_chosen_issued_and_printed_again(tmp_path: Path) -> None:
    folder = office_with_roster(tmp_path, made_up_people(3))
    papers = folder / "data" / "papers" / NUMBER
    with counter(folder) as terminal:
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("3人 0项不符")
        terminal.key("f9")
        terminal.wait_for("附件1 培训申请表 现在须出")
        terminal.wait_for("附件3 补贴申请表 案件还没有申请补贴")

        # What must be issued now stands on top, what cannot be had yet below it.
        assert ["现在须出" in terminal.line(line) for line in range(5, 9)] == [True, True, True, False]
        terminal.key("down", "down", "down")
        terminal.type(" ")
        terminal.wait_for("现在不能出具“附件3 补贴申请表”：案件还没有申请补贴")
        terminal.key("home")
        terminal.type("  ")
        terminal.wait_for("* 附件2 参训人员花名册")
        terminal.key("enter")
        terminal.wait_for("已出具2份")
        first = {path.name: path.read_bytes() for path in papers.iterdir()}
        assert sorted(name.split()[1] for name in first) == ["附件1", "附件2"]

        terminal.wait_for("收件回执                   现在须出")
        terminal.key("home", "enter")
        terminal.wait_for("已出具1份")
        issued = {path.name: path.read_bytes() for path in papers.iterdir()}
        assert issued.items() > first.items()
        assert {name.split()[1] for name in issued.keys() - first.keys()} == {"收件回执0001"}

        print_all_again(terminal, papers, issued)


def print_all_again(terminal: Terminal, papers: Path, issued: dict[str, bytes]) -> None:
    """The files are gone: one comes out as it was, then all of them, then one that the list shows among what is due."""
    for path in papers.iterdir():
        path.unlink()
    terminal.key("end")
    terminal.wait_for("重印 附件1 培训申请表")
    terminal.key("enter")
    terminal.wait_for("已原样重印到")
    (again,) = papers.iterdir()
    assert "附件1" in again.name
    assert again.read_bytes() == issued[again.name]

    terminal.key("ctrl+a")
    # All three that the case needs are issued already.
    terminal.wait_for("现在须出的文书：重印已出的3份")
    terminal.key("escape")
    terminal.wait_for("没有办理")
    assert [path.name for path in papers.iterdir()] == [again.name]

    terminal.key("ctrl+a")
    terminal.wait_for("重印已出的3份")
    terminal.key("enter")
    terminal.wait_for("重印3份。")
    terminal.wait_for("已出3")
    assert {path.name: path.read_bytes() for path in papers.iterdir()} == issued

    terminal.key("home", *["down"] * 5)
    terminal.wait_for("第6/")
    terminal.wait_for("已出具 东区人社局收件〔2020〕1号")
    terminal.key("enter")
    terminal.wait_for("已原样重印到")
    assert {path.name: path.read_bytes() for path in papers.iterdir()} == issued
