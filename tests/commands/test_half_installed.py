"""A program of which a part is missing: a clerk gets a number for the administrator, and no traceback."""

import sys
from pathlib import Path

import pytest

from pxtui.cli import run


@pytest.mark.parametrize("part", ["pxtui.commands.output", "pxtui.commands.entry"])
def test_a_part_that_is_missing_has_a_number(
    part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PXTUI_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, part, None)
    assert run(["case", "list"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "程序出错（编号" in told.err
    assert "Traceback" not in told.err


def test_a_fault_before_the_command_begins_has_a_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_words: list[str]) -> int:
        raise RuntimeError

    monkeypatch.setenv("PXTUI_HOME", str(tmp_path))
    monkeypatch.setattr("pxtui.cli._run", broken)
    assert run(["case", "list"]) == 2
    assert "程序出错（编号" in capsys.readouterr().err
