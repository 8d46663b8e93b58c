"""Whatever writes into the register, nothing that nobody sees is kept in a text."""

import json
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from db.texts import kept_text
from pxtui.casework.check import eligibility
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing
from pxtui.casework.staff import members
from pxtui.errors import Refused
from pxtui.home import Home
from tests.commands.test_output import texts
from tests.conftest import empty_register
from tests.policy.test_bundles import CLAIM, OPENING
from tests.support.counter import Counter

UNSEEN = "\x00\x1b\x9b\u00ad\u200b\u200e\u202e\u2066\u2028\ufeff\ufff9\U000e0041"
KEPT_BLANKS = "\t\n\r"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


def unseen(text: str) -> str:
    """What of a stored text nobody sees, or only one computer shows."""
    return "".join(
        mark
        for mark in text
        if mark not in KEPT_BLANKS and unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )


def test_of_all_characters_none_is_kept_that_nobody_sees() -> None:
    every = [chr(code) for code in range(0x110000)]
    categories = [unicodedata.category(mark) for mark in every]
    refused = {"Co", "Cs"}
    assert (
        unseen(kept_text("".join(mark for mark, of in zip(every, categories, strict=True) if of not in refused))) == ""
    )
    own = [mark for mark, of in zip(every, categories, strict=True) if of == "Co"]
    for mark in (own[0], own[-1], *own[::997]):
        with pytest.raises(Refused, match=r"自造字（U\+"):
            kept_text(f"李{mark}")


def test_a_refused_number_is_not_cited() -> None:
    with pytest.raises(Refused) as fault:
        kept_text("13800000000\ue000", is_secret=True)
    assert "138" not in fault.value.sentence


def test_blanks_and_rare_characters_stay() -> None:
    text = "甲\u3000乙\t丙\n丁 葛\U000e0100 𠮷\U0002ebf0\U00031350"
    assert kept_text(text) == text


def test_an_act_keeps_the_words_without_what_nobody_sees(home: Home) -> None:
    register = empty_register(home)
    counter = Counter(register)
    with register.writing(counter.acting) as context:
        members.add(context, f"钱{UNSEEN}七", Role.CLERK)
    with register.reading(counter.acting) as context:
        assert "钱七" in members.names(context)
    assert_nothing_unseen(home)
    register.close()


@pytest.mark.parametrize("bundle", [OPENING, CLAIM])
def test_a_bundle_with_marks_in_every_text_is_filed_without_them(bundle: Path, home: Home, tmp_path: Path) -> None:
    register = empty_register(home)
    counter = Counter(register)
    told = json.loads(bundle.read_text("utf-8"))
    spoilt = 0
    for path in list(texts(told)):
        place: Any = told
        for step in path[:-1]:
            place = place[step]
        whole = place[path[-1]]
        place[path[-1]] = whole + "\u202e\u200b\ufeff"
        try:
            written(told, tmp_path)
            with register.reading(counter.acting) as context:
                filing.day_in_file(context, tmp_path / "bundle.json")
            spoilt += 1
        except Refused:
            # A code or a day: nothing can be behind it.
            place[path[-1]] = whole
    assert spoilt > 10
    written(told, tmp_path)
    with register.reading(counter.acting) as context:
        counter.day = filing.day_in_file(context, tmp_path / "bundle.json")
    with register.writing(counter.acting) as context:
        number = filing.import_file(context, tmp_path / "bundle.json")
    with register.reading(counter.acting) as context:
        assert unseen(repr(eligibility.overview(context, number).application)) == ""
    assert_nothing_unseen(home)
    register.close()


def written(told: Any, folder: Path) -> None:
    (folder / "bundle.json").write_text(json.dumps(told), "utf-8")


def assert_nothing_unseen(home: Home) -> None:
    """In no text of no table."""
    with sqlite3.connect(home.register) as register:
        for (table,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in register.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - the names are the register's
                assert [text for text in row if isinstance(text, str) and unseen(text)] == [], table
