"""Records beside a roster, rows without a number, and changes that hang together."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.claim import deductions_by_hand, platform_records
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.edits import Manner
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def begun_claim(counter: Counter) -> str:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    return number


def test_who_is_in_the_roster_or_in_the_records_alone_is_told(counter: Counter, tmp_path: Path) -> None:
    number = begun_claim(counter)
    known, stranger = made_up_people(1)[0], made_up_people(1, 50)[0]
    path = tmp_path / "平台.csv"
    lines = [f"{person.name},{person.id_number},2020-03-21 08:00,90" for person in (known, stranger)]
    path.write_text("\n".join(["姓名,身份证号,签到时间,学习时长", *lines]), encoding="utf-8")
    reading = platform_records.read_files([path], office=tmp_path / "none.toml")
    assert [line.place for line in reading.lines] == ["第2行", "第3行"]
    with counter.register.reading(counter.acting) as context:
        outlook = platform_records.outlook(context, number, reading)
        assert platform_records.platform_of(context, number) is None
    assert [told.split("（")[0] for told in outlook.strangers] == [stranger.name]
    assert len(outlook.unrecorded) == 2
    assert all(person.name in told for person, told in zip(made_up_people(3)[1:], outlook.unrecorded, strict=True))


def test_a_row_without_a_number_is_taken_off_by_the_check_and_not_by_hand(counter: Counter) -> None:
    number = begun_claim(counter)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        people = list(roster_edits.rows(context, number))
        roster_edits.replace_all(context, number, [replace(people[0], id_number=""), *people[1:]])
    counter.do(number, Action.SUBMIT)
    with (
        pytest.raises(PxtuiError, match="第1号没有身份证号，审查已经核减"),
        counter.register.writing(counter.acting) as context,
    ):
        deductions_by_hand.deduct(context, number, 1, "05", "电话核实")


def test_a_row_that_was_joined_to_the_one_before_is_taken_back_with_it(counter: Counter) -> None:
    number = counter.file()
    first, second = made_up_people(2, 20)
    with counter.register.writing(counter.acting) as context:
        roster_edits.put_row(context, number, 0, first)
        roster_edits.put_row(context, number, 1, second, manner=Manner.JOINED)
        made = roster_undo.undoable(context, number).changes
    assert [(change.position, change.joined) for change in made] == [(0, False), (1, True)]


def test_changes_of_the_opening_s_roster_are_not_taken_back_at_the_claim(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        roster_edits.put_row(context, number, 0, replace(made_up_people(1)[0], phone="13900000000"))
        assert len(roster_undo.undoable(context, number).changes) == 1
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    with counter.register.reading(counter.acting) as context:
        assert roster_undo.undoable(context, number) == roster_undo.Undoable((), None)
