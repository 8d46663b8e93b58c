"""Intake: an application for an opening is filed under a number, by hand or from a bundle."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from db.models import Applicant, Case, UsedVoucher, Voucher
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.cases import find, next_serial, require_stage
from pxtui.casework.lifecycle.moves import OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal
from pxtui.casework.office.acting import Acting
from pxtui.casework.opening import applicants, copies
from pxtui.casework.opening.bundle_files import read_bundle_file
from pxtui.casework.people import past_trainings
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy import facts
from pxtui.policy.facts import Application, Material, Trainee, Training
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.parameters import shipped_rulebook


@dataclass(frozen=True, slots=True)
class ApplicantDetails:
    """What Attachments 1 and 3 say of an applicant beyond what is judged. Money in 万元."""

    industry: str = ""
    staff_count: int | None = None
    revenue_wan: Decimal | None = None
    assets_wan: Decimal | None = None
    figures_year: int | None = None
    business_scope: str = ""
    address: str = ""
    legal_representative: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    bank_name: str = ""
    bank_account: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """An application for an opening, without its roster."""

    office: str
    received_on: date
    applicant: facts.Applicant
    training: Training
    materials: frozenset[Material]
    details: ApplicantDetails = ApplicantDetails()
    lifted_on: date | None = None
    course_title: str | None = None
    contract_number: str | None = None
    planned_fee_fen: int | None = None
    cover_head_count: int | None = None
    cover_tail_sum: int | None = None
    stated_size: facts.Size | None = None
    """As the applicant states it; None: it does not say."""
    proof_copies: int | None = None
    """Counted contracts or proofs of the group, one for everybody on the roster; None: nobody counted."""


def file(session: Session, acting: Acting, filing: Filing) -> str:
    """File a new application; its case number."""
    case = _new_case(session, filing)
    journal.record(session, acting, case, "case.file", "登记开班申请", after=_filing_values(filing))
    return case.number


def amend(session: Session, acting: Acting, number: str, filing: Filing) -> None:
    """Correct an application that is not decided yet.

    Raises:
        PxtuiError: there is no such case, or it is decided.
    """
    case = find(session, number)
    require_stage(case, OPENING_ENTRY, "改动申请")
    put_filing(session, acting, case, filing, "改动开班申请")


def put_filing(session: Session, acting: Acting, case: Case, filing: Filing, summary: str) -> None:
    """Write another filing over that of a case; whether it may be changed, the caller has seen to."""
    before = _filing_values(filing_of(session, case))
    for column, value in _columns(session, filing).items():
        setattr(case, column, value)
    session.add(case)
    _put_copies(session, case, filing)
    journal.record(session, acting, case, "case.amend", summary, before=before, after=_filing_values(filing))


def filing(session: Session, number: str) -> Filing:
    """The application as it is filed."""
    return filing_of(session, find(session, number))


def filing_of(session: Session, case: Case) -> Filing:
    """The application of a case."""
    applicant = session.get_one(Applicant, case.applicant_id)
    return Filing(
        office=case.office_code,
        received_on=case.opening_received_on or case.starts_on,
        applicant=applicant_facts(case),
        training=training_facts(case),
        materials=frozenset(map(Material, case.opening_materials)),
        details=_details(session, applicant),
        lifted_on=case.lifted_on,
        course_title=case.course_title,
        contract_number=case.contract_number,
        planned_fee_fen=case.planned_fee_fen,
        cover_head_count=case.cover_head_count,
        cover_tail_sum=case.cover_tail_sum,
        stated_size=facts.Size(case.stated_size) if case.stated_size else None,
        proof_copies=_proof_copies(session, case),
    )


def import_bundle(session: Session, acting: Acting, application: Application) -> str:
    """File a whole application with its roster, vouchers and its people's other trainings; its number.

    An opening waits for its decision; a claim waits for its own, its opening approved elsewhere.
    """
    is_claim = application.stage is ApplicationStage.CLAIM
    filed = Filing(
        office=application.office,
        received_on=application.decided_on,
        applicant=application.applicant,
        training=application.training,
        materials=frozenset() if is_claim else application.materials,
        lifted_on=application.lifted_on,
    )
    case = _new_case(session, filed)
    case.stage = (Stage.CLAIM_RECEIVED if is_claim else Stage.RECEIVED).value
    roster_edits.enrol(session, case, application.stage, application.roster)
    if is_claim:
        case.opening_received_on = None
        case.opened_by = application.opened_by
        case.claim_received_on = application.decided_on
        case.claim_materials = tuple(sorted(application.materials))
        case.evidence = tuple(sorted(application.evidence))
        case.purchased_heads = application.purchased_heads
        case.opening_roster_known = application.opening_roster is not None
        approved = [_only_number(seq, text) for seq, text in enumerate(application.opening_roster or (), 1)]
        roster_edits.enrol(session, case, ApplicationStage.OPENING, approved, approved=True)
        claim_filing.enter_vouchers(session, case, application.vouchers)
        _know_used_vouchers(session, case, application.vouchers_used)
    past_trainings.know(session, application.history, source="")
    journal.record(
        session,
        acting,
        case,
        "case.import",
        f"导入案件包：{len(application.roster)}人，{len(application.vouchers)}张凭证",
        after=_filing_values(filed),
    )
    return case.number


def import_file(session: Session, acting: Acting, path: Path) -> str:
    """File the bundle in a file; its number.

    Raises:
        PxtuiError: the file cannot be read or is no bundle.
    """
    return import_bundle(session, acting, read_bundle_file(path))


def applicant_facts(case: Case) -> facts.Applicant:
    """The applicant as it was when the case was filed."""
    return facts.Applicant(
        name=case.applicant_name,
        credit_code=case.credit_code,
        kind=facts.Kind(case.kind),
        size=facts.Size(case.size) if case.size else None,
        group=facts.Group(case.group) if case.group else None,
        vanadium_titanium_zone=case.vanadium_titanium_zone,
        county=case.county,
    )


def training_facts(case: Case) -> Training:
    """The class of a case."""
    return Training(
        trainees=facts.Trainees(case.trainees),
        occupation=case.occupation,
        level=facts.Level(case.level) if case.level else None,
        format=facts.Format(case.format),
        fee=facts.Fee(case.fee),
        main_business=case.main_business,
        platform=case.platform,
        provider=case.provider,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        course_hours=case.course_hours,
    )


@dataclass(frozen=True, slots=True)
class KnownApplicant:
    """An applicant on file: what a new application of the same one starts from."""

    applicant: facts.Applicant
    details: ApplicantDetails


def known_applicants(session: Session, text: str) -> list[KnownApplicant]:
    """The applicants that typed text means, nine at most: Chinese, initials, or either end of a credit code."""
    return [_known(session, applicant) for applicant in applicants.matching(session, text)]


def _known(session: Session, applicant: Applicant) -> KnownApplicant:
    judged = facts.Applicant(
        name=applicant.name,
        credit_code=applicant.credit_code,
        kind=facts.Kind(applicant.kind),
        size=facts.Size(applicant.size) if applicant.size else None,
        group=facts.Group(applicant.group) if applicant.group else None,
        vanadium_titanium_zone=applicant.vanadium_titanium_zone,
        county=applicant.county,
    )
    return KnownApplicant(judged, _details(session, applicant))


def _new_case(session: Session, filing: Filing) -> Case:
    office = shipped_rulebook().latest.offices[filing.office]
    year = filing.received_on.year
    case = Case(
        office_code=office.code,
        letter=office.letters,
        year=year,
        serial=next_serial(session, office.code, year),
        stage=Stage.DRAFT.value,
        **_columns(session, filing),
    )
    session.add(case)
    session.flush()
    _put_copies(session, case, filing)
    return case


def _put_copies(session: Session, case: Case, filing: Filing) -> None:
    proofs = copies.proofs_of(filing.training.trainees)
    counted = {} if filing.proof_copies is None else {proofs: filing.proof_copies}
    copies.put(session, case, ApplicationStage.OPENING, counted)


def _columns(session: Session, filing: Filing) -> dict[str, Any]:
    """What a case keeps of its filing: its own copy of the applicant's facts among it."""
    judged, training = filing.applicant, filing.training
    return {
        "applicant_id": _on_file(session, filing).id,
        "applicant_name": judged.name,
        "credit_code": judged.credit_code,
        "kind": judged.kind.value,
        "size": judged.size and judged.size.value,
        "group": judged.group and judged.group.value,
        "vanadium_titanium_zone": judged.vanadium_titanium_zone,
        "county": judged.county,
        "trainees": training.trainees.value,
        "occupation": training.occupation,
        "level": training.level and training.level.value,
        "format": training.format.value,
        "fee": training.fee.value,
        "main_business": training.main_business,
        "platform": training.platform,
        "provider": training.provider,
        "starts_on": training.starts_on,
        "ends_on": training.ends_on,
        "course_hours": training.course_hours,
        "lifted_on": filing.lifted_on,
        "opening_received_on": filing.received_on,
        "opening_materials": tuple(sorted(filing.materials)),
        "course_title": filing.course_title,
        "contract_number": filing.contract_number,
        "planned_fee_fen": filing.planned_fee_fen,
        "cover_head_count": filing.cover_head_count,
        "cover_tail_sum": filing.cover_tail_sum,
        "stated_size": filing.stated_size and filing.stated_size.value,
    }


