"""The materials of an application as a paper lists them: in which form, how many, and whether they were handed in."""

from collections.abc import Iterable
from dataclasses import replace

from pxtui.casework.printed.asking import Asking
from pxtui.casework.stages import Stage, application_of
from pxtui.papers.wording import Filling
from pxtui.policy import facts, words
from pxtui.policy.facts import Material
from pxtui.policy.matter import matter
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.rules.application_rules import required_materials

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
_IN_TWO = frozenset({Material.ATTACHMENT_1})
"""本表一式两份 (the foot of Attachment 1)."""
_ONE_A_PERSON = frozenset({Material.LABOUR_CONTRACTS, Material.IDENTITY_PROOFS})


def required(asking: Asking) -> tuple[Material, ...]:
    """What must be handed in with the application that the case is at."""
    lean = replace(asking.overview.application, roster=(), history=())
    return required_materials(matter(lean, shipped_rulebook()))


def handed_in(asking: Asking) -> frozenset[Material]:
    """What was handed in with the application that the case is at."""
    return asking.overview.application.materials


def missing(asking: Asking) -> list[Material]:
    """What must still be handed in."""
    received = handed_in(asking)
    return [material for material in required(asking) if material not in received]


def expected_and_received(asking: Asking) -> list[Line]:
    """A line for all that is required, and for what was handed in beside it."""
    wanted, received = required(asking), handed_in(asking)
    beside = [material for material in Material if material in received and material not in wanted]
    return _lines(asking, (*wanted, *beside), received)


def received_so_far(asking: Asking) -> list[Line]:
    """A line for all that was handed in since the case began."""
    case = asking.case
    received = frozenset(map(Material, (*case.opening_materials, *case.claim_materials)))
    return _lines(asking, [material for material in Material if material in received], received)


def how_many(asking: Asking, material: Material) -> int | None:
    """The copies that are wanted; None: not known before the roster is."""
    if material in _ONE_A_PERSON:
        return _heads(asking) or None
    return 2 if material in _IN_TWO else 1


def asked_for(asking: Asking, material: Material) -> str:
    """How many of what: 原件2份, 复印件每人1份."""
    count = how_many(asking, material)
    return f"{_FORMS.get(material, '')}{'每人1份' if count is None else f'{count}份'}"


def _heads(asking: Asking) -> int:
    """Of the roster, before it is keyed of its cover."""
    keyed = len(asking.overview.application.roster)
    is_claim = application_of(Stage(asking.case.stage)) is facts.Stage.CLAIM
    return keyed or (0 if is_claim else asking.case.cover_head_count or 0)


def _lines(asking: Asking, materials: Iterable[Material], received: frozenset[Material]) -> list[Line]:
    return [
        {
            "seq": seq,
            "material": words.MATERIALS[material],
            "form": _FORMS.get(material, _EITHER),
            "copies": how_many(asking, material),
            "handed_in": "已收" if material in received else "未收",
        }
        for seq, material in enumerate(materials, start=1)
    ]
