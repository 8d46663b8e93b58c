"""What a colleague proposed, and what waits for the head, is made to vanish by who neither proposed nor decides it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.decision import class_changes, corrections
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.exchange import source_changes
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from pxtui.casework.people import past_trainings
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import AFTER_THE_CLASS, ANSWER
from tests.support.pay_desk import CLAIM_FEN, PayDesk, paid
from tests.support.rosters import made_up_people

PERSON = made_up_people(1)[0].id_number
JANUARY = date(2020, 1, 6)
CLERK, REVIEWER, HEAD, ADMINISTRATOR = "张三", "李四", "王五", "赵六"


@dataclass(frozen=True)
class Proposal:
    """What waits for the head."""

    proposer: str
    before: Callable[[PayDesk, Path], str]
    """Brings a case to where it is proposed; its number."""
    propose: Callable[[Context, str], object]
    drop: Callable[[Context, str], object]


def _opened(counter: PayDesk, folder: Path) -> str:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    return number


def _granted(counter: PayDesk, folder: Path) -> str:
    number = counter.file()
    counter.granted(number)
    return number


def _paid(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(folder, number), paid(number))
    return number


def _listed(counter: PayDesk, folder: Path) -> str:
    told = PastTraining(PERSON, "车工", Level.FIVE, JANUARY, JANUARY, Delivery.OFFLINE, True, True)
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [told], source="市清单.csv")
    return ""


PROPOSALS = {
    "a training to be struck": Proposal(
        ADMINISTRATOR,
        _listed,
        lambda context, number: source_changes.strike_training(context, PERSON, JANUARY, "不是此人"),
        lambda context, number: source_changes.drop(context, source_changes.waiting(context)[0].id, "再核对"),
    ),
    "a class to be changed": Proposal(
        CLERK,
        _opened,
        lambda context, number: class_changes.change(
            context, number, ClassChange(ends_on=AFTER_THE_CLASS), "企业申请", "已核实"
        ),
        lambda context, number: class_changes.drop(context, number, "再核对"),
    ),
    "a field to be put right": Proposal(
        CLERK,
        _granted,
        lambda context, number: corrections.correct(context, number, "voucher-day:1", "2020-03-20", "看错"),
        lambda context, number: corrections.drop(context, number, "再核对"),
    ),
    "money to be ordered back": Proposal(
        CLERK,
        _paid,
        lambda context, number: recovery.order(context, number, CLAIM_FEN, "查实"),
        lambda context, number: recovery.drop(context, number, "再核对"),
    ),
}


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.mark.parametrize("by_the_head", [True, False], ids=["head", "proposer"])
@pytest.mark.parametrize("named", PROPOSALS)
def test_proposal_of_a_colleague_dropped_by_a_third(
    counter: PayDesk, tmp_path: Path, named: str, by_the_head: bool
) -> None:
    """The head turns it down, or the proposer takes it back; nobody else does."""
    proposal = PROPOSALS[named]
    number = proposal.before(counter, tmp_path)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with counter.register.writing(replace(counter.acting, name=proposal.proposer)) as context:
        proposal.propose(context, number)
    with (
        pytest.raises(PxtuiError, match=f"由提出人{proposal.proposer}或负责人办理"),
        counter.register.writing(replace(counter.acting, name=REVIEWER)) as context,
    ):
        proposal.drop(context, number)
    with counter.register.writing(replace(counter.acting, name=HEAD if by_the_head else proposal.proposer)) as context:
        proposal.drop(context, number)
    with (
        pytest.raises((PxtuiError, IndexError)),
        counter.register.writing(replace(counter.acting, name=HEAD)) as context,
    ):
        proposal.drop(context, number)
