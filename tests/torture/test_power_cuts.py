"""The power cut after any write: what was said to stand does, and the chain is whole."""

import shutil
from pathlib import Path

import pytest

from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.pay_desk import PayDesk
from tests.torture.power_cuts import STRACE, Cuts, calls_of, cut_everywhere

SEEDS = 10


def cut(folder: Path, seeds: int, every: int) -> Cuts:
    office, before = folder / "office", folder / "before"
    register = empty_register(Home(office / "data"))
    PayDesk(register).hire_colleagues()
    register.close()
    shutil.copytree(office, before)
    return cut_everywhere(before, office, calls_of(office, folder / "calls"), seeds, folder / "cut", every)


@pytest.mark.long
@pytest.mark.skipif(STRACE is None, reason="no strace on this machine")
def test_the_power_cut_after_any_write_loses_nothing_that_was_said_to_stand(tmp_path: Path) -> None:
    told = cut(tmp_path, SEEDS, 1)
    assert told.faults == []
    assert told.cuts > 10_000
