"""Lines of a list go with its term; that somebody was compared with it, and what was decided, stays with the case."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.chain.walk import verify
from db.models import ListKind, OutsideAnswer, OutsideComparison, OutsideList, OutsidePart
from pxtui.casework.keeping import erasure, retention
from pxtui.casework.keeping.retention import Kind
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.outside_lists import deciding, shown
from pxtui.errors import NotAllowed
from tests.support.counter import ANSWER, Counter
from tests.support.outside_lists import UNTIL, imported, written
from tests.support.rosters import made_up_people

HONEST, HIT = made_up_people(2)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def number(counter: Counter, tmp_path: Path) -> str:
    """A case whose second trainee draws a pension and was decided on."""
    filed = counter.file([HONEST, HIT])
    imported(counter, ListKind.PENSIONERS, written(tmp_path, ["身份证号", HIT.id_number]))
    with counter.register.writing(counter.acting) as context:
        deciding.decide(context, filed, ListKind.PENSIONERS, HIT.seq, stands=True, reason="社保局回函")
    return filed


def test_lines_and_key_go_on_the_day_after_the_term_and_the_comparison_stays(counter: Counter, number: str) -> None:
    counter.do(number, Action.SUBMIT, Action.REFUSE, opinion="不符")
    counter.day = UNTIL
    assert retention.run(counter.register, counter.acting) == ()
    counter.day = date(2020, 7, 1)
    assert [(due.kind, due.what) for due in retention.run(counter.register, counter.acting)] == [
        (Kind.LISTS, "养老待遇领取（市社保局2020-03-01）")
    ]
    assert retention.run(counter.register, counter.acting) == ()
    with counter.register.reading(counter.acting) as context:
        assert context.session.exec(select(OutsidePart)).all() == []
        found = context.session.exec(select(OutsideList)).one()
        assert (found.secret, found.words, found.lines) == (b"", b"", 1)
        _, told = shown.of_case(context, number)
    assert verify(counter.register.home.register, counter.register._archive.vault).is_whole
    assert told == {
        HONEST.seq: "已比对：养老待遇领取（市社保局2020-03-01）2020-03-16比对，无命中。",
        HIT.seq: "已比对：养老待遇领取（市社保局2020-03-01）2020-03-16比对，命中。",
    }


def test_what_a_step_decides_is_noted_with_those_who_stand_in_the_roster_then(counter: Counter, tmp_path: Path) -> None:
    filed = counter.file([HONEST])
    imported(counter, ListKind.DEATHS, written(tmp_path, [HIT.id_number]))
    with counter.register.reading(counter.acting) as context:
        (before,) = context.session.exec(select(OutsideComparison)).all()
    counter.day = date(2020, 3, 17)
    assert counter.do(filed, Action.SUBMIT, Action.APPROVE, opinion=ANSWER) is Stage.OPENED
    with counter.register.reading(counter.acting) as context:
        (after,) = context.session.exec(select(OutsideComparison)).all()
    assert (before.compared_on, after.compared_on, after.people, after.hits) == (
        date(2020, 3, 16),
        date(2020, 3, 17),
        1,
        0,
    )


def test_of_a_case_that_is_erased_nothing_of_its_people_stays_in_comparisons(counter: Counter, number: str) -> None:
    counter.do(number, Action.SUBMIT, Action.REFUSE, opinion="不符")
    with counter.register.writing(counter.acting) as context:
        erasure.erase(context, find(context, number))
    with counter.register.reading(counter.acting) as context:
        answer = context.session.exec(select(OutsideAnswer)).one()
        assert (answer.id_key, answer.reason, answer.evidence) == (None, b"", b"")
        assert all(row.told == b"" for row in context.session.exec(select(OutsideComparison)))


def test_an_administrator_imports_lists_and_sees_whom_none_has(counter: Counter, number: str) -> None:
    counter.hire_colleagues()
    counter.clerk = "赵六"
    with counter.register.reading(counter.acting) as context:
        (found,) = shown.lists(context)
        assert found.hits == 1
        with pytest.raises(NotAllowed, match="不看个人信息"):
            shown.hits(context, found.id)
        with pytest.raises(NotAllowed, match="不看个人信息"):
            shown.of_case(context, number)


def test_no_number_stands_in_what_is_kept_of_a_list(counter: Counter, number: str) -> None:
    with counter.register.reading(counter.acting) as context:
        for part in context.session.exec(select(OutsidePart)):
            assert HIT.id_number.encode() not in part.entries
        (hit,) = shown.hits(context, 1)
    assert (hit.number, hit.masked_number, hit.state) == (number, "510402********0019", "属实")
    assert hit.answer is not None
    assert "张三认定属实：社保局回函" in hit.answer.sentence
