"""Checklist of an application's materials: required, handed in, copies, and what is missing (notice 四)."""

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
"""Materials in two copies: 本表一式两份 (the foot of Attachment 1)."""


@dataclass(frozen=True, slots=True)
class MaterialItem:
    """A material of an application."""

    material: Material
    is_required: bool
    is_handed_in: bool
    wanted: int | None
    """Required copies; None: unknown before the roster's heads are."""
    copies: int | None
    """Counted copies; None: nobody counted."""
    lacks: tuple[str, ...] = ()
    """Missing parts by Chinese name: of the teaching records, the kinds of evidence."""

    @property
    def name(self) -> str:
        """The material's name in the notice."""
        return words.MATERIALS[self.material]

    @property
    def short(self) -> int:
        """How many copies are missing of a counted material with one copy per row; 0 for any other."""
        if self.material not in ONE_A_ROW or not self.is_handed_in or self.copies is None or self.wanted is None:
            return 0
        return max(0, self.wanted - self.copies)

    @property
    def missing(self) -> str:
        """What is still missing, in Chinese: 未交, 少3份, 缺…; empty where nothing is."""
        if self.is_required and not self.is_handed_in:
            return "未交"
        if self.short:
            return f"少{self.short}份"
        return f"缺{'、'.join(self.lacks)}" if self.lacks else ""

    @property
    def fault(self) -> str:
        """The shortage of copies as a Chinese sentence without a full stop; empty where there is none."""
        if not self.short:
            return ""
        return f"每人1份，应有{self.wanted}份，收到{self.copies}份，少{self.short}份"


def checklist(context: Context, number: str) -> tuple[MaterialItem, ...]:
    """The checklist of a case's present application.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    return of_application(context, case, eligibility.application(context, case))


def required(application: Application, rulebook: Rulebook) -> tuple[Material, ...]:
    """The required materials of an application."""
    # What is required hangs on no calendar.
    return required_materials(matter(replace(application, roster=(), history=()), rulebook, SHIPPED))


def of_application(context: Context, case: Case, application: Application) -> tuple[MaterialItem, ...]:
    """The required materials of an application in their order, then the others that were handed in."""
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
    """The required copies of a material; None: unknown before the roster's heads are."""
    if material in ONE_A_ROW:
        return _heads(case, application) or None
    return 2 if material in _IN_TWO else 1


def _heads(case: Case, application: Application) -> int:
    """The heads of the roster; before it is keyed, those of its cover."""
    if application.roster or application.stage is ApplicationKind.CLAIM:
        return len(application.roster)
    return case.cover_head_count or 0


def _lacks(application: Application, material: Material, rulebook: Rulebook) -> tuple[str, ...]:
    if material is not Material.TEACHING_RECORDS:
        return ()
    kinds = rulebook.for_class_starting(application.training.starts_on).evidence_kinds
    return tuple(words.EVIDENCE[kind] for kind in kinds if kind not in application.evidence)
