"""What a policy officer types to have past decisions judged again and newer rules tried."""

import json
import re
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.home import Home
from pxtui.policy.parameters import shipped_texts
from tests.conftest import NOW
from tests.support.office import Office
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that granted one claim and has another class filed; a file with a lower cap lies beside it."""
    made = Office(tmp_path)
    made.begin()
    register = open_register(Home(tmp_path / "data"), NOW)
    counter = PayDesk(register)
    counter.granted(counter.file(made_up_people(2)))
    counter.file(made_up_people(2, 5))
    register.close()
    ((name, text),) = shipped_texts().items()
    (tmp_path / name).write_text(re.sub(r"cap_per_person_yuan = .*", 'cap_per_person_yuan = "400"', text), "utf-8")
    return made


def test_past_decisions_are_judged_again_by_their_own_rules_and_by_newer_ones(office: Office) -> None:
    (name,) = shipped_texts()
    assert office.say("replay") == "复核2项历史决定，无差异。"
    by_newer = office.run("replay", "--rules", name)
    assert by_newer.returncode == 1
    heading, _, row = by_newer.stdout.splitlines()
    assert heading == "复核2项历史决定，1项有差异："
    assert row.split()[0] == "2020-DQ-0001"
    assert row.split()[3:] == ["同意", "补贴由1000.00元变为800.00元"]
    (told,) = json.loads(office.run("replay", "--rules", name, "--json").stdout)["differences"]
    assert told["changes"] == ["补贴由1000.00元变为800.00元"]
    assert office.say("replay") == "复核2项历史决定，无差异。"


def test_newer_rules_are_listed_and_tried(office: Office) -> None:
    (name,) = shipped_texts()
    assert office.say("rules", "list").splitlines()[1].split() == ["攀人社发〔2020〕33号", "2020-02-20", "600", "3"]
    assert office.say("rules", "preview", name).endswith("试算未办结1件，0件有变化。")


def test_a_file_that_cannot_be_read_is_one_sentence(office: Office) -> None:
    done = office.run("replay", "--rules", "nowhere.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "找不到文件“nowhere.toml”，请核对路径和文件名。"
