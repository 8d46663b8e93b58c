"""The pictures on the first page are the screens as they are now."""

from pathlib import Path

import pytest

from tests.support.practice import practice_home
from tools.manual import pictures

KEPT = Path(__file__).parents[2] / "docs" / "pictures"


def test_the_pictures_of_the_first_page_show_the_screens_as_they_are(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn = pictures.made(practice_home(tmp_path / "practice", tmp_path_factory), pictures.README)
    kept = {name: (KEPT / f"{name}.svg").read_text("utf-8") for name in drawn}
    assert kept == drawn, "请看过屏幕后运行 make pictures"
    assert sorted(file.stem for file in KEPT.iterdir()) == sorted(drawn)


def test_a_picture_is_small_and_asks_no_other_host() -> None:
    for file in KEPT.iterdir():
        text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert len(text) < 20_000
        assert "http" not in text
        assert "<title>" in text
