"""The materials of an application one by one: required, handed in, how many copies, and what is missing (notice 四)."""

from dataclasses import dataclass, replace

from db.models import Case
from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.opening import copies
from pxtui.casework.opening.copies import ONE_A_ROW
from pxtui.policy import words
from pxtui.policy.facts import Application, ApplicationKind, Material
from pxtui.policy.matter import matter
from pxtui.policy.parameters import Rulebook
from pxtui.policy.rules.application_rules import required_materials
from pxtui.policy.working_days import SHIPPED

_IN_TWO = frozenset({Material.ATTACHMENT_1})
"""本表一式两份 (the foot of Attachment 1)."""


@dataclass(frozen=True, slots=True)
class MaterialItem:
    """A material of an application."""

    material: Material
    is_required: bool
    is_handed_in: bool
    wanted: int | None
    """Copies; None: not known before the roster is."""
    copies: int | None
    """Counted; None: nobody counted."""
    lacks: tuple[str, ...] = ()
    """What it does not show yet, by name: of the records of a class the kinds of evidence."""

    @property
    def name(self) -> str:
        """As the notice calls it."""
        return words.MATERIALS[self.material]

    @property
    def short(self) -> int:
        """How many copies are too few of what came and was counted, one for everybody on the roster."""
        if self.material not in ONE_A_ROW or not self.is_handed_in or self.copies is None or self.wanted is None:
            return 0
        return max(0, self.wanted - self.copies)

    @property
    def missing(self) -> str:
        """What is still to be handed in; empty where nothing is."""
        if self.is_required and not self.is_handed_in:
            return "未交"
        if self.short:
            return f"少{self.short}份"
        return f"缺{'、'.join(self.lacks)}" if self.lacks else ""

    @property
    def fault(self) -> str:
        """Too few copies, as a sentence without a full stop; empty where there are enough."""
        if not self.short:
            return ""
        return f"每人1份，应有{self.wanted}份，收到{self.copies}份，少{self.short}份"


def checklist(context: Context, number: str) -> tuple[MaterialItem, ...]:
    """The materials of the application that the case with this number is at.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    return of_application(context, case, eligibility.application(context, case))


def required(application: Application, rulebook: Rulebook) -> tuple[Material, ...]:
    """What must be handed in with an application."""
    # What is required hangs on no calendar.
    return required_materials(matter(replace(application, roster=(), history=()), rulebook, SHIPPED))


def of_application(context: Context, case: Case, application: Application) -> tuple[MaterialItem, ...]:
    """All that is required of an application in its order, then what was handed in beside it."""
    wanted, received = required(application, context.rulebook), application.materials
    counted = copies.counted(context, case, application.stage)
    beside = [material for material in Material if material in received and material not in wanted]
    return tuple(
        MaterialItem(
            material,
            material in wanted,
            material in received,
            how_many(case, application, material),
            counted.get(material),
            _lacks(application, material, context.rulebook),
        )
        for material in (*wanted, *beside)
    )


def how_many(case: Case, application: Application, material: Material) -> int | None:
    """The copies that are wanted; None: not known before the roster is."""
    if material in ONE_A_ROW:
        return _heads(case, application) or None
    return 2 if material in _IN_TWO else 1


def _heads(case: Case, application: Application) -> int:
    """Of the roster, before it is keyed of its cover."""
    if application.roster or application.stage is ApplicationKind.CLAIM:
        return len(application.roster)
    return case.cover_head_count or 0


def _lacks(application: Application, material: Material, rulebook: Rulebook) -> tuple[str, ...]:
    if material is not Material.TEACHING_RECORDS:
        return ()
    kinds = rulebook.for_class_starting(application.training.starts_on).evidence_kinds
    return tuple(words.EVIDENCE[kind] for kind in kinds if kind not in application.evidence)
