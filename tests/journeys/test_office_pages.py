"""An administrator goes through all pages of the office at the real program, from the menu of a case and back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.calendar import lifting
from pxtui.casework.exchange import told_trainings
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.offline import tariffs
from pxtui.casework.payment import funds
from pxtui.casework.staff import changes, members
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.counter import Counter
from tests.support.people import id_of
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter

NUMBER = "510402198001010018"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register whose duties are apart, with one case."""
    register = empty_register(Home(tmp_path / "data"))
    made = Counter(register)
    made.hire_colleagues()
    made.file()
    with register.writing(ACTING) as context:
        office_settings.change(context, duties_apart=True)
    register.close()
    return tmp_path


@pytest.fixture
def terminal(office: Path) -> Iterator[Terminal]:
    """The list of the office's pages, before the administrator."""
    with counter(office, command=(*COMMAND, "--as", "赵六")) as made:
        made.wait_for("2020-DQ-0001")
        made.key("f10")
        made.wait_for("0 本部门")
        made.type("0")
        made.wait_for("8 放假安排")
        yield made


def reopened(office: Path) -> Register:
    return open_register(Home(office / "data"), NOW)


def back(terminal: Terminal) -> None:
    """From a page to the list of pages."""
    terminal.key("escape")
    terminal.wait_for("8 放假安排")


def keyed(terminal: Terminal, *values: str) -> None:
    """Values of a form, each ended with Enter."""
    for value in values:
        terminal.type(value)
        terminal.key("enter")


def use_money_lifting_and_exchange(terminal: Terminal, office: Path) -> None:
    """Pages 5 to 7."""
    terminal.type("5")
    terminal.wait_for("还没有登记资金来源")
    terminal.key("insert")
    terminal.wait_for("登记资金来源")
    keyed(terminal, "ZX2020", "专账资金", "5000")
    terminal.wait_for("资金来源的登记由负责人或出纳办理")
    terminal.key("escape")
    terminal.wait_for("放弃这一屏没有存下的内容")
    terminal.key("enter")
    terminal.wait_for("还没有登记资金来源")
    back(terminal)

    terminal.type("6")
    terminal.wait_for("没有登记疫情解除")
    terminal.key("insert")
    terminal.wait_for("登记疫情解除")
    keyed(terminal, "0301", "川府发〔2020〕3号")
    terminal.wait_for("由另一人在这一屏按Enter签署后生效")
    terminal.key("enter")
    terminal.wait_for("签署2020-03-01解除")
    terminal.key("enter")
    terminal.wait_for("须由另一人签署")
    back(terminal)

    terminal.type("7")
    terminal.wait_for("还没有登记其他部门的公钥")
    terminal.key("enter")
    terminal.wait_for("本部门的公钥指纹")
    keyed(terminal, str(office / "东区.txt"))
    terminal.wait_for("已写到")
    back(terminal)


def test_every_page_is_opened_used_and_left(terminal: Terminal, office: Path) -> None:
    terminal.type("1")
    terminal.wait_for("岗位已分设")
    terminal.key("insert")
    terminal.wait_for("增加人员")
    keyed(terminal, "孙七", "4", id_of(7))
    terminal.wait_for("确认后生效")
    back(terminal)

    terminal.type("2")
    terminal.wait_for("还没有以往培训")
    terminal.key("insert")
    terminal.wait_for("录入以往培训")
    terminal.type(NUMBER)
    keyed(terminal, "焊工")
    terminal.type("5")
    keyed(terminal, "20190506", "20190520")
    terminal.key("ctrl+n")
    terminal.wait_for("已录入")
    terminal.wait_for("510402********0018")
    back(terminal)

    terminal.type("3")
    terminal.wait_for("还没有补贴目录")
    terminal.key("insert")
    terminal.wait_for("录入补贴标准")
    keyed(terminal, "焊工")
    terminal.type("5")
    keyed(terminal, "40", "600", "川人社办〔2020〕1号", "0101")
    terminal.wait_for("已录入")
    terminal.wait_for("现行")
    back(terminal)

    set_the_phone(terminal)
    use_money_lifting_and_exchange(terminal, office)

    terminal.type("8")
    terminal.wait_for("程序自带到")
    back(terminal)
    terminal.key("escape")
    terminal.wait_for("2020-DQ-0001")
    _require_all_of_it(office)


