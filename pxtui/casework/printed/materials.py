"""Lists of materials on papers: name, original or copy, number of copies, handed in or not."""

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
"""Original or copy, where the notice (四) says which."""


def required(asking: Asking) -> tuple[Material, ...]:
    """The required materials of the case's present application."""
    return checklist.required(asking.application, asking.context.rulebook)


def handed_in(asking: Asking) -> frozenset[Material]:
    """The materials handed in with the case's present application."""
    return asking.application.materials


def missing(asking: Asking) -> list[Material]:
    """The required materials that were not handed in."""
    received = handed_in(asking)
    return [material for material in required(asking) if material not in received]


def too_few(asking: Asking) -> list[MaterialItem]:
    """The materials with fewer counted copies than people."""
    return [item for item in _items(asking) if item.short]


def expected_and_received(asking: Asking) -> list[Line]:
    """A line for each required material, then for the others that were handed in."""
    return [
        _line(seq, item.material, item.wanted, item.is_handed_in)
        | {"remark": None if item.copies is None else f"收{item.copies}份"}
        for seq, item in enumerate(_items(asking), start=1)
    ]


def received_so_far(asking: Asking) -> list[Line]:
    """A line for each material handed in with either application of the case."""
    case = asking.case
    received = frozenset(map(Material, (*case.opening_materials, *case.claim_materials)))
    counted = copies.counted(asking.context, case, ApplicationKind.OPENING)
    return [
        _line(seq, material, counted.get(material, how_many(asking, material)), True)
        for seq, material in enumerate((known for known in Material if known in received), start=1)
    ]


def how_many(asking: Asking, material: Material) -> int | None:
    """The required copies of a material; None: unknown before the roster's heads are."""
    return checklist.how_many(asking.case, asking.application, material)


def asked_for(asking: Asking, material: Material) -> str:
    """Form and number of a material's copies in Chinese: 原件2份, 复印件每人1份."""
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
