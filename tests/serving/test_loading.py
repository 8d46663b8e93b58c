"""What the resident parent imports."""

from pathlib import Path

import pytest

from pxtui.serving.loading import _load


def test_what_stands_on_an_extra_that_is_not_installed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "stands_on_an_extra.py").write_text("import no_such_library")
    _load("stands_on_an_extra")
    (tmp_path / "is_not_whole.py").write_text("import pxtui.no_such_module")
    with pytest.raises(ModuleNotFoundError):
        _load("is_not_whole")
