"""An approved class is changed as an officer types it."""

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import open_register
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.office import Office
from tests.support.rosters import made_up_people


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with an approved class of three people."""
    made = Office(tmp_path_factory.mktemp("office"))
    made.begin()
    register = open_register(made.home, NOW)
    counter = Counter(register)
    counter.do(counter.file(), Action.SUBMIT, Action.APPROVE)
    register.close()
    return made


def test_who_joins_is_typed_without_a_file_and_told_on_the_record(office: Office) -> None:
    first, second = made_up_people(2, 50)
    told = office.say(
        *("case", "change", "2020-DQ-0001", "--reason", "企业申请", "--leave", "2"),
        *("--joiner", "-", "--joiner", "-"),
        typed=f"{first.name},{first.id_number},{first.phone}\n{second.name}，{second.id_number}，{second.phone}\n",
    )
    assert told.startswith("2020-DQ-0001 已变更")
    shown = office.say("case", "show", "2020-DQ-0001")
    assert first.name in shown
    assert second.name in shown


def test_a_line_that_names_nobody_changes_nothing_and_says_how_it_is_written(office: Office) -> None:
    refused = office.run("case", "change", "2020-DQ-0001", "--reason", "企业申请", "--joiner", "-", typed="王五\n")
    assert refused.returncode != 0
    assert "“王五”要写成“姓名,身份证号,电话”，多人写多次，没有变更。" in refused.stderr
    assert "变更" not in office.say("case", "show", "2020-DQ-0001")
