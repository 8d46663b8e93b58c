"""Who else has a phone: rows of rosters and enterprises, for the pages of people and of enterprises."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select as selected
from sqlmodel import col, select

from db.models import Applicant, Case, Enrolment
from pxtui.casework.office.context import Context
from pxtui.casework.profiles.of_person import sees
from pxtui.identifiers import id_number, phone

MOST_ROWS = 60
"""Rows of rosters that are looked at: each person stands in two of a class."""


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """Somebody else with the same phone, whose numbers are masked."""

    phone: str
    key: bytes | None
    """Look-up key of the person's number, by which the page opens; None: an enterprise, or another office's person."""
    name: str
    """Of a person of another office its name."""
    masked_number: str
    where: str
    """The case as printed with the enterprise, or what the enterprise's phone is."""
    applicant_id: int | None = None
    """Of an enterprise."""


def of_phones(
    context: Context,
    phone_keys: Collection[bytes],
    *,
    besides: Collection[bytes] = (),
    applicants: Collection[int] = (),
) -> tuple[SharedPhone, ...]:
    """Who else has one of these phones, each once, the newest first; of rosters as far as `MOST_ROWS` go.

    Args:
        phone_keys: look-up keys.
        besides: look-up keys of the person's own number.
        applicants: the ids of the enterprise's own rows.
    """
    if not phone_keys:
        return ()
    return (*_of_enterprises(context, phone_keys, applicants), *_of_rosters(context, phone_keys, besides))


def _of_rosters(context: Context, phone_keys: Collection[bytes], besides: Collection[bytes]) -> tuple[SharedPhone, ...]:
    wanted = (
        selected(Enrolment, Case)
        .join(Case, col(Case.id) == col(Enrolment.case_id))
        .where(col(Enrolment.phone_key).in_(sorted(phone_keys)))
        .order_by(col(Enrolment.id).desc())
        .limit(MOST_ROWS)
    )
    found: dict[tuple[bytes | None, str], SharedPhone] = {}
    for row, case in context.session.execute(wanted):
        if row.id_key in besides or (row.id_key, row.name) in found:
            continue
        is_seen = sees(context, case.office_code)
        office = context.rulebook.latest.office(case.office_code).short_name
        found[row.id_key, row.name] = SharedPhone(
            phone.masked(row.unseal(context.vault, "phone")),
            row.id_key if is_seen else None,
            row.name if is_seen else f"（{office}的人员）",
            id_number.masked(row.unseal(context.vault, "id_number")),
            f"{case.display_number} {case.applicant_name}" if is_seen else office,
        )
    return tuple(found.values())


def _of_enterprises(
    context: Context, phone_keys: Collection[bytes], applicants: Collection[int]
) -> tuple[SharedPhone, ...]:
    wanted = select(Applicant).where(
        col(Applicant.phone_key).in_(sorted(phone_keys)), col(Applicant.id).not_in(applicants)
    )
    return tuple(
        SharedPhone(
            phone.masked(row.unseal(context.vault, "contact_phone")),
            None,
            row.name,
            "",
            f"单位的经办人{row.contact_name}",
            row.id,
        )
        for row in context.session.exec(wanted.order_by(col(Applicant.id).desc()).limit(MOST_ROWS))
    )
