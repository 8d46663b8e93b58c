"""A clerk at the real program picks from lists instead of keying what is on file."""

from pathlib import Path

from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.home import Home
from tests.conftest import ACTING, NOW
from tests.support.rosters import NUMBER, office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

SECOND = "2020-DQ-0002"


def keyed(terminal: Terminal, *keys: str) -> None:
    """Type texts and press keys written as <enter>, without looking up."""
    for key in keys:
        if key.startswith("<"):
            terminal.key(key.strip("<>"))
        else:
            terminal.type(key)


def test_a_second_class_of_the_same_enterprise_is_picked_together(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, [])) as terminal:
        terminal.wait_for("录入1")
        keyed(terminal, "<insert>", "<enter>", "hljxyx", "<enter>")
        terminal.wait_for("已取台账中的单位资料")
        keyed(terminal, "1", "焊工技能", "<enter>", "hg", "<enter>", "s", "2", "g", "<tab>", "y", "s")
        keyed(
            terminal, "px.cd", "<enter>", "2", "<tab>", "0420", "<enter>", "0430", "<enter>", "40", "<f11>", "<ctrl+n>"
        )
        terminal.wait_for("[2花名册]")
        terminal.wait_for("DQ-0002")
    register = open_register(Home(tmp_path / "data"), NOW)
    with register.reading(ACTING) as context:
        first, second = opening_filing.filing(context, NUMBER), opening_filing.filing(context, SECOND)
    register.close()
    assert second.applicant == first.applicant
    assert (second.training.occupation, second.training.level) == ("焊工", "4")
    assert (second.training.platform, second.training.provider) == ("成都职业培训网络学院", "成都职业培训网络学院")


def test_a_faulty_number_left_with_an_arrow_is_told(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, [])) as terminal:
        terminal.wait_for("录入1")
        keyed(terminal, "<enter>")
        terminal.wait_for("花名册（附件2）")
        keyed(terminal, "李四", "<enter>", "5104")
        terminal.wait_for("5104")
        before = terminal.bells
        keyed(terminal, "<down>")
        terminal.wait_for("身份证号有误：应为18位")
        assert terminal.bells == before + 1
        terminal.wait_for("李四")
