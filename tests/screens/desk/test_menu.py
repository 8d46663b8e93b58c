"""F10: the key before a step leads to one screen, whatever the stage of the case."""

from screens.desk.menu import _CLAIM_STEPS, _OPENING_STEPS
from screens.frame.rail import STEPS

_IN_THE_RAIL = {
    "intake": "受理",
    "roster": "花名册",
    "approval": "开班审批",
    "learning": "学习记录",
    "claim": "补贴申请",
    "publicity": "公示",
    "payment": "拨付",
}


def test_a_key_of_the_menu_means_one_screen_at_every_stage() -> None:
    rooms: dict[str, set[str]] = {}
    for label, room in (*_OPENING_STEPS, *_CLAIM_STEPS):
        rooms.setdefault(label[0], set()).add(room)
    assert {key: found for key, found in rooms.items() if len(found) > 1} == {}


def test_a_digit_of_the_menu_is_the_one_of_the_step_rail() -> None:
    for label, room in (*_OPENING_STEPS, *_CLAIM_STEPS):
        if label[0].isdigit() and room in _IN_THE_RAIL:
            assert STEPS[int(label[0]) - 1] == _IN_THE_RAIL[room]
    assert [label[0] for label, room in (*_OPENING_STEPS, *_CLAIM_STEPS) if room == "eligibility"] == ["3", "7"]
    assert (STEPS[2], STEPS[6]) == ("审查", "审核")
