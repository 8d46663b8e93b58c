"""PgDn goes through a form page by page: whoever reads along has seen every field that is asked for."""

from collections.abc import Set

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from screens.entry.fields import Field
from screens.widgets.form import Form

HEIGHT = 12


class FormOfTwelveLines(Form):
    """A form that stands on no screen."""

    @property
    def size(self) -> Size:
        """Of its own."""
        return Size(80, HEIGHT)


def form(count: int, unasked: Set[int]) -> FormOfTwelveLines:
    """A form of so many fields, of which some are not asked for."""
    fields = [
        Field(f"field{place}", f"第{place}栏", 20, applies=(lambda _: False) if place in unasked else None)
        for place in range(count)
    ]
    return FormOfTwelveLines(fields, {}, lambda _: None)


def in_sight(shown: Form) -> set[int]:
    """The places of the fields that are drawn."""
    drawn = ["".join(text for text, _ in shown.pieces(y)) for y in range(HEIGHT)]
    return {place for place in range(len(shown.engine.fields)) for line in drawn if line.startswith(f" 第{place}栏 ")}


@st.composite
def forms(draw: st.DrawFn) -> FormOfTwelveLines:
    count = draw(st.integers(1, 60))
    return form(count, draw(st.sets(st.integers(1, count))) if count > 1 else set())


@given(forms(), st.integers(0, 30))
def test_from_wherever_pgdn_begins_every_field_behind_that_is_asked_for_comes_into_sight(
    shown: FormOfTwelveLines, downs: int
) -> None:
    for _ in range(downs):
        shown.press("down")
    begun, seen = shown.engine.index, in_sight(shown)
    for _ in shown.engine.fields:
        shown.press("pagedown")
        seen |= in_sight(shown)
    assert shown.engine.index == shown.engine.visited[-1]
    assert seen >= {place for place in shown.engine.visited if place >= begun}


@given(forms())
def test_pgup_comes_back_by_every_field(shown: FormOfTwelveLines) -> None:
    shown.press("ctrl+end")
    seen = in_sight(shown)
    for _ in shown.engine.fields:
        shown.press("pageup")
        seen |= in_sight(shown)
    assert shown.engine.index == shown.engine.visited[0]
    assert seen >= set(shown.engine.visited)


def test_a_page_is_as_far_as_one_sees() -> None:
    shown = form(40, set())
    shown.press("pagedown")
    assert shown.engine.index == 10
    shown.press("pageup")
    assert shown.engine.index == 0


def test_a_field_alone_among_others_that_are_not_asked_for_is_not_passed_over() -> None:
    shown = form(40, {*range(13, 17), *range(18, 26)})
    for _ in range(12):
        shown.press("down")
    assert (shown.engine.index, max(in_sight(shown))) == (12, 14)
    shown.press("pagedown")
    assert shown.engine.index == 17
    shown.press("pagedown")
    assert shown.engine.index == 27