def _on_file(session: Session, filing: Filing) -> Applicant:
    """The register's entry of the applicant, brought up to date; by credit code, without one by name."""
    judged, details = filing.applicant, filing.details
    key = canonical_code(judged.credit_code)
    same = col(Applicant.credit_code_key) == key if key else col(Applicant.name) == judged.name
    applicant = session.exec(select(Applicant).where(same)).first()
    if applicant is None:
        applicant = Applicant(
            name=judged.name,
            credit_code=judged.credit_code,
            credit_code_key=key,
            kind=judged.kind.value,
            vanadium_titanium_zone=judged.vanadium_titanium_zone,
            county=judged.county,
        )
    applicants.name_applicant(applicant, judged.name)
    applicant.kind = judged.kind.value
    applicant.size = judged.size and judged.size.value
    applicant.group = judged.group and judged.group.value
    applicant.vanadium_titanium_zone = judged.vanadium_titanium_zone
    applicant.county = judged.county
    if details != ApplicantDetails():
        told = asdict(details)
        if not details.bank_account:
            # The form of the opening has no account: what is on file of it is not wiped out by a form that lacks it.
            del told["bank_name"], told["bank_account"]
        sealed = {column: canonical(told.pop(column)) for column in ("contact_phone", "bank_account") if column in told}
        for column, value in told.items():
            setattr(applicant, column, value)
        applicant.seal(session.info["vault"], **sealed)
    session.add(applicant)
    session.flush()
    return applicant


