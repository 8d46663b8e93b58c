"""What whoever decides reads over the form: everything that stands open, and each of it once."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.check import eligibility, standing
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.standing import Standing
from pxtui.casework.decision import amounts
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.policy.judgement import Judgement
from screens.decision.approval import decision_paragraphs
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


def read_by_whoever_decides(counter: Counter, number: str) -> tuple[list[str], Standing, Judgement]:
    """The paragraphs, with what they are made of."""
    with counter.register.reading(counter.acting) as context:
        overview = eligibility.overview(context, number)
        sheet = amounts.decision_sheet(context, number, overview)
        changes, found = check_frozen.since_last(context, number), standing.standing(context, number)
    paragraphs = decision_paragraphs(overview, sheet, changes, found, ())
    return [text if isinstance(text, str) else text[0] for text in paragraphs], found, overview.judgement


@pytest.fixture
def returned(register: Register) -> tuple[Counter, str]:
    """A late opening that came back once: one trainee is blocked, one without a right phone, one with a wrong sex."""
    counter = Counter(register)
    people = made_up_people(4)
    people[1] = replace(people[1], phone="123")
    people[2] = replace(people[2], sex="男" if people[2].id_number[16] in "02468" else "女")
    people[3] = replace(people[3], id_number="510402198001010011")
    number = counter.file(people, starts_on=date(2020, 3, 10))
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="第二人的电话请核对")
    counter.do(number, Action.SUBMIT)
    return counter, number


def test_each_open_point_stands_once_and_numbered(returned: tuple[Counter, str]) -> None:
    lines, found, _ = read_by_whoever_decides(*returned)
    assert len(found.points) >= 4
    for seq, point in enumerate(found.points, start=1):
        assert [line for line in lines if point in line] == [f"{seq} {point}"]
    assert f"同意须在意见里书面答复以下{len(found.points)}项：" in lines


def test_each_finding_stands_once_the_answered_ones_among_the_points(returned: tuple[Counter, str]) -> None:
    lines, _, judgement = read_by_whoever_decides(*returned)
    assert {finding.blocks for finding in judgement.findings} == {True, False}
    for finding in judgement.findings:
        who = f"第{finding.seq}号：" if finding.seq is not None else ""
        (line,) = [line for line in lines if who + finding.message in line]
        assert line.endswith(finding.message) or line.endswith(f"（通知{finding.clause}）")
    assert "核减的人员" in lines
    assert "要注意的人员" not in lines


def test_what_it_came_back_for_is_not_told_twice(returned: tuple[Counter, str]) -> None:
    lines, found, _ = read_by_whoever_decides(*returned)
    assert sum("第二人的电话请核对" in line for line in lines) == 1
    assert len(lines) == len(set(lines))
    assert all(sum(note in line for line in lines) == 1 for note in (*found.notes, *found.steps_back))
