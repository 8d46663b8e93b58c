"""A dot in a name is one dot, whichever key or web page it came from."""

import pytest

from pxtui.identifiers.person_name import DOTS, same_name, without_dots, written


@pytest.mark.parametrize("dot", [*DOTS, ".", "．", "﹒"])
def test_every_dot_between_characters_becomes_the_dot_of_the_identity_card(dot: str) -> None:
    assert written(f"沙玛{dot}阿果") == "沙玛·阿果"
    assert same_name(f"沙玛{dot}阿果", "沙玛·阿果")
    assert same_name(f"沙玛{dot}阿果", "沙玛阿果")


@pytest.mark.parametrize("name", ["John F. Kennedy", "李.", ".李", "3.5", "李四", "𠮷野", ""])
def test_a_point_that_stands_between_no_characters_is_left_alone(name: str) -> None:
    assert written(name) == name


def test_a_rare_character_is_a_character() -> None:
    assert written("𠮷木.阿果") == "𠮷木·阿果"


@pytest.mark.parametrize(("one", "other"), [("沙玛·阿果", "沙玛·阿国"), ("", ""), ("·", "●"), ("李四", "李 思")])
def test_other_names_stay_others(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_blanks_and_width_are_folded_too() -> None:
    assert without_dots("沙玛 ˙ ＡＢ") == "沙玛AB"
