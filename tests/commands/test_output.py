"""Whatever stands in a register, a file or a word of a command: nothing that a command prints steers the terminal."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import typer

from pxtui.commands import entry
from pxtui.commands.tables import one_line
from tests.conftest import empty_register
from tests.policy.test_bundles import CLAIM, OPENING
from tests.support import payloads
from tests.support.office import Office
from tests.support.pay_desk import THE_BEGINNING, PayDesk, paid
from tests.support.payloads import spoil, spoilt
from tests.support.rosters import made_up_people

HOSTILE = "\x1b]0;占\x07\b\x9b31m\u202e倒\u2066甲"
PUBLICITY_BATCH = "GS2020-DQ-001"
HOSTILE_FILE = "名单\x1b[2J\u202e.csv"
OPENS_THE_DESK = ["demo"]
TELLING = [
    "case show",
    "case list",
    "shift show",
    "payment list",
    "payment show",
    "publicity list",
    "publicity show",
    "fund list",
    "staff list",
]
"""Commands that tell what somebody has written."""


def leaves(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it."""
    for word, below in getattr(command, "commands", {}).items():
        yield from leaves(below, *words, word)
    if not hasattr(command, "commands"):
        yield words, command


LEAVES = {" ".join(words): command for words, command in leaves(typer.main.get_command(entry._commands()))}


class HostileOffice(Office):
    """An office whose every text that somebody wrote has characters behind it that a terminal would obey."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "2020-04-10")
        desk = PayDesk(empty_register(self.home))
        desk.hire_colleagues()
        desk.grant()
        self.number = desk.cleared()
        self.waiting = desk.cleared()
        self.batch = desk.at_the_bank(folder, self.number)
        desk.answer(self.batch, paid(self.number))
        desk.day = THE_BEGINNING
        desk.granted(desk.file(made_up_people(2, desk.people), occupation="电工"))
        desk.register.close()
        spoil(self.home, lambda _: HOSTILE)
        (folder / HOSTILE_FILE).write_text(f"序号,姓名,身份证号{HOSTILE}\n1,张{HOSTILE},51040\n", encoding="utf-8")

    def words_for(self, called: str) -> list[str]:
        """The words that call a command, and what it asks for."""
        words, command = called.split(), LEAVES[called]
        for parameter in command.params:
            if parameter.required:
                words += [parameter.opts[-1]] if parameter.opts[-1].startswith("-") else []
                words += [self._word_for(parameter, called)] * max(1, parameter.nargs)
            elif parameter.name == "acting_name":
                words += ["--as", spoilt("张三", HOSTILE)]
        return words

    def _word_for(self, parameter: Any, called: str) -> str:
        known = {
            "number": self.number,
            "numbers": self.waiting,
            "batch": PUBLICITY_BATCH if "publicity" in called else self.batch,
        }
        asked = parameter.type_descriptor
        kind = asked.annotation
        of_a_kind = {int: "1", float: "1", datetime: "2020-04-10", Path: HOSTILE_FILE}
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return str(next(iter(kind)))
        return known.get(parameter.name) or of_a_kind.get(kind) or f"某{HOSTILE}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> HostileOffice:
    """Made once: commands may change it, and none makes it harmless."""
    return HostileOffice(tmp_path_factory.mktemp("hostile"))


def steering(text: str) -> str:
    """What of printed lines a terminal would obey."""
    return payloads.steering(text.replace("\n", ""))


@pytest.mark.parametrize("words", TELLING)
def test_what_somebody_wrote_is_told_and_steers_nothing(words: str, office: HostileOffice) -> None:
    done = office.run(*office.words_for(words))
    assert done.returncode in (0, 1), done.stderr
    assert "?]0;占???31m?倒" in done.stdout
    assert steering(done.stdout + done.stderr) == ""


@pytest.mark.parametrize("words", [words for words in LEAVES if words not in OPENS_THE_DESK])
def test_no_command_prints_what_a_terminal_obeys(words: str, office: HostileOffice) -> None:
    options = {option for parameter in LEAVES[words].params for option in parameter.opts}
    for json_too in [[], ["--json"]] if "--json" in options else [[]]:
        done = office.run(*office.words_for(words), *json_too)
        assert steering(done.stdout + done.stderr) == "", json_too


def test_a_newline_in_a_name_begins_no_line_of_its_own(office: HostileOffice) -> None:
    with sqlite3.connect(office.home.register) as register:
        register.execute("UPDATE training_case SET applicant_name = '甲' || char(10) || '可办理：同意'")
    shown = office.run("case", "show", office.number).stdout
    assert "\n可办理：同意" not in shown
    assert "甲?可办理：同意" in shown


@pytest.mark.parametrize("value", [HOSTILE, "张\ufe0f三", "\U000e0100\U000f0000", "\u0085\u2028\u2029\n"])
def test_json_says_the_same_without_what_a_terminal_obeys(value: str) -> None:
    written = one_line({value: [value]})
    assert json.loads(written) == {value: [value]}
    assert steering(written) == ""
    assert written.count("\n") == 0


@pytest.mark.parametrize("bundle", [OPENING, CLAIM])
def test_a_control_character_in_any_text_of_a_bundle_is_an_input_error(bundle: Path, tmp_path: Path) -> None:
    told = json.loads(bundle.read_text("utf-8"))
    for path in texts(told):
        assert_refused(told, path, "\x1b", tmp_path)


@pytest.mark.parametrize("mark", "\0\a\b\v\f\x1f\x7f\x80\x85\x9b\x9f")
def test_every_control_character_is_one(mark: str, tmp_path: Path) -> None:
    assert_refused(json.loads(OPENING.read_text("utf-8")), ("roster", 0, "name"), mark, tmp_path)


def assert_refused(told: Any, path: tuple[Any, ...], mark: str, folder: Path) -> None:
    """A bundle is read no more with a mark behind one of its texts, and the sentence names the text."""
    broken = json.loads(json.dumps(told))
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] += mark
    (folder / "bundle.json").write_text(json.dumps(broken), "utf-8")
    done = Office(folder).run("check", "bundle.json", "--json")
    assert done.returncode == 2, path
    assert named(path) in json.loads(done.stdout)["error"]
    assert steering(done.stdout) == ""


def texts(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every text of a bundle."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from texts(below, *path, key)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from texts(below, *path, index)


def named(path: tuple[Any, ...]) -> str:
    """A way as messages name it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def test_a_bundle_with_one_files_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.begin()
    told = json.loads(OPENING.read_text("utf-8"))
    told["roster"][0]["remark"] = "班长\x1b[2J"
    (tmp_path / "bundle.json").write_text(json.dumps(told), "utf-8")
    done = office.run("case", "import", OPENING, "bundle.json")
    assert done.returncode == 2
    assert "roster[0].remark：含有控制字符（U+001B），请删去后重新填写。" in done.stderr
    assert len(office.say("case", "list").splitlines()) == 1


@pytest.mark.parametrize("remark", ["班\t长", "第一行\n第二行", "班\r\n长", "\u200b班长\ufeff"])
def test_blanks_of_every_kind_stay_as_they_were_typed(remark: str, tmp_path: Path) -> None:
    told = json.loads(OPENING.read_text("utf-8"))
    told["roster"][0]["remark"] = remark
    (tmp_path / "bundle.json").write_text(json.dumps(told), "utf-8")
    assert Office(tmp_path).run("check", "bundle.json").returncode == Office(tmp_path).run("check", OPENING).returncode