def _details(session: Session, applicant: Applicant) -> ApplicantDetails:
    vault = session.info["vault"]
    return ApplicantDetails(
        industry=applicant.industry,
        staff_count=applicant.staff_count,
        revenue_wan=applicant.revenue_wan,
        assets_wan=applicant.assets_wan,
        figures_year=applicant.figures_year,
        business_scope=applicant.business_scope,
        address=applicant.address,
        legal_representative=applicant.legal_representative,
        contact_name=applicant.contact_name,
        contact_phone=applicant.unseal(vault, "contact_phone"),
        bank_name=applicant.bank_name,
        bank_account=applicant.unseal(vault, "bank_account"),
    )


def _proof_copies(session: Session, case: Case) -> int | None:
    counted = copies.counted(session, case, ApplicationStage.OPENING)
    return counted.get(copies.proofs_of(facts.Trainees(case.trainees)))


def _only_number(seq: int, text: str) -> Trainee:
    # An old number is the same person's new one, and is looked for under it; anything else stays as it was told.
    full = id_number.with_century(text)
    number = text if full == canonical_code(text) else full
    return Trainee(seq=seq, name="", sex=None, age=None, id_number=number, phone="", remark="")


def _know_used_vouchers(session: Session, case: Case, numbers: Iterable[str]) -> None:
    """Enter what a bundle says is used; what another case here has is known by that case, and used by no other."""
    keys = {canonical(number): number for number in numbers if canonical(number)}
    known = set(session.exec(select(UsedVoucher.number_key)))
    known |= set(session.exec(select(Voucher.number_key).where(col(Voucher.case_id) != case.id)))
    session.add_all(
        UsedVoucher(number=number, number_key=key, source=case.number)
        for key, number in keys.items()
        if key not in known
    )
    session.flush()


def _filing_values(filing: Filing) -> dict[str, Any]:
    return asdict(filing)
