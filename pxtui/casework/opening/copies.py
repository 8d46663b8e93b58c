"""How many copies of a material were counted at the counter."""

from sqlmodel import col, delete, select

from db.models import Case, MaterialCopies
from pxtui.casework.office.context import Context
from pxtui.policy.facts import ApplicationKind, Material, Trainees

ONE_A_ROW = frozenset({Material.LABOUR_CONTRACTS, Material.IDENTITY_PROOFS})
"""One for everybody on the roster (notice 四(一)④)."""


def proofs_of(trainees: Trainees) -> Material:
    """What shows of everybody that the training is for them."""
    return Material.LABOUR_CONTRACTS if trainees is Trainees.EMPLOYEES else Material.IDENTITY_PROOFS


def counted(context: Context, case: Case, application: ApplicationKind) -> dict[Material, int]:
    """The copies of what was counted; what nobody counted is left out."""
    rows = context.session.exec(
        select(MaterialCopies.material, MaterialCopies.copies).where(
            col(MaterialCopies.case_id) == case.id, col(MaterialCopies.application) == application.value
        )
    )
    return {Material(material): copies for material, copies in rows}


def put(context: Context, case: Case, application: ApplicationKind, copies: dict[Material, int]) -> None:
    """Write down all that was counted for an application."""
    context.session.exec(
        delete(MaterialCopies).where(
            col(MaterialCopies.case_id) == case.id, col(MaterialCopies.application) == application.value
        )
    )
    context.session.add_all(
        MaterialCopies(case_id=case.id, application=application.value, material=material.value, copies=number)
        for material, number in copies.items()
    )
    context.session.flush()
