"""Keys faster than the archive, and a program that is ended at any moment: what was acknowledged is there.

The full ordeals: `make bench` and `python -m tests.bench kills`.
"""

from pathlib import Path

from tests.support.endurance import SLOW_COMMAND, end_at_random_moments, type_at_pace
from tests.support.rosters import office_with_roster


def test_twenty_keys_a_second_reach_a_slow_archive_as_they_were_typed(tmp_path: Path) -> None:
    pace = type_at_pace(office_with_roster(tmp_path, []), seconds=2, warm=True)
    assert pace.stored == pace.typed
    assert pace.told_too_early == 0


def test_no_end_of_the_program_takes_an_acknowledged_row_with_it(tmp_path: Path) -> None:
    told = end_at_random_moments(office_with_roster(tmp_path, []), ends=6, seed=7, warm=True)
    assert told.faults == []
    assert told.rows > 0
    assert told.drafts > 0


def test_rows_on_their_way_into_a_slow_archive_come_back_with_the_draft(tmp_path: Path) -> None:
    told = end_at_random_moments(office_with_roster(tmp_path, []), ends=2, seed=11, command=SLOW_COMMAND, warm=True)
    assert told.faults == []
    assert told.rows > 0
