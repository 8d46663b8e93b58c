"""Enter at the desk leads to what is due on a case: at every stage, whoever sits there."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import pytest

from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.printed.issue_rules import RULES
from screens.frame.catalogue import ROOMS
from screens.frame.screen import StepScreen
from screens.frame.steps import room_for
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose
from tests.support import pages
from tests.support.counter import COLLEAGUES, Counter
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

DUE = {
    "roster": (Stage.DRAFT, Stage.RETURNED),
    "learning": (Stage.CLAIM_DRAFT, Stage.CLAIM_RETURNED),
    "eligibility": (
        Stage.PRE_REVIEW,
        Stage.RECEIVED,
        Stage.ACCEPTED,
        Stage.FIRST_CHECKED,
        Stage.SECOND_CHECKED,
        Stage.CLAIM_PRE_REVIEW,
        Stage.CLAIM_RECEIVED,
        Stage.CLAIM_ACCEPTED,
        Stage.CLAIM_FIRST_CHECKED,
        Stage.CLAIM_SECOND_CHECKED,
    ),
    "approval": (Stage.AWAITING_PAPER, Stage.CLAIM_AWAITING_PAPER, Stage.OPENED, Stage.TRANSFERRED, Stage.PAID),
    "publicity": (Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED),
    "payment": (Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.RECOVERING),
    "papers": (
        Stage.REFUSED,
        Stage.CLAIM_REFUSED,
        Stage.WITHDRAWN,
        Stage.TERMINATED,
        Stage.ARCHIVED,
        Stage.RECOVERED,
    ),
    "menu": (Stage.VOIDED,),
}
"""By screen, the stages at which it is what is due."""
STAFF = ("张三", *COLLEAGUES)
"""Somebody in each role."""
NOT_DUE = frozenset({Action.WITHDRAW, Action.REOPEN, Action.RECOVER, Action.FIND_PAID, Action.FIND_BOUNCED})
"""What an applicant, a doubt or a suspicion begins, and no clerk for want of other work."""
LEADING_TO_STEPS = frozenset({"roster", "learning", "eligibility", "approval"})
"""Here a step is taken, or Ctrl+N goes on to where it is."""
OF_ROOM = {Room.PUBLICITY: "publicity", Room.PAYMENT: "payment", Room.RECOVERY: "payment"}


class NoteOfOpening(StepScreen):
    """Stands for a screen and does nothing."""

    name_in_keymap = "help"

    @property
    def pane(self) -> Pane:
        """Nothing."""
        return Prose()


@pytest.fixture
def counter(register: Register) -> Counter:
    """A case at each stage."""
    made = Counter(register)
    made.hire_colleagues()
    numbers = [made.file(made_up_people(1, place)) for place, _ in enumerate(Stage)]
    with register.writing(made.acting) as context:
        for number, stage in zip(numbers, Stage, strict=True):
            case = find(context, number)
            case.stage = stage
            context.session.add(case)
    return made


def opened_by(counter: Counter, clerk: str, monkeypatch: pytest.MonkeyPatch) -> dict[Stage, str]:
    """By stage of the case under the cursor, which screen Enter opened."""
    opened: dict[Stage, str] = {}

    def noting(room: str) -> Callable[..., StepScreen]:
        def note(number: str) -> StepScreen:
            with counter.register.reading(counter.acting) as context:
                opened[find(context, number).stage] = room
            return NoteOfOpening()

        return note

    monkeypatch.setattr(pages, "ROOMS", {name: noting(name) for name in ROOMS} | {"desk": ROOMS["desk"]})
    keys = chain.from_iterable(("enter", "escape", "down") for _ in Stage)
    pages.seen(counter.register, replace(counter, clerk=clerk), "desk", *keys)
    return opened


@pytest.mark.slow
@pytest.mark.parametrize(("clerk", "apart"), [("张三", False), *((name, True) for name in STAFF)])
def test_at_every_stage_enter_leads_everybody_to_what_is_due(
    clerk: str, apart: bool, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    if apart:
        with counter.register.writing(counter.acting) as context:
            office_settings.change(context, duties_apart=True)
    assert opened_by(counter, clerk, monkeypatch) == {stage: room for room, stages in DUE.items() for stage in stages}


@pytest.mark.parametrize("stage", Stage)
def test_what_is_due_is_where_the_table_of_moves_goes_on(stage: Stage) -> None:
    rooms = {way.room for (start, action), way in MOVES.items() if start is stage and action not in NOT_DUE}
    room = room_for(stage)
    if Room.CASE in rooms:
        assert room in LEADING_TO_STEPS
    elif room in OF_ROOM.values():
        assert room in {OF_ROOM[elsewhere] for elsewhere in rooms}
    elif room == "approval":
        assert stage is Stage.TRANSFERRED
    else:
        # Nothing moves it any more but the lifting: what it needs is a paper, and a voided case none.
        assert rooms <= {Room.LIFTING}
        assert room == ("papers" if any(stage in rule.due for rule in RULES.values()) else "menu")
