"""Counted copies of materials, per case and application."""

from sqlmodel import col, delete, select

from db.models import Case, MaterialCopies
from pxtui.casework.office.context import Context
from pxtui.policy.facts import ApplicationKind, Material, Trainees

ONE_A_ROW = frozenset({Material.LABOUR_CONTRACTS, Material.IDENTITY_PROOFS})
"""Materials with one copy per row of the roster (notice 四(一)④)."""


def proofs_of(trainees: Trainees) -> Material:
    """The material that proves everybody's membership of the trained group: contracts or identity proofs."""
    return Material.LABOUR_CONTRACTS if trainees is Trainees.EMPLOYEES else Material.IDENTITY_PROOFS


def counted(context: Context, case: Case, application: ApplicationKind) -> dict[Material, int]:
    """The counted copies by material; uncounted materials are missing."""
    rows = context.session.exec(
        select(MaterialCopies.material, MaterialCopies.copies).where(
            col(MaterialCopies.case_id) == case.id, col(MaterialCopies.application) == application.value
        )
    )
    return {Material(material): copies for material, copies in rows}


def put(context: Context, case: Case, application: ApplicationKind, copies: dict[Material, int]) -> None:
    """Replace the counted copies of an application."""
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