def set_the_phone(terminal: Terminal) -> None:
    """On the page of the settings, after a slip."""
    terminal.type("4")
    terminal.wait_for("按Enter改光标所在的一项")
    terminal.key("enter")
    terminal.wait_for("设置：本部门电话")
    keyed(terminal, "打电话")
    terminal.wait_for("电话“打电话”不是号码")
    keyed(terminal, "0812-3322110")
    terminal.wait_for("本部门电话现为0812-3322110")
    back(terminal)


def _require_all_of_it(office: Path) -> None:
    assert (office / "东区.txt").read_text(encoding="ascii").startswith("pxtui-exchange-public/1\noffice dongqu\n")
    register = reopened(office)
    with register.reading(ACTING) as context:
        (waits,) = changes.waiting(context)
        assert "孙七" in waits.sentence
        assert "孙七" not in members.names(context)
        assert len(told_trainings.of_people(context, NUMBER).trainings) == 1
        assert [tariff.amount_fen for tariff in tariffs.tariffs(context)] == [60_000]
        assert office_settings.settings(context).office_phone == "0812-3322110"
        assert funds.funds(context) == ()
        assert lifting.in_force(context) is None
    register.close()


def test_the_other_administrator_signs_what_one_has_announced(office: Path) -> None:
    register = reopened(office)
    with register.writing(replace(ACTING, name="赵六")) as context:
        lifting.announce(context, NOW.date(), "川府发〔2020〕3号")
        members.add(context, "孙七", Role.ADMINISTRATOR, agreed=True)
    register.close()
    with counter(office, command=(*COMMAND, "--as", "孙七")) as terminal:
        terminal.wait_for("2020-DQ-0001")
        terminal.key("f10")
        terminal.wait_for("0 本部门")
        terminal.type("06")
        terminal.wait_for("待另一人签署")
        terminal.key("enter")
        terminal.wait_for("Enter确认")
        terminal.key("enter")
        terminal.wait_for("疫情解除已签署生效")
    register = reopened(office)
    with register.reading(ACTING) as context:
        assert lifting.in_force(context) == NOW.date()
    register.close()


def test_who_leaves_herself_ends_the_program(office: Path) -> None:
    register = reopened(office)
    with register.writing(replace(ACTING, name="赵六")) as context:
        members.add(context, "孙七", Role.ADMINISTRATOR, agreed=True)
    register.close()
    with counter(office, command=(*COMMAND, "--as", "赵六")) as terminal:
        terminal.wait_for("2020-DQ-0001")
        terminal.key("f10")
        terminal.wait_for("0 本部门")
        terminal.type("01")
        terminal.wait_for("岗位已分设")
        terminal.key("down", "down", "down", "delete")
        terminal.wait_for("赵六是您本人，离岗后程序随即退出")
        terminal.key("enter")
        assert terminal.exit_code() == 0
    register = reopened(office)
    with register.reading(ACTING) as context:
        assert "赵六" not in members.names(context)
    register.close()


def test_a_head_enters_a_fund_and_adds_to_it(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "王五")) as terminal:
        terminal.wait_for("2020-DQ-0001")
        terminal.key("f10")
        terminal.wait_for("0 本部门")
        terminal.type("05")
        terminal.wait_for("还没有登记资金来源")
        terminal.key("insert")
        terminal.wait_for("登记资金来源")
        keyed(terminal, "ZX2020", "专账资金", "5000")
        terminal.wait_for("余额共5000.00元")
        terminal.key("enter")
        terminal.wait_for("增加额度")
        keyed(terminal, "500.50")
        terminal.wait_for("余额共5500.50元")
