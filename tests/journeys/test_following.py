"""What another counter stores comes upon the screen by itself: without a key, and in nobody's way."""

from datetime import date
from pathlib import Path

from pxtui.casework.office.register import open_register
from pxtui.casework.people import reveals
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.rosters import NUMBER, made_up_people, office_with_roster
from tests.support.terminal_counter import counter

A_LINE = 300
"""Bytes: a line of the list, a number of the queues and a number in the title."""


def test_the_desk_shows_what_a_colleague_files_while_a_search_is_being_typed(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    with counter(office) as terminal:
        terminal.wait_for("录入1")
        terminal.type("周强")
        terminal.wait_for("周强")
        terminal.settle()
        colleague = Counter(open_register(Home(office / "data"), NOW))
        before, cursor = terminal.received, terminal.cursor
        # Nothing of this stands on the desk.
        with colleague.register.writing(colleague.acting) as context:
            reveals.note_search(context, "510402198001010018")
        other = colleague.file(starts_on=date(2020, 4, 1))
        terminal.wait_for(other)
        terminal.wait_for("录入2")
        terminal.settle()
        assert terminal.received - before < A_LINE
        assert terminal.shows("周强")
        assert terminal.cursor == cursor
        terminal.key("escape", "enter")
        terminal.wait_for(NUMBER)
        colleague.register.close()
