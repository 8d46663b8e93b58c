"""The materials of an application as a paper lists them: in which form, how many, and whether they were handed in."""

from pxtui.casework.check import checklist
from pxtui.casework.check.checklist import MaterialItem
from pxtui.casework.opening import copies
from pxtui.casework.printed.asking import Asking
from pxtui.papers.writing.wording import Filling
from pxtui.policy import words
from pxtui.policy.facts import ApplicationKind, Material

Line = dict[str, Filling]

_ORIGINAL, _COPY, _EITHER = "原件", "复印件", "□原件　□复印件"
_FORMS = {
    Material.ATTACHMENT_1: _ORIGINAL,
    Material.ATTACHMENT_2: _ORIGINAL,
    Material.ATTACHMENT_3: _ORIGINAL,
    Material.ATTACHMENT_4: _ORIGINAL,
    Material.BUSINESS_LICENCE: _COPY,
    Material.LABOUR_CONTRACTS: _COPY,
}
"""Where the notice (四) says; of the others it leaves open which."""


def required(asking: Asking) -> tuple[Material, ...]:
    """What must be handed in with the application that the case is at."""
    return checklist.required(asking.application, asking.context.rulebook)


def handed_in(asking: Asking) -> frozenset[Material]:
    """What was handed in with the application that the case is at."""
    return asking.application.materials


def missing(asking: Asking) -> list[Material]:
    """What must still be handed in."""
    received = handed_in(asking)
    return [material for material in required(asking) if material not in received]


def too_few(asking: Asking) -> list[MaterialItem]:
    """Of what fewer copies were counted than there are people."""
    return [item for item in _items(asking) if item.short]


def expected_and_received(asking: Asking) -> list[Line]:
    """A line for all that is required, and for what was handed in beside it."""
    return [
        _line(seq, item.material, item.wanted, item.is_handed_in)
        | {"remark": None if item.copies is None else f"收{item.copies}份"}
        for seq, item in enumerate(_items(asking), start=1)
    ]


def received_so_far(asking: Asking) -> list[Line]:
    """A line for all that was handed in since the case began."""
    case = asking.case
    received = frozenset(map(Material, (*case.opening_materials, *case.claim_materials)))
    counted = copies.counted(asking.context, case, ApplicationKind.OPENING)
    return [
        _line(seq, material, counted.get(material, how_many(asking, material)), True)
        for seq, material in enumerate((one for one in Material if one in received), start=1)
    ]


def how_many(asking: Asking, material: Material) -> int | None:
    """The copies that are wanted; None: not known before the roster is."""
    return checklist.how_many(asking.case, asking.application, material)


def asked_for(asking: Asking, material: Material) -> str:
    """How many of what: 原件2份, 复印件每人1份."""
    count = how_many(asking, material)
    return f"{_FORMS.get(material, '')}{'每人1份' if count is None else f'{count}份'}"


def _items(asking: Asking) -> tuple[MaterialItem, ...]:
    return checklist.of_application(asking.context, asking.case, asking.application)


def _line(seq: int, material: Material, number: int | None, is_handed_in: bool) -> Line:
    return {
        "seq": seq,
        "material": words.MATERIALS[material],
        "form": _FORMS.get(material, _EITHER),
        "copies": number,
        "handed_in": "已收" if is_handed_in else "未收",
    }
