"""Nobody is granted without a name, however the row came in."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.parameters import shipped_rulebook
from tests.support.counter import ANSWER, Counter
from tests.support.rosters import made_up_people

PASSING = Path(__file__).parents[2] / "data" / "bundles" / "bundle-00005.json"
PEOPLE = made_up_people(3)
NAMELESS = [PEOPLE[0], replace(PEOPLE[1], name=" \u200b"), PEOPLE[2]]


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def test_a_roster_with_a_row_without_name_is_not_submitted(counter: Counter) -> None:
    number = counter.file(NAMELESS)
    with pytest.raises(PxtuiError, match="第2号没有姓名（共1人），请照身份证补填"):
        counter.do(number, Action.SUBMIT)


def test_the_sheet_says_that_a_row_has_no_name(counter: Counter) -> None:
    number = counter.file(NAMELESS)
    with counter.register.reading(counter.acting) as context:
        verdicts = eligibility.row_verdicts(context, number)
        near = eligibility.verdicts_near(context, number, 1, [PEOPLE[1].id_number])
    assert (verdicts[1].word, verdicts[1].messages[0]) == ("不符", "没有姓名，请照身份证补填。")
    assert near[1] == verdicts[1]
    assert verdicts[0].word != "不符"


def test_a_bundle_with_a_row_without_name_is_not_approved(counter: Counter) -> None:
    text = PASSING.read_text(encoding="utf-8")
    application = read_bundle(text, shipped_rulebook().latest)
    roster = tuple(replace(trainee, name="") for trainee in application.roster)
    counter.day = application.decided_on
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.import_bundle(context, replace(application, roster=roster))
        judgement = eligibility.check(context, number)
    assert judgement.passes
    with pytest.raises(PxtuiError, match="号等没有姓名（共9人）"):
        counter.do(number, Action.APPROVE, opinion=ANSWER)
