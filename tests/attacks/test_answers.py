"""Acts that went through in silence: over a warning, after an objection, behind a check, twice."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import standing
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import ApplicationKind, Trainee
from tests.policy.test_bundles import BUNDLES
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

OPENING_BUNDLE = BUNDLES / "bundle-00006.json"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def strict(counter: Counter) -> Counter:
    """An office that wants its duties apart."""
    counter.hire_colleagues()
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    return counter


def approved(counter: Counter, number: str) -> frozenset[int]:
    with counter.register.reading(counter.acting) as context:
        return roster_edits.approved_seqs(context, find(context, number), ApplicationKind.OPENING)


def with_a_wrong_phone(heads: int = 3) -> list[Trainee]:
    first, *others = made_up_people(heads)
    return [replace(first, phone="123"), *others]


def test_approved_over_a_warning_in_silence(counter: Counter) -> None:
    number = counter.file(with_a_wrong_phone())
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="1项"):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.RECEIVED


def test_approved_again_unchanged_after_an_upheld_objection(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], context.today)
        objections.receive(context, number, "名单有误")
    with counter.register.writing(replace(counter.acting, name="李四")) as context:
        objections.decide(context, number, "第2号没有参训", upheld=True)
    with pytest.raises(PxtuiError, match="第2号没有参训"):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.CLAIM_RECEIVED


def test_a_deduction_slipped_in_after_the_second_check(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    strict.day = date(2020, 4, 3)
    strict.do(number, Action.CLAIM)
    strict.enter_claim(number)
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    with strict.register.writing(strict.acting) as context:
        deductions_by_hand.deduct(context, number, 2, "21", "没有参训")
    with pytest.raises(PxtuiError, match="待复核"):
        strict.do(number, Action.APPROVE, by="王五")


def test_people_swapped_after_the_approval_by_one_clerk(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    with strict.register.writing(strict.acting) as context:
        wanted = ClassChange(joining=made_up_people(1, 50), leaving=frozenset({2}))
        class_changes.change(context, number, wanted, "企业申请")
    assert approved(strict, number) == {1, 2, 3}


def test_the_same_class_filed_twice(counter: Counter) -> None:
    first = counter.file()
    again = counter.file(made_up_people(3, 20))
    other = counter.file(made_up_people(3, 40), occupation="电工")
    with counter.register.reading(counter.acting) as context:
        assert standing.standing(context, first).notes == ()
        assert standing.standing(context, other).notes == ()
        assert first in standing.standing(context, again).notes[0]


def test_the_same_bundle_imported_twice(counter: Counter, tmp_path: Path) -> None:
    with counter.register.writing(counter.acting) as context:
        first = opening_filing.import_file(context, OPENING_BUNDLE)
    copy = tmp_path / "renamed.json"
    copy.write_bytes(OPENING_BUNDLE.read_bytes())
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match=first):
        opening_filing.import_file(context, copy)
