"""A command tells what is stored: neither before it is, nor is anything undone by who does not listen."""

import sys
from io import StringIO

import pytest

from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.commands.session import reading, writing
from pxtui.home import Home
from tests.conftest import empty_register


class Gone(StringIO):
    """A pipe whose reader has gone."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_what_is_done_stays_done_when_the_reader_has_gone(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    empty_register(place).close()
    monkeypatch.setenv("PXTUI_HOME", str(place.root))
    monkeypatch.setattr(sys, "stdout", Gone())
    with pytest.raises(BrokenPipeError), writing("张三") as context:
        print(members.add(context, "李四", Role.REVIEWER))
    with reading() as context:
        assert members.names(context) == ("张三", "李四")
