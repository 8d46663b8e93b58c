"""Papers of a case: what stands on them, taken from the register, and the record that they were issued."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session, col, select

from db.models import Case, Enrolment, PaperIssued
from pxtui.casework import claim, intake, journal, roster
from pxtui.casework.acting import Acting
from pxtui.casework.cases import find
from pxtui.casework.eligibility import application, judge_case
from pxtui.casework.intake import ApplicantDetails
from pxtui.casework.stages import Stage, application_of
from pxtui.errors import PxtuiError
from pxtui.home import home
from pxtui.papers import attachment_1, attachment_2, attachment_3, attachment_4
from pxtui.papers.attachment_1 import Attachment1
from pxtui.papers.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachment_3 import Attachment3, VoucherLine
from pxtui.papers.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.file_names import file_name
from pxtui.papers.form import Opinion
from pxtui.policy import facts, words
from pxtui.policy.enterprise_size import industries
from pxtui.policy.facts import Format, Trainee
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.judgement import Judgement
from pxtui.policy.jurisdiction import route
from pxtui.policy.parameters import shipped_rulebook

VERSION_CHARACTERS = 8


class Form(StrEnum):
    """The papers that can be issued."""

    ATTACHMENT_1 = "attachment-1"
    ATTACHMENT_2 = "attachment-2"
    ATTACHMENT_3 = "attachment-3"
    ATTACHMENT_4 = "attachment-4"


FORM_NAMES = {
    Form.ATTACHMENT_1: "附件1 培训申请表",
    Form.ATTACHMENT_2: "附件2 参训人员花名册",
    Form.ATTACHMENT_3: "附件3 补贴申请表",
    Form.ATTACHMENT_4: "附件4 补贴申报花名册",
}
_OF_CLAIM = (Form.ATTACHMENT_3, Form.ATTACHMENT_4)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper with everything that stands on it, not written yet."""

    form: Form
    number: str
    file_name: str
    version: str
    """Short code of the state of the case that is printed."""
    write: Callable[[Path], None]


def possible_forms(stage: Stage) -> tuple[Form, ...]:
    """The papers that a case at this stage has."""
    is_claim = application_of(stage) is ApplicationStage.CLAIM
    return tuple(form for form in Form if is_claim or form not in _OF_CLAIM)


def prepare(session: Session, number: str, form: Form, *, with_passwords: bool = False) -> Prepared:
    """Gather what stands on a paper.

    Raises:
        PxtuiError: there is no such case, or it is not at the stage of that paper.
    """
    case = find(session, number)
    if form not in possible_forms(Stage(case.stage)):
        raise PxtuiError(f"案件还没有申请补贴，不能出{FORM_NAMES[form]}；请先办理“申请补贴”。")
    version = _version(session, case)
    writers: dict[Form, Callable[[], Callable[[Path], None]]] = {
        Form.ATTACHMENT_1: lambda: _writer_1(session, case, version),
        Form.ATTACHMENT_2: lambda: _writer_2(session, case, version),
        Form.ATTACHMENT_3: lambda: _writer_3(session, case, version),
        Form.ATTACHMENT_4: lambda: _writer_4(session, case, version, with_passwords=with_passwords),
    }
    name = file_name(case.number, FORM_NAMES[form].split()[0], case.applicant_name)
    return Prepared(form, case.number, name, version, writers[form]())


def issue(
    session: Session,
    acting: Acting,
    number: str,
    forms: Sequence[Form],
    folder: Path | None = None,
    *,
    with_passwords: bool = False,
) -> list[Path]:
    """Write papers and record that they were issued: every one of them or none.

    Args:
        folder: where to; the case's folder in the data folder where None.

    Raises:
        PxtuiError: the case has no such paper yet, or the disk refuses.
    """
    prepared = [prepare(session, number, form, with_passwords=with_passwords) for form in forms]
    written = []
    for paper in prepared:
        path = _store(paper, folder or home().papers / paper.number)
        _record(session, acting, paper, path, with_passwords=with_passwords)
        written.append(path)
    return written


