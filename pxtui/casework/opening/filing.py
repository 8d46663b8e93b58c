"""Filing of applications for an opening: by hand or from a bundle, their amendment, and applicants on file."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.about import beside, hold_firm
from db.models import Act, Applicant, Case, DayOf
from db.phone_keys import enter_keys
from db.readings import read_applicant
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.exchange import bundle_claims
from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.cases import find, next_serial, require_stage
from pxtui.casework.lifecycle.moves import OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.opening import applicants, copies, filed_twice
from pxtui.casework.opening.bundle_files import read_bundle_file
from pxtui.casework.opening.plan import TrainingPlan, columns_of, plan_of
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers import id_number
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy import codec, facts
from pxtui.policy.facts import Application, ApplicationKind, Material, Trainee, Training

_SEALED = ("legal_phone", "contact_phone", "bank_account")
_NO_PLAN = TrainingPlan()


@dataclass(frozen=True, slots=True)
class ApplicantDetails:
    """Details of an applicant in Attachments 1 and 3 that no rule judges. Money in 万元."""

    industry: str = ""
    staff_count: int | None = None
    revenue_wan: Decimal | None = None
    assets_wan: Decimal | None = None
    figures_year: int | None = None
    business_scope: str = ""
    address: str = ""
    legal_representative: str = ""
    legal_phone: str = ""
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
    """The size stated by the applicant; None: not stated."""
    proof_copies: int | None = None
    """Counted copies of the contracts or proofs (`copies.proofs_of`); None: nobody counted."""
    plan: TrainingPlan = _NO_PLAN


@beside(lambda filing, *_, **__: applicants.about(filing.applicant))
def file(context: Context, filing: Filing, day_reason: str = "") -> str:
    """File a new application; returns its case number.

    Args:
        day_reason: why it was not entered on the day of its receipt; empty where it was.

    Raises:
        PxtuiError: the day of receipt has not come, or is past and no reason is given.
    """
    case = _new_case(context, filing)
    stated_days.state(context, case, DayOf.OPENING_RECEIVED, filing.received_on, day_reason)
    journal.record(context, case, Act.CASE_FILE, "登记开班申请", after=_filing_values(filing))
    return case.number


@beside(lambda number, filing, *_, **__: applicants.about(filing.applicant, number))
def amend(context: Context, number: str, filing: Filing, day_reason: str = "") -> None:
    """Overwrite the filing of an application that is being entered or was returned.

    Args:
        day_reason: as for `file`; a day that stays as it is needs none.

    Raises:
        PxtuiError: there is no such case, it is at another stage, or its day is one that `file` would refuse.
    """
    case = find(context, number)
    require_stage(case, OPENING_ENTRY, "改动申请")
    before = case.opening_received_on
    stated_days.state(context, case, DayOf.OPENING_RECEIVED, filing.received_on, day_reason, before=before)
    put_filing(context, case, filing, "改动开班申请")


def put_filing(context: Context, case: Case, filing: Filing, summary: str) -> None:
    """Overwrite the filing of a case, with the journal's `summary`; the caller has checked the stage."""
    before = _filing_values(filing_of(context, case))
    for column, value in _columns(context, filing).items():
        setattr(case, column, value)
    context.session.add(case)
    _put_copies(context, case, filing)
    journal.record(context, case, Act.CASE_AMEND, summary, before=before, after=_filing_values(filing))


def filing(context: Context, number: str) -> Filing:
    """The filing of the case with this number."""
    return filing_of(context, find(context, number))


def filing_of(context: Context, case: Case) -> Filing:
    """The filing of a case, with its details from the applicant on file."""
    applicant = context.session.get_one(Applicant, case.applicant_id)
    return Filing(
        office=case.office_code,
        received_on=case.opening_received_on or case.starts_on,
        applicant=applicant_facts(case),
        training=training_facts(case),
        materials=frozenset(map(Material, case.opening_materials)),
        details=_details(context, applicant),
        lifted_on=case.lifted_on,
        course_title=case.course_title,
        contract_number=case.contract_number,
        planned_fee_fen=case.planned_fee_fen,
        cover_head_count=case.cover_head_count,
        cover_tail_sum=case.cover_tail_sum,
        stated_size=facts.Size(case.stated_size) if case.stated_size else None,
        proof_copies=_proof_copies(context, case),
        plan=plan_of(case),
    )


