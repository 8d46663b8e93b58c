"""Materials and deductions as an officer types them."""

import json

import pytest

from tests.policy.test_bundles import CLAIM
from tests.support.bundles import import_on_its_day
from tests.support.office import Office


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one claim that waits for its decision."""
    made = Office(tmp_path_factory.mktemp("office"))
    made.begin()
    return made


def eligible(office: Office, number: str) -> list[int]:
    found: list[int] = json.loads(office.run("case", "check", number, "--json").stdout)["eligible"]
    return found


def test_a_row_is_taken_off_and_put_back(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    before = eligible(office, number)
    told = office.say("case", "deduct", number, str(before[0]), "--code", "05", "--reason", "电话核实已离职")
    assert told.startswith(f"{number} 已核减第{before[0]}号")
    assert eligible(office, number) == before[1:]
    assert "核减  05 非本企业职工 1人" in office.say("case", "show", number)
    office.say("case", "deduct", number, str(before[0]), "--undo")
    assert eligible(office, number) == before


def test_a_complete_claim_lacks_nothing(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    head, *lines = office.say("case", "materials", number).splitlines()
    assert head.split() == ["材料", "应交", "收到", "应有份数", "点收份数", "还缺"]
    assert [line.split()[-3:-1] for line in lines] == [["必交", "已收"]] * 4


def test_what_a_claim_lacks_besides_papers_stands_below_them(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    assert "开户银行" not in office.say("case", "materials", number)
    office.say("case", "advance", number, "return", "--opinion", "请补填账户")
    *_, last = office.say("case", "materials", number).splitlines()
    assert last == "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"