def _store(prepared: Prepared, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise PxtuiError(f"不能建立文件夹“{folder}”，请检查路径和权限。") from fault
    path = folder / prepared.file_name
    prepared.write(path)
    return path


def _record(session: Session, acting: Acting, prepared: Prepared, path: Path, *, with_passwords: bool) -> None:
    case = find(session, prepared.number)
    session.add(
        PaperIssued(
            case_id=case.id,
            form=prepared.form.value,
            file_name=path.name,
            version_code=prepared.version,
            digest=hashlib.sha256(path.read_bytes()).hexdigest(),
            issued_at=acting.at,
            staff_name=acting.name,
        )
    )
    passwords = "，印出平台密码" if with_passwords and prepared.form is Form.ATTACHMENT_4 else ""
    summary = f"出具{FORM_NAMES[prepared.form]}（版本{prepared.version}{passwords}）"
    journal.record(session, acting, case, "paper.issue", summary)


def _version(session: Session, case: Case) -> str:
    judged, filed = asdict(application(session, case)), asdict(intake.filing_of(session, case))
    text = json.dumps([case.stage, judged, filed], default=_ordered, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_CHARACTERS].upper()


def _ordered(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _writer_1(session: Session, case: Case, version: str) -> Callable[[Path], None]:
    filing = intake.filing_of(session, case)
    applicant, details, training = filing.applicant, filing.details, filing.training
    heads = len(roster.trainees(session, case, ApplicationStage.OPENING))
    approved = case.opened_by is not None
    paper = Attachment1(
        version=version,
        applicant_name=applicant.name,
        filled_on=case.opening_received_on,
        filing_number=case.display_number if approved else "",
        credit_code=applicant.credit_code,
        kind=applicant.kind.value,
        size=applicant.size.value if applicant.size else "",
        industry=_industry(details),
        employees=details.staff_count,
        revenue=details.revenue_wan,
        assets=details.assets_wan,
        figures_of_year=details.figures_year,
        main_business=details.business_scope,
        address=details.address,
        jurisdiction=_jurisdiction(applicant),
        legal_representative=details.legal_representative,
        contact=details.contact_name,
        contact_mobile=details.contact_phone,
        course=filing.course_title or "",
        occupation=training.occupation,
        level=training.level.value if training.level else "none",
        route=_route(case),
        trainees=training.trainees.value,
        planned_heads=heads,
        formats=_formats(training),
        platform=training.platform or "",
        domain=_domain(training),
        provider=training.provider or "",
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        course_hours=training.course_hours,
        fee_total_fen=filing.planned_fee_fen,
        fee_per_head_fen=filing.planned_fee_fen // heads if filing.planned_fee_fen and heads else None,
        contract_number=filing.contract_number or "",
        approval=Opinion(case.opening_opinion or "", case.opening_decided_by or "", case.opening_decided_on),
        approval_result="approved" if approved else ("refused" if case.stage == Stage.REFUSED.value else ""),
    )
    return lambda path: attachment_1.write(paper, path)


def _writer_2(session: Session, case: Case, version: str) -> Callable[[Path], None]:
    lines = [_roster_line(row) for row in roster.trainees(session, case, ApplicationStage.OPENING)]
    paper = Attachment2(case.applicant_name, lines, version)
    return lambda path: attachment_2.write(paper, path)


def _writer_3(session: Session, case: Case, version: str) -> Callable[[Path], None]:
    filing = intake.filing_of(session, case)
    details, training = filing.details, filing.training
    people = roster.trainees(session, case, ApplicationStage.CLAIM)
    entered = claim.vouchers(session, case)
    judgement = judge_case(session, case)
    money = judgement.subsidy
    granted = case.stage == Stage.CLAIM_APPROVED.value
    paper = Attachment3(
        version=version,
        applicant_name=case.applicant_name,
        filed_on=case.claim_received_on,
        acceptance_number=case.display_number,
        credit_code=case.credit_code,
        size=case.size or "",
        address=details.address,
        legal_representative=details.legal_representative,
        contact=details.contact_name,
        contact_mobile=details.contact_phone,
        filing_number=case.display_number,
        approved_by=shipped_rulebook().latest.offices[case.opened_by or case.office_code].name,
        approved_on=case.opening_decided_on,
        course=filing.course_title or "",
        occupation=words.occupation_and_level(training.occupation, training.level),
        platform=" ".join(filter(None, (training.platform, _domain(training)))),
        provider=training.provider or "",
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        course_hours=training.course_hours,
        approved_heads=_approved_heads(session, case),
        trained_heads=len(people),
        completed_heads=_without(judgement, people, "person.hours-short"),
        passed_heads=_without(judgement, people, "person.failed"),
        claimed_heads=len(judgement.eligible),
        paid_fen=money.cost_fen if money else None,
        vouchers=[
            VoucherLine(number=one.number, issued_on=one.issued_on, seller=one.payee, amount_fen=one.amount_fen)
            for one in entered
        ],
        covered_heads=money.heads if money else None,
        per_head_fen=money.cost_fen // money.heads if money and money.heads else None,
        standard_fen=money.per_person_fen if money else None,
        claimed_fen=money.total_fen if money else None,
        account_name=case.applicant_name if details.bank_account else "",
        account=details.bank_account,
        bank_name=details.bank_name,
        approval=Opinion(case.claim_opinion or "", case.claim_decided_by or "", case.claim_decided_on),
        granted_heads=case.approved_heads if granted else None,
        granted_standard_fen=money.per_person_fen if granted and money else None,
        granted_fen=case.approved_total_fen if granted else None,
    )
    return lambda path: attachment_3.write(paper, path)


def _writer_4(session: Session, case: Case, version: str, *, with_passwords: bool) -> Callable[[Path], None]:
    lines = [
        ClaimLine(
            seq=row.seq,
            name=row.name,
            sex=row.sex or "",
            age=row.age,
            id_number=row.id_number,
            phone=row.phone,
            course_hours=case.course_hours if row.course_hours is None else row.course_hours,
            completed_hours=row.completed_hours,
            account=row.account,
            password=row.password if with_passwords else "",
            passed=row.passed,
            remark=row.remark,
        )
        for row in roster.trainees(session, case, ApplicationStage.CLAIM)
    ]
    paper = Attachment4(case.applicant_name, lines, version)
    return lambda path: attachment_4.write(paper, path)


def _roster_line(row: Trainee) -> RosterLine:
    return RosterLine(row.seq, row.name, row.sex or "", row.age, row.id_number, row.phone, row.remark)


def _industry(details: ApplicantDetails) -> str:
    known = industries().get(details.industry)
    return known.name if known else details.industry


def _jurisdiction(applicant: facts.Applicant) -> str:
    if applicant.group is not None:
        return "city"
    return "vanadium-titanium-zone" if applicant.vanadium_titanium_zone else applicant.county


def _route(case: Case) -> str:
    notice = shipped_rulebook().for_class_starting(case.starts_on)
    found = route(intake.applicant_facts(case), intake.training_facts(case), notice)
    return "" if found is facts.Route.NONE else found.value


def _formats(training: facts.Training) -> frozenset[str]:
    if training.format is Format.PURCHASED:
        return frozenset({"purchased-from-platform" if training.platform else "purchased-from-school"})
    return frozenset({training.format.value})


def _domain(training: facts.Training) -> str:
    for platform in shipped_rulebook().latest.platforms:
        if platform.name == training.platform:
            return platform.domains[0]
    return ""


def _approved_heads(session: Session, case: Case) -> int | None:
    if not case.opening_roster_known:
        return None
    approved = select(Enrolment.id).where(
        col(Enrolment.case_id) == case.id,
        col(Enrolment.application) == ApplicationStage.OPENING.value,
        col(Enrolment.approved).is_(True),
    )
    return len(session.exec(approved).all())


def _without(judgement: Judgement, people: tuple[Trainee, ...], code: str) -> int:
    """How many rows have no finding of this code."""
    faulty = {finding.seq for finding in judgement.findings if finding.code == code}
    return sum(row.seq not in faulty for row in people)