def import_bundle(context: Context, application: Application, day_reason: str = "") -> str:
    """File a bundle's application with roster, vouchers and earlier trainings; returns its case number.

    An opening waits for its decision; a claim waits for its own, its opening approved elsewhere.

    Args:
        day_reason: why the bundle is not filed on the day on which it says that it was handed in.

    Raises:
        PxtuiError: the same bundle is filed already, or that day has not come, or is past and no reason is given.
    """
    bundle_key = filed_twice.refuse_known_bundle(context, application)
    is_claim = application.stage is ApplicationKind.CLAIM
    filed = Filing(
        office=application.office,
        received_on=application.decided_on,
        applicant=application.applicant,
        training=application.training,
        materials=frozenset() if is_claim else application.materials,
        lifted_on=application.lifted_on,
    )
    case = _new_case(context, filed)
    case.bundle_key = bundle_key
    case.stage = Stage.CLAIM_RECEIVED if is_claim else Stage.RECEIVED
    what = DayOf.CLAIM_RECEIVED if is_claim else DayOf.OPENING_RECEIVED
    stated_days.state(context, case, what, filed.received_on, day_reason)
    roster_edits.enrol(context, case, application.stage, application.roster)
    if is_claim:
        case.opening_received_on = None
        case.opened_by = application.opened_by
        case.claim_received_on = application.decided_on
        case.claim_materials = tuple(sorted(application.materials))
        case.evidence = tuple(sorted(application.evidence))
        case.purchased_heads = application.purchased_heads
        case.opening_roster_known = application.opening_roster is not None
        approved = [_only_number(seq, text) for seq, text in enumerate(application.opening_roster or (), 1)]
        roster_edits.enrol(context, case, ApplicationKind.OPENING, approved, approved=True)
        claim_filing.enter_vouchers(context, case, application.vouchers)
    bundle_claims.keep(context, case, application)
    journal.record(
        context,
        case,
        Act.CASE_IMPORT,
        f"导入案件包：{len(application.roster)}人，{len(application.vouchers)}张凭证",
        after=_filing_values(filed),
    )
    return case.number


def import_file(context: Context, path: Path, day_reason: str = "") -> str:
    """File the bundle in a file; returns its case number.

    Raises:
        PxtuiError: the file cannot be read or is no bundle, or as `import_bundle` says.
    """
    return import_bundle(context, read_bundle_file(path, context.rulebook), day_reason)


def day_in_file(context: Context, path: Path) -> date:
    """The day on which a bundle in a file says that it was handed in.

    Raises:
        PxtuiError: the file cannot be read or is no bundle.
    """
    return read_bundle_file(path, context.rulebook).decided_on


def applicant_facts(case: Case) -> facts.Applicant:
    """The facts of the applicant that rules judge, as filed with the case."""
    return _applicant_facts(case.applicant_name, case)


def training_facts(case: Case) -> Training:
    """The facts of a case's class that rules judge."""
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
    """An applicant on file, to fill a new application from."""

    applicant: facts.Applicant
    details: ApplicantDetails


def known_applicants(context: Context, text: str) -> list[KnownApplicant]:
    """The applicants that typed text means, nine at most: Chinese, initials, or either end of a credit code."""
    found = applicants.matching(context, text)
    return [KnownApplicant(_applicant_facts(firm.name, firm), _details(context, firm)) for firm in found]


def _applicant_facts(name: str, row: Case | Applicant) -> facts.Applicant:
    """The judged facts of an applicant: of a case as filed, of an applicant as on file now."""
    return facts.Applicant(
        name=name,
        credit_code=row.credit_code,
        kind=facts.Kind(row.kind),
        size=facts.Size(row.size) if row.size else None,
        group=facts.Group(row.group) if row.group else None,
        vanadium_titanium_zone=row.vanadium_titanium_zone,
        county=row.county,
    )


