"""A register with an office key, whose private part lies on a stick."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pxtui.casework.keeping import office_key
from pxtui.casework.office.register import Register
from tests.conftest import ACTING


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder off the machine."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def private(register: Register, stick: Path) -> X25519PrivateKey:
    """The office key, made and read back."""
    with register.writing(ACTING) as context:
        office_key.create(context, stick / "private.txt")
    return office_key.read_private(stick / "private.txt", lambda: "")
