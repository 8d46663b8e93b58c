"""Contents of Attachments 1 to 4 of the notice, from the register."""

from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any

from sqlmodel import col, select

from db.models import Case, DayOf, Enrolment
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN, SETTLED
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, Filing
from pxtui.casework.printed import decided_check, opinions, published, review
from pxtui.casework.printed.asking import Asking, Content, marked, shares_in_words
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.attachments import attachment_1, attachment_2, attachment_3, attachment_4
from pxtui.papers.attachments.attachment_1 import Attachment1
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.sheet_writer import written
from pxtui.papers.writing.wording import UNWRITTEN, Filling
from pxtui.policy import facts, words
from pxtui.policy.enterprise_size import industries
from pxtui.policy.facts import ApplicationKind, Format, Trainee
from pxtui.policy.judgement import Judgement
from pxtui.policy.jurisdiction import route


def attachment_1_of(asking: Asking) -> Content:
    """附件1, the application for the opening of a class."""
    context, case = asking.context, asking.case
    approved = case.opened_by is not None
    checks = opinions.of_checks(context, case, ApplicationKind.OPENING)
    paper = replace(
        _as_applied(asking),
        filled_on=asking.received_day(DayOf.OPENING_RECEIVED),
        filing_number=case.display_number if approved else "",
        first_review=checks.get(Action.FIRST_CHECK, UNWRITTEN),
        second_review=checks.get(Action.SECOND_CHECK, UNWRITTEN),
        approval=opinions.of_head(context, opinions.of_opening_decision(case)),
        approval_result="approved" if approved else ("refused" if case.stage in OPENING_TURNED_DOWN else ""),
    )
    return Content(
        _facts(paper), lambda about, wording: written(attachment_1.page(replace(paper, version=about.version), wording))
    )


def _as_applied(asking: Asking) -> Attachment1:
    """What the applicant states of itself and of its class."""
    context, case = asking.context, asking.case
    filing = opening_filing.filing_of(context, case)
    training, plan, fee_fen = filing.training, filing.plan, filing.planned_fee_fen
    heads = len(roster_edits.trainees(context, case, ApplicationKind.OPENING))
    return replace(
        _of_applicant(filing),
        case_number=case.display_number,
        course=filing.course_title or "",
        occupation=training.occupation,
        level=training.level.value if training.level else "none",
        route=_route(context, case),
        trainees=training.trainees.value,
        key_group=plan.key_group,
        planned_heads=heads,
        formats=_formats(context, training),
        methods=frozenset(plan.methods),
        platform=training.platform or "",
        domain=_domain(context, training) or plan.domain,
        provider=training.provider or "",
        provider_credit_code=plan.provider_credit_code,
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        course_hours=training.course_hours,
        total_hours=plan.total_hours,
        theory_hours=plan.theory_hours,
        practice_hours=plan.practice_hours,
        exam=plan.exam,
        process=frozenset(plan.supervision),
        fee_total_fen=fee_fen,
        fee_per_head_fen=fee_fen // heads if fee_fen and heads else None,
        contract_number=filing.contract_number or "",
        relevance=plan.relevance,
    )


def _of_applicant(filing: Filing) -> Attachment1:
    applicant, details = filing.applicant, filing.details
    return Attachment1(
        version="",
        applicant_name=applicant.name,
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
        legal_phone=details.legal_phone,
        contact=details.contact_name,
        contact_mobile=details.contact_phone,
    )


def attachment_2_of(asking: Asking) -> Content:
    """附件2, the roster of the opening."""
    context, case = asking.context, asking.case
    lines = [_roster_line(row) for row in roster_edits.trainees(context, case, ApplicationKind.OPENING)]
    paper = Attachment2(case.applicant_name, lines, "", case.display_number)
    return Content(_facts(paper), lambda about, _: written(attachment_2.page(replace(paper, version=about.version))))


def attachment_3_of(asking: Asking) -> Content:
    """附件3, the application for the subsidy."""
    context, case = asking.context, asking.case
    filing = opening_filing.filing_of(context, case)
    details, training = filing.details, filing.training
    people = roster_edits.trainees(context, case, ApplicationKind.CLAIM)
    judgement = decided_check.check_at_decision(asking, ApplicationKind.CLAIM).judgement
    money = review.asked_for(asking)
    paper = Attachment3(
        version="",
        case_number=case.display_number,
        applicant_name=case.applicant_name,
        filed_on=asking.received_day(DayOf.CLAIM_RECEIVED),
        acceptance_number=case.display_number,
        credit_code=case.credit_code,
        size=case.size or "",
        address=details.address,
        legal_representative=details.legal_representative,
        legal_phone=details.legal_phone,
        contact=details.contact_name,
        contact_mobile=details.contact_phone,
        filing_number=case.display_number,
        approved_by=context.rulebook.latest.office(case.opened_by or case.office_code).name,
        approved_on=case.opening_decided_on,
        course=filing.course_title or "",
        occupation=words.occupation_and_level(training.occupation, training.level),
        platform=" ".join(filter(None, (training.platform, _domain(context, training) or filing.plan.domain))),
        provider=training.provider or "",
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        course_hours=training.course_hours,
        approved_heads=_approved_heads(context, case),
        trained_heads=len(people),
        completed_heads=_without(judgement, people, "person.hours-short"),
        passed_heads=_without(judgement, people, "person.failed"),
        claimed_heads=len(people),
        paid_fen=money.cost_fen if money else None,
        vouchers=_voucher_lines(context, case),
        covered_heads=case.purchased_heads or (money.heads if money else None),
        per_head_fen=money.cost_fen // money.heads if money and money.heads else None,
        standard_fen=money.per_person_fen if money else None,
        claimed_fen=money.total_fen if money and case.asked_total_fen is None else case.asked_total_fen,
        account_name=case.applicant_name if details.bank_account else "",
        account=details.bank_account,
        bank_name=details.bank_name,
    )
    paper = _with_decisions(asking, paper)
    return Content(
        _facts(paper), lambda about, wording: written(attachment_3.page(replace(paper, version=about.version), wording))
    )