def _new_case(context: Context, filing: Filing) -> Case:
    office = context.rulebook.latest.office(roles.office_of_new_case(context, filing.office))
    year, columns = filing.received_on.year, _columns(context, filing)
    case = Case(
        office_code=office.code,
        letter=office.letters,
        year=year,
        serial=next_serial(context, office.code, year),
        stage=Stage.DRAFT,
        **columns,
    )
    context.session.add(case)
    context.session.flush()
    _put_copies(context, case, filing)
    return case


def _put_copies(context: Context, case: Case, filing: Filing) -> None:
    proofs = copies.proofs_of(filing.training.trainees)
    counted = {} if filing.proof_copies is None else {proofs: filing.proof_copies}
    copies.put(context, case, ApplicationKind.OPENING, counted)


def _columns(context: Context, filing: Filing) -> dict[str, Any]:
    """The columns of a case for its filing, among them its own copy of the applicant's facts."""
    judged, training = filing.applicant, filing.training
    days = (("开班日期", training.starts_on), ("结束日期", training.ends_on), ("疫情解除日期", filing.lifted_on))
    for name, day in days:
        require_possible_year(name, day, context.today)
    return {
        "applicant_id": _on_file(context, filing).id,
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
        **columns_of(filing.plan),
    }


def _on_file(context: Context, filing: Filing) -> Applicant:
    """The applicant on file by credit code, without one by name, made or updated from the filing."""
    judged, details = filing.applicant, filing.details
    key = canonical_code(judged.credit_code)
    same = col(Applicant.credit_code_key) == key if key else col(Applicant.name) == judged.name
    applicant = context.session.exec(select(Applicant).where(same)).first()
    hold_firm(context.session, applicant)
    was_called = None if applicant is None else applicant.name
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
        columns = asdict(details)
        if not details.bank_account:
            # The form of the opening has no account, so it must not clear the account on file.
            del columns["bank_name"], columns["bank_account"]
        sealed = {column: canonical(columns.pop(column)) for column in _SEALED if column in columns}
        for column, value in columns.items():
            setattr(applicant, column, value)
        applicant.seal(context.vault, **sealed)
        enter_keys(context.vault, applicant, details.contact_phone, details.bank_account)
    context.session.add(applicant)
    context.session.flush()
    if was_called != judged.name:
        read_applicant(context.session, applicant)
    return applicant


def _details(context: Context, applicant: Applicant) -> ApplicantDetails:
    return ApplicantDetails(
        industry=applicant.industry,
        staff_count=applicant.staff_count,
        revenue_wan=applicant.revenue_wan,
        assets_wan=applicant.assets_wan,
        figures_year=applicant.figures_year,
        business_scope=applicant.business_scope,
        address=applicant.address,
        legal_representative=applicant.legal_representative,
        legal_phone=applicant.unseal(context.vault, "legal_phone"),
        contact_name=applicant.contact_name,
        contact_phone=applicant.unseal(context.vault, "contact_phone"),
        bank_name=applicant.bank_name,
        bank_account=applicant.unseal(context.vault, "bank_account"),
    )


def _proof_copies(context: Context, case: Case) -> int | None:
    counted = copies.counted(context, case, ApplicationKind.OPENING)
    return counted.get(copies.proofs_of(facts.Trainees(case.trainees)))


def _only_number(seq: int, text: str) -> Trainee:
    # An old 15-digit number is stored as the 18-digit one, under which it is looked up; other texts stay as given.
    full = id_number.with_century(text)
    number = text if full == canonical_code(text) else full
    return Trainee(seq=seq, name="", sex=None, age=None, id_number=number, phone="", remark="")


def _filing_values(filing: Filing) -> dict[str, Any]:
    values: dict[str, Any] = codec.dump(Filing, filing)
    return values
