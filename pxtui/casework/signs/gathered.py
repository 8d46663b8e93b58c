"""What signs of a case are found in, out of the register in a fixed number of statements, all by an index."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlmodel import col

from db.models import Applicant, Case, Enrolment, Voucher
from db.phone_keys import phone_key
from pxtui.casework.claim import platform_records
from pxtui.casework.exchange.known import source
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN, TAKEN_BACK
from pxtui.casework.office.context import Context
from pxtui.casework.roster.rows import ID_NUMBER, positioned
from pxtui.identifiers.firm_name import spellings
from pxtui.identifiers.text import canonical, canonical_code, same
from pxtui.policy.facts import Application, ApplicationKind, Trainee, Trainees
from pxtui.policy.learning_flags import LearningFlag
from pxtui.policy.signs.surroundings import (
    ClassElsewhere,
    Party,
    PhoneElsewhere,
    SellerClaim,
    Surroundings,
    VoucherElsewhere,
)

_KEYS_A_QUERY = 900
_MOST_OF_A_SELLER = 50
"""The newest claims of a seller that are looked at."""
_MOST_HOLDERS = 10
_NO_CLASS = OPENING_TURNED_DOWN | TAKEN_BACK
"""Nobody was trained in these."""


def surroundings(context: Context, case: Case, application: Application) -> Surroundings:
    """What signs of one application of a case are found in."""
    applicant = context.session.get_one(Applicant, case.applicant_id)
    buyer = _party(context, applicant, case.applicant_name, case.credit_code)
    is_claim = application.stage is ApplicationKind.CLAIM
    sellers = _sellers(context, case, application)
    return Surroundings(
        application=application,
        buyer=buyer,
        sellers=sellers,
        cap_per_person_fen=context.rulebook.for_class_starting(case.starts_on).cap_per_person_fen,
        opening_people=_opening_people(context, case) if is_claim else None,
        classes=_classes(context, case, application.roster),
        phones=_phones(context, case, application.roster),
        account_holders=_account_holders(context, applicant) if is_claim else (),
        seller_claims=_seller_claims(context, case) if is_claim else (),
        vouchers=_vouchers(context, case, application) if is_claim else (),
        learning=_learning(context, case) if is_claim else (),
    )


def _party(context: Context, row: Applicant, name: str, credit_code: str) -> Party:
    phones = tuple(filter(None, (row.unseal(context.vault, "legal_phone"), row.unseal(context.vault, "contact_phone"))))
    account = canonical(row.unseal(context.vault, "bank_account"))
    people = row.legal_representative, row.contact_name
    return Party(name, credit_code, *people, phones, row.address, account)


def _sellers(context: Context, case: Case, application: Application) -> tuple[Party, ...]:
    """Who sold the training, with what is on file of them and what the application says."""
    names = dict.fromkeys(
        text for text in (case.provider, *(voucher.payee for voucher in application.vouchers)) if canonical(text)
    )
    stated = canonical_code(case.provider_credit_code)
    if not names and not stated:
        return ()
    written = {spelling for name in names for spelling in (name, *spellings(name or ""))}
    known = context.session.scalars(
        select(Applicant).where(
            or_(
                col(Applicant.name).in_(written),
                (col(Applicant.credit_code_key) == stated) & (col(Applicant.credit_code_key) != ""),
            )
        )
    ).all()
    found = [_party(context, row, row.name, row.credit_code) for row in known]
    for name in names:
        if not any(same(party.name, name) for party in found):
            code = stated if name == case.provider else ""
            found.append(Party(name or "", code))
    return tuple(found)


def _opening_people(context: Context, case: Case) -> tuple[Trainee, ...] | None:
    """Who was approved, with the names of then; None where nobody knows."""
    if not case.opening_roster_known:
        return None
    people = positioned(context, case, ApplicationKind.OPENING, col(Enrolment.approved).is_(True))
    return tuple(people.values()) or None


def _classes(context: Context, case: Case, people: Sequence[Trainee]) -> tuple[ClassElsewhere, ...]:
    keys = _keys(context, people)
    found: dict[tuple[str, int], ClassElsewhere] = {}
    for some in _chunks(sorted(keys)):
        rows = context.session.execute(
            select(col(Enrolment.id_key), Case)
            .join(Case, col(Case.id) == col(Enrolment.case_id))
            .where(col(Enrolment.id_key).in_(some), col(Enrolment.case_id) != case.id)
            .where(col(Enrolment.left_on).is_(None))
        )
        for key, other in rows:
            if other.stage not in _NO_CLASS:
                found.setdefault((keys[key], other.id), _class(context, keys[key], other))
    return tuple(sorted(found.values(), key=lambda other: (other.starts_on, other.source, other.id_number)))


def _class(context: Context, number: str, other: Case) -> ClassElsewhere:
    return ClassElsewhere(
        id_number=number,
        source=source(context, other.office_code, other.display_number),
        applicant=other.applicant_name,
        credit_code=other.credit_code,
        county=other.county,
        trainees=Trainees(other.trainees),
        starts_on=other.starts_on,
        ends_on=other.ends_on,
    )


def _phones(context: Context, case: Case, people: Sequence[Trainee]) -> tuple[PhoneElsewhere, ...]:
    """Phones under which people stand in other cases who are not of this roster."""
    phones = {key: row.phone for row in people if (key := phone_key(context.vault, row.phone)) is not None}
    own = _keys(context, people)
    users: defaultdict[bytes, dict[bytes, tuple[str, str]]] = defaultdict(dict)
    for some in _chunks(sorted(phones)):
        rows = context.session.execute(
            select(
                *(col(Enrolment.phone_key), col(Enrolment.id_key), col(Case.office_code)),
                *(col(Case.letter), col(Case.year), col(Case.serial)),
            )
            .join(Case, col(Case.id) == col(Enrolment.case_id))
            .where(col(Enrolment.phone_key).in_(some), col(Enrolment.case_id) != case.id)
        )
        for key, person, office, letter, year, serial in rows:
            if person is not None and person not in own:
                users[key][person] = office, f"{year:04}-{letter}-{serial:04}"
    return tuple(
        PhoneElsewhere(
            phones[key], len(those), tuple(dict.fromkeys(source(context, *place) for place in those.values()))
        )
        for key, those in users.items()
    )


def _account_holders(context: Context, applicant: Applicant) -> tuple[str, ...]:
    """Other firms with the account; one firm under two entries on file has one credit code or one name."""
    if applicant.account_key is None:
        return ()
    rows = context.session.execute(
        select(col(Applicant.name), col(Applicant.credit_code_key))
        .where(col(Applicant.account_key) == applicant.account_key, col(Applicant.id) != applicant.id)
        .limit(_MOST_HOLDERS)
    )
    return tuple(
        sorted(
            {
                name
                for name, code in rows
                if not same(name, applicant.name) and not (code and code == applicant.credit_code_key)
            }
        )
    )


def _seller_claims(context: Context, case: Case) -> tuple[SellerClaim, ...]:
    """The newest other claims for what the same provider sold; without its heads a claim says nothing of the fee."""
    if not canonical(case.provider):
        return ()
    heads, cost = col(Case.purchased_heads), func.sum(col(Voucher.amount_fen))
    newest = (
        select(col(Case.office_code), col(Case.letter), col(Case.year), col(Case.serial), heads, cost)
        .join(Voucher, col(Voucher.case_id) == col(Case.id))
        .where(col(Case.provider) == case.provider, col(Case.id) != case.id, heads.is_not(None))
        .where(col(Case.stage).not_in(_NO_CLASS | CLAIM_TURNED_DOWN))
        .group_by(col(Case.id))
        .order_by(col(Case.id).desc())
        .limit(_MOST_OF_A_SELLER)
    )
    return tuple(
        SellerClaim(source(context, office, f"{year:04}-{letter}-{serial:04}"), int(total), covered or 0)
        for office, letter, year, serial, covered, total in context.session.execute(newest)
    )


def _vouchers(context: Context, case: Case, application: Application) -> tuple[VoucherElsewhere, ...]:
    """The vouchers of the applicant's other cases that are of one of this claim's sellers."""
    payees = {canonical(voucher.payee) for voucher in application.vouchers} - {""}
    if not payees:
        return ()
    rows = context.session.execute(
        select(Voucher, Case)
        .join(Case, col(Case.id) == col(Voucher.case_id))
        .where(col(Case.applicant_id) == case.applicant_id, col(Case.id) != case.id)
        .order_by(col(Voucher.id))
    )
    return tuple(
        VoucherElsewhere(
            voucher.number,
            voucher.issued_on,
            voucher.payee,
            voucher.amount_fen,
            source(context, other.office_code, other.number),
        )
        for voucher, other in rows
        if canonical(voucher.payee) in payees
    )


def _learning(context: Context, case: Case) -> tuple[LearningFlag, ...]:
    recorded = platform_records.recorded(context, case.number)
    return () if recorded is None else tuple(recorded.learning.flags)


def _keys(context: Context, people: Sequence[Trainee]) -> dict[bytes, str]:
    return {
        context.vault.look_up_key(ID_NUMBER, number): number
        for row in people
        if (number := canonical_code(row.id_number))
    }


def _chunks(keys: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [keys[start : start + _KEYS_A_QUERY] for start in range(0, len(keys), _KEYS_A_QUERY)]
