"""Names of firms in a column: what most of them share gives way first, what tells them apart stays."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import set_cell_size

from pxtui.identifiers.firm_name import without_city
from screens.terminal.plain import CUT, fitted, plain
from screens.widgets.pane import cells


def shortened(names: Sequence[str], width: int) -> list[str]:
    """Each of `names` in at most `width` cells, in their order; different names stay different where they can.

    A name that has room stays whole. Without room its city goes, then its end; where two names would look alike, each
    keeps its beginning and its end. A name may follow a word and a blank, as after a person: 陈志强 攀枝花市恒力机械.
    """
    different = list(dict.fromkeys(names))
    forms = {name: _forms(name, width) for name in different}
    chosen = {name: next(forms[name]) for name in different}
    for _ in range(_FORMS):
        looks = Counter(chosen.values())
        alike = [name for name in different if looks[chosen[name]] > 1]
        if not alike:
            break
        for name in alike:
            chosen[name] = next(forms[name], chosen[name])
    return [chosen[name] for name in names]


_FORMS = 3
"""How many forms a name without room has."""


def _forms(name: str, width: int) -> Iterator[str]:
    """The forms of a name, the best first: each is taken where the one before looks like another name's."""
    shown = plain(name)
    if cells(shown) <= width:
        return iter((shown,))
    person, blank, firm = shown.rpartition(" ")
    short = person + blank + without_city(firm)
    if cells(short) <= width:
        return iter((short, _both_ends(shown, width)))
    return iter((fitted(short, width).rstrip(), _both_ends(short, width), _both_ends(shown, width)))


def _both_ends(text: str, width: int) -> str:
    """The beginning and the end of a text, with a mark between them."""
    room = width - cells(CUT)
    if room < cells(CUT):
        return fitted(text, width)
    ahead = set_cell_size(text, room - room // 2).rstrip()
    behind = text
    while cells(behind) > room - cells(ahead):
        behind = behind[1:]
    return ahead + CUT + behind
