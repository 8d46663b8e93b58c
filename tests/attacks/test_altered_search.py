"""Whoever hides a case from a search, or has it found by a name that it has not, is named by the verification."""

import pytest

from db import parts_compared
from pxtui.casework.office.register import Register
from pxtui.casework.verifying import whole
from tests.support.chain import past_the_program
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

TRICKS = {
    "a person's name is taken out": (
        "DELETE FROM name_part WHERE kind = 'n' AND case_id = 2 AND owner_id = 4",
        "案件2020-DQ-0002人员（4）检索用的片段（人员姓名）少{}条，按名称查不到。",
    ),
    "a firm's name is changed": (
        "UPDATE name_part SET part = '某某' WHERE kind = 'w' AND case_id = 2 AND part = '焊工'",
        "案件2020-DQ-0002检索用的片段（单位名称和工种）少1条，按名称查不到；多1条，与名称不符。",
    ),
    "a firm's letters are taken out": (
        "DELETE FROM name_part WHERE kind = 'l' AND case_id = 2",
        "案件2020-DQ-0002检索用的片段（单位首字母）少{}条，按名称查不到。",
    ),
    "somebody is found who is not there": (
        "INSERT INTO name_part VALUES ('i', 'zz', 2, 1)",
        "案件2020-DQ-0002人员（1）检索用的片段（人员首字母）多1条，与名称不符。",
    ),
    "a part is moved to another case": (
        "UPDATE name_part SET case_id = 3 WHERE kind = 'n' AND case_id = 2 AND owner_id = 4",
        "案件2020-DQ-0003人员（4）检索用的片段（人员姓名）多{}条，与名称不符。",
    ),
    "a firm by itself is taken out": (
        "DELETE FROM name_part WHERE kind = 'a' AND owner_id = 1",
        "单位（1）检索用的片段（单位首字母）少{}条，按名称查不到。",
    ),
    "a part of a case that is none": (
        "INSERT INTO name_part VALUES ('w', '某', 4000, 0)",
        "没有的案件（4000）检索用的片段（单位名称和工种）多1条，与名称不符。",
    ),
    "a part of a kind that is none": (
        "INSERT INTO name_part VALUES ('?', '某', 2, 0)",
        "案件2020-DQ-0002检索用的片段（种类不明）多1条，与名称不符。",
    ),
    "text that is none": (
        "INSERT INTO name_part VALUES ('w', CAST(x'FFFE' AS TEXT), 2, 0)",
        "案件2020-DQ-0002检索用的片段（单位名称和工种）多1条，与名称不符。",
    ),
    "all of it": ("DELETE FROM name_part", "案件2020-DQ-0001检索用的片段"),
}


@pytest.fixture
def counter(register: Register) -> Counter:
    """Three classes of two."""
    counter = Counter(register)
    for first in (0, 2, 4):
        counter.file(made_up_people(2, first))
    return counter


def found(counter: Counter) -> tuple[str, ...]:
    """What an administrator reads."""
    return whole.verify(counter.register.home, counter.day).sentences


def test_a_search_that_finds_another_than_the_names_say_is_named(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = counter.register.home.register
    assert found(counter) == ()
    honest = path.read_bytes()
    # One case a sum, and pages of a few rows: what a large register has.
    monkeypatch.setattr(parts_compared, "_TOGETHER", 1)
    monkeypatch.setattr(parts_compared, "_AT_ONCE", 7)
    assert found(counter) == ()
    for trick, (statement, sentence) in TRICKS.items():
        past_the_program(path, statement)
        before, _, after = sentence.partition("{}")
        said = [text for text in found(counter) if text.startswith(before) and text.endswith(after)]
        assert said, trick
        path.write_bytes(honest)
