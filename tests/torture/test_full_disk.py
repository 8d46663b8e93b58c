"""A disk that is full refuses in a sentence, and whatever it refused can be done as soon as there is room."""

from pathlib import Path

import pytest

from tests.torture.acts import ACTS, Act
from tests.torture.full_disk import PAGE, act_on_full_disk, act_with_small_files, small_disk
from tests.torture.ordeal import Office

IN_THE_GATE = {"init": (0, 40 * PAGE), "payment handed over": (0, PAGE)}


@pytest.mark.terminal
@pytest.mark.parametrize("act", [act for act in ACTS if act.name in IN_THE_GATE], ids=lambda act: act.name)
def test_an_act_whose_files_may_not_grow_is_refused_and_done_later(act: Act, tmp_path: Path) -> None:
    office = Office(act, tmp_path)
    assert [fault for limit in IN_THE_GATE[act.name] for fault in act_with_small_files(office, limit)] == []


@pytest.mark.terminal
@pytest.mark.long
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_an_act_is_refused_at_every_page_of_a_disk_that_fills_up(act: Act, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "disk").mkdir()
    office = Office(act, tmp_path / "office")
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("no file system can be mounted here")
        told = act_on_full_disk(office, disk)
    assert told.faults == []
    assert told.ends > 1
