"""The settings of an office are read back to whoever sets them."""

from dataclasses import fields, replace
from typing import Any

import pytest

from pxtui.casework.office.settings import Settings

OTHERS: dict[type, Any] = {bool: True, int: 17, str: "0812-3322110"}
"""Another value than the default, by its type."""


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_told(name: str) -> None:
    before = Settings()
    changed: dict[str, Any] = {name: OTHERS[type(getattr(before, name))]}
    assert replace(before, **changed).in_words != before.in_words
