"""The holidays of a new year at the real program: said at the desk, entered from the notice, signed by another."""

from pathlib import Path

import pytest

from pxtui.casework.calendar import year_calendar
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.terminal_counter import COMMAND, counter
from tests.support.years import NOTICE_2027

DAY = "2026-12-01"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register whose duties are apart, with two administrators."""
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(ACTING) as context:
        members.add(context, "赵六", Role.ADMINISTRATOR)
        members.add(context, "孙七", Role.ADMINISTRATOR)
        office_settings.change(context, duties_apart=True)
    register.close()
    return tmp_path


def test_a_new_year_is_entered_by_one_administrator_and_signed_by_another(office: Path) -> None:
    with counter(office, day=DAY, command=(*COMMAND, "--as", "赵六")) as terminal:
        terminal.wait_for("还没有2027年放假安排")
        terminal.key("f4")
        terminal.wait_for("按F6导入")
        terminal.key("f6")
        terminal.wait_for("放假安排文件")
        terminal.type("~nobody-of-this-name/a.txt")
        terminal.key("enter")
        terminal.wait_for("找不到文件“a.txt”")
        terminal.key("f6")
        terminal.wait_for("放假安排文件")
        terminal.type(str(NOTICE_2027))
        terminal.key("enter")
        terminal.wait_for("2027年放假安排的文件名称和文号")
        terminal.type("国办发明电〔2026〕8号")
        terminal.key("enter")
        terminal.wait_for("净放假13天")
        terminal.wait_for("2027-01-31 班")
        terminal.key("enter")
        terminal.wait_for("由另一位管理员")
        terminal.key("enter")
        terminal.wait_for("签署后不能再改")
        terminal.key("enter")
        terminal.wait_for("须由另一人签署")
    with counter(office, day=DAY, command=(*COMMAND, "--as", "孙七")) as terminal:
        terminal.wait_for("2027年放假安排由赵六录入，待另一位管理员签署（F4）")
        terminal.key("f4")
        terminal.wait_for("待另一人签署")
        terminal.wait_for("2027-01-31 班")
        terminal.key("enter")
        terminal.wait_for("签署2027年放假安排（国办发明电〔2026〕8号）")
        terminal.key("enter")
        terminal.wait_for("2027年放假安排已签署生效")
        terminal.wait_for("孙七签署")
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        assert len(year_calendar.days_of(context, 2027)) == 18 + 5
    register.close()
