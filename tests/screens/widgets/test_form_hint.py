"""What the foot of a form offers is offered whole, also where it is drawn in another spelling than it was written."""

import pytest
from textual.geometry import Size

from screens.entry.fields import Field
from screens.terminal.plain import CUT
from screens.widgets.form import Form


class FormOnEightyColumns(Form):
    """A form that stands on no screen."""

    @property
    def size(self) -> Size:
        """Of its own."""
        return Size(80, 12)


@pytest.mark.parametrize("label", ["甲…乙", "甲．乙．丙", "甲•乙‧丙・丁", "甲乙"])
def test_as_many_are_offered_as_there_is_room_for_when_they_are_drawn(label: str) -> None:
    form = FormOnEightyColumns([Field("provider", "服务单位", 40), Field("more", "其他", 40)], {}, lambda _: None)
    form.offer("provider", [(f"{place}", f"{label}{place}") for place in range(1, 10)])
    hint = "".join(text for text, _ in form.pieces(11)).rstrip()
    assert CUT not in hint
    assert hint.startswith("1甲")
