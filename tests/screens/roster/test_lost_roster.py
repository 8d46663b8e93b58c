"""A roster that a colleague held while this counter was away: looked at, read anew with F2, then keyed again."""

from collections.abc import Callable

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease, undo
from pxtui.casework.roster.undo import ChangeKind, RowChange
from tests.support.counter import Counter
from tests.support.pages import AtOnce, seen
from tests.support.rosters import made_up_people

FIRST, THEIRS, OURS = made_up_people(3)
KEYED = (f"={OURS.name}", "enter", f"={OURS.id_number}", f"={OURS.phone}")
SENTENCE = "您离线的时候李四录过这份花名册"
CHANGING = ("F4照抄", "F6导入", "F7删行", "F8撤销")


def keyed_by_a_colleague(counter: Counter, number: str, position: int) -> Callable[[], None]:
    """He takes the roster, writes one row and gives it back."""

    def act() -> None:
        colleague = Acting("李四", "dongqu", counter.acting.at, token="b")
        with counter.register.writing(colleague) as context:
            lease.take_over(context, number, "他不在")
            undo.make_all(context, number, [RowChange("b:1", ChangeKind.PUT, position, THEIRS)])
            lease.give_back(context, number)

    return act


def names(counter: Counter, number: str) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [row.name for row in roster_edits.rows(context, number)]


@pytest.fixture
def roster(register: Register) -> tuple[Counter, str]:
    """A class of one, and a colleague."""
    counter = Counter(register)
    counter.hire_colleagues()
    return counter, counter.file([FIRST])


def test_a_renewal_that_comes_too_late_shuts_the_sheet_and_f2_reads_it_anew(roster: tuple[Counter, str]) -> None:
    counter, number = roster
    apps: list[AtOnce] = []

    def renewed() -> None:
        apps[0].screen._renew()  # type: ignore[attr-defined]

    def show(*keys: str | Callable[[], object]) -> list[str]:
        apps.clear()
        return seen(counter.register, counter, ("roster", number), "", *keys, look=apps.append)

    before = show()
    assert all(label in before[-1] for label in CHANGING)
    shut = show(keyed_by_a_colleague(counter, number, 0), renewed, "")
    assert SENTENCE in shut[-2]
    assert "按F2" in shut[-2]
    assert "只能查看" in shut[3]
    assert not any(label in shut[-1] for label in CHANGING)


def test_a_row_that_was_refused_shuts_the_sheet_and_is_stored_once_the_others_were_seen(
    roster: tuple[Counter, str],
) -> None:
    counter, number = roster
    meanwhile = keyed_by_a_colleague(counter, number, 1)
    room = ("roster", number)
    refused = seen(counter.register, counter, room, "down", meanwhile, *KEYED, "", "=a")
    assert SENTENCE in refused[-2]
    assert "1处没有存下" in refused[3]
    assert names(counter, number) == [FIRST.name, THEIRS.name]


def test_what_was_not_taken_goes_in_with_f5_after_the_roster_was_read_anew(roster: tuple[Counter, str]) -> None:
    counter, number = roster
    room = ("roster", number)
    meanwhile = keyed_by_a_colleague(counter, number, 1)
    anew = seen(counter.register, counter, room, "down", meanwhile, *KEYED, "", "f2", "")
    assert THEIRS.name in "".join(anew)
    assert "1处没有存下，按F5再存" in anew[3]
    assert all(label in anew[-1] for label in CHANGING)
    assert names(counter, number) == [FIRST.name, THEIRS.name]
    meanwhile = keyed_by_a_colleague(counter, number, 1)
    seen(counter.register, counter, room, "down", "down", meanwhile, *KEYED, "", "f2", "", "f5", "")
    assert names(counter, number) == [FIRST.name, THEIRS.name, OURS.name]


@pytest.mark.parametrize("room", ["roster", "intake"])
def test_what_is_only_looked_at_offers_no_key_that_changes_it(room: str, roster: tuple[Counter, str]) -> None:
    counter, number = roster
    offered = seen(counter.register, counter, (room, number))[-1]
    counter.do(number, Action.SUBMIT)
    looked_at = seen(counter.register, counter, (room, number))[-1]
    of_changes = ("F4", "F6", "F7", "F8", "F11")
    assert any(key in offered for key in of_changes)
    assert not any(key in looked_at for key in of_changes)
