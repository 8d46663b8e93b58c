"""What can be set is told in one table, and a variable that nobody reads is told with the one that was meant."""

import json
import re
from pathlib import Path

import pytest

from pxtui.commands import settings
from pxtui.program_settings import KEYS, unknown
from tests.support.office import Office

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A register without anything."""
    found = Office(tmp_path)
    found.begin()
    return found


def test_every_setting_has_its_default_its_form_and_what_it_does(office: Office) -> None:
    told = {line["key"]: line for line in map(json.loads, office.say("settings", "--json").splitlines())}
    assert told["PXTUI_HOME"]["value"] == str(office.home.root)
    assert told["correction_days"] | {"value": "", "does": ""} == {
        "key": "correction_days",
        "name": "补正期限",
        "value": "",
        "comes_from": "默认",
        "default": "5个工作日",
        "form": "个工作日",
        "does": "",
    }
    for line in told.values():
        assert all(line.values()), line
        assert line["key"] in settings.markdown() or line["name"] in settings.markdown()


def test_a_setting_that_was_changed_says_where_it_comes_from(office: Office) -> None:
    office.say("office", "set", "--correction-days", "7")
    told = [json.loads(line) for line in office.say("settings", "--json").splitlines()]
    (changed,) = [line for line in told if "台账" in line["comes_from"]]
    assert (changed["key"], changed["value"]) == ("correction_days", "7个工作日")


def test_an_address_that_may_hold_a_password_is_not_told() -> None:
    (database,) = [key for key in KEYS if key.is_secret]
    assert settings._value(database, {database.variable: "postgresql://pxtui:geheim@db/pxtui"}) == ("已设", "环境变量")


def test_a_misspelt_variable_is_told_with_the_one_that_was_meant() -> None:
    (sentence,) = unknown({"PXTUI_HOM": "x", "PXTUI_HOME": "y", "LANG": "C", "PXTUI_TEST_DATABASE": "z"})
    assert "PXTUI_HOM”" in sentence
    assert "PXTUI_HOME；" in sentence


def test_every_variable_that_the_program_reads_is_a_setting() -> None:
    read = {
        name
        for folder in ("pxtui", "screens", "db", "deploy")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".sh", ".service", ""}
        for name in re.findall(r"\bPXTUI_[A-Z_]+[A-Z]", path.read_text("utf-8"))
    }
    assert read <= {key.variable for key in KEYS}
