"""Corrections and voided cases as an officer types them."""

import pytest

from tests.policy.test_bundles import CLAIM
from tests.support.bundles import import_on_its_day
from tests.support.office import Office


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("office"))
    made.begin()
    return made


def test_the_fields_are_listed_one_is_put_right_and_the_record_tells_it(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    assert "address" in office.say("case", "correct", number)
    told = office.say("case", "correct", number, "address", "--to", "东区炳草岗大街1号", "--reason", "录错了")
    assert told == f"{number} 已更正，以后出具的文书用新的内容；已出具的不变。"
    listed = office.say("case", "correct", number)
    assert "更正单位地址：由“空白”改为“东区炳草岗大街1号”（录错了）" in listed
    assert "更正单位地址（录错了）" in office.say("case", "show", number)
    refused = office.run("case", "correct", number, "starts-on", "--to", "2020-04-01", "--reason", "改期")
    assert refused.returncode != 0
    assert "没有可更正的“starts-on”，可用：applicant-name（单位名称）" in refused.stderr


def test_a_bundle_that_was_imported_by_mistake_is_voided(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    told = office.say("case", "void", number, "--reason", "导入错了")
    assert told == f"{number} 已作废，凭证可以另用，编号不再使用。"
    shown = office.say("case", "show", number)
    assert "已作废" in shown
    assert "理由：导入错了" in shown