def _voucher_lines(context: Context, case: Case) -> list[PaidInvoice]:
    return [
        PaidInvoice(
            number=voucher.number, issued_on=voucher.issued_on, seller=voucher.payee, amount_fen=voucher.amount_fen
        )
        for voucher in claim_filing.vouchers(context, case)
    ]


def _with_decisions(asking: Asking, paper: Attachment3) -> Attachment3:
    """The Attachment 3 with the office's reviews and decision, its publication and payment; blank where missing."""
    context, case = asking.context, asking.case
    judgement = decided_check.check_at_decision(asking, ApplicationKind.CLAIM).judgement
    money = judgement.subsidy if case.stage in SETTLED else None
    checks = opinions.of_checks(context, case, ApplicationKind.CLAIM)
    off = review.taken_off(asking)
    paper = replace(
        paper,
        first_review=checks.get(Action.FIRST_CHECK, UNWRITTEN),
        reduced_heads=off.heads if off else None,
        reduced_fen=off.total_fen if off else None,
        reduction_reason=off.reasons if off else "",
        second_review=checks.get(Action.SECOND_CHECK, UNWRITTEN),
        approval=opinions.of_head(context, opinions.of_claim_decision(case)),
        is_refused=case.stage in CLAIM_TURNED_DOWN,
        granted_heads=case.approved_heads if case.stage in SETTLED else None,
        granted_standard_fen=money.per_person_fen if money else None,
        granted_fen=case.approved_total_fen if case.stage in SETTLED else None,
        shares=shares_in_words(case.approved_total_fen or 0, case.approved_heads or 0) if case.stage in SETTLED else "",
    )
    if aired := published.publication(context, case):
        paper = replace(
            paper,
            publicity_address=aired.page_address,
            publicity_starts_on=marked(aired.on, aired.stated),
            publicity_ends_on=aired.days.ends_on,
            publicity_working_days=context.rulebook.for_class_starting(case.starts_on).publicity_working_days,
            objection=aired.result,
            objection_handling=aired.handling,
        )
    if paid := published.payment(context, case):
        paper = replace(paper, payment_on=paid.answered_on, payment_voucher=paid.reference)
    return paper


def attachment_4_of(asking: Asking) -> Content:
    """附件4, the roster of the claim; with passwords only on request."""
    context, case = asking.context, asking.case
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
            password=row.password if asking.with_passwords else "",
            passed=row.passed,
            remark=row.remark,
        )
        for row in roster_edits.trainees(context, case, ApplicationKind.CLAIM)
    ]
    paper = Attachment4(case.applicant_name, lines, "", case.display_number)
    return Content(_facts(paper), lambda about, _: written(attachment_4.page(replace(paper, version=about.version))))


def _roster_line(row: Trainee) -> RosterLine:
    return RosterLine(row.seq, row.name, row.sex or "", row.age, row.id_number, row.phone, row.remark)


def _industry(details: ApplicantDetails) -> str:
    known = industries().get(details.industry)
    return known.name if known else details.industry


def _jurisdiction(applicant: facts.Applicant) -> str:
    if applicant.group is not None:
        return "city"
    return "vanadium-titanium-zone" if applicant.vanadium_titanium_zone else applicant.county


def _route(context: Context, case: Case) -> str:
    notice = context.rulebook.for_class_starting(case.starts_on)
    found = route(opening_filing.applicant_facts(case), opening_filing.training_facts(case), notice)
    return "" if found is facts.Route.NONE else found.value


def _formats(context: Context, training: facts.Training) -> frozenset[str]:
    if training.format is Format.PURCHASED:
        platforms = {platform.name for platform in context.rulebook.for_class_starting(training.starts_on).platforms}
        of_platform = not training.provider or training.provider in {training.platform, *platforms}
        return frozenset({"purchased-from-platform" if training.platform and of_platform else "purchased-from-school"})
    return frozenset({training.format.value})


def _domain(context: Context, training: facts.Training) -> str:
    for platform in context.rulebook.latest.platforms:
        if platform.name == training.platform:
            return platform.domains[0]
    return ""


def _approved_heads(context: Context, case: Case) -> int | None:
    if not case.opening_roster_known:
        return None
    approved = select(Enrolment.id).where(
        col(Enrolment.case_id) == case.id,
        col(Enrolment.application) == ApplicationKind.OPENING.value,
        col(Enrolment.approved).is_(True),
    )
    return len(context.session.exec(approved).all())


def _without(judgement: Judgement, people: tuple[Trainee, ...], code: str) -> int:
    """The number of rows without a finding of this code."""
    faulty = {finding.seq for finding in judgement.findings if finding.code == code}
    return sum(row.seq not in faulty for row in people)


def _facts(paper: Any) -> Facts:
    """The values and tables of a paper by field name, for its version code and an office's own workbook."""
    values: dict[str, Filling] = {}
    tables: dict[str, list[dict[str, Filling]]] = {}
    for field in fields(paper):
        value = getattr(paper, field.name)
        if isinstance(value, list | tuple):
            tables[field.name] = [asdict(line) for line in value]
        elif is_dataclass(value) and not isinstance(value, type):
            values.update({f"{field.name}_{key}": part for key, part in asdict(value).items()})
        elif isinstance(value, frozenset):
            values[field.name] = "、".join(sorted(value))
        else:
            values[field.name] = value
    return Facts(values, tables)
