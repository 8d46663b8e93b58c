"""Eligibility of a filed case: judged by the same rules as a bundle, with past trainings from the register."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from db.models import Case, Enrolment
from pxtui.casework.calendar import lifting
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.exchange import bundle_claims
from pxtui.casework.exchange import known as exchange_known
from pxtui.casework.lifecycle import fraud
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office.context import Context
from pxtui.casework.opening.filing import applicant_facts, training_facts
from pxtui.casework.outside_lists import comparing
from pxtui.casework.outside_lists.comparing import Compared
from pxtui.casework.people import past_trainings
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff.sight import require_people
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.policy.deductions import ByHand, with_deductions
from pxtui.policy.facts import (
    Application,
    ApplicationKind,
    Evidence,
    Material,
    PastTraining,
    Trainee,
    Training,
    Voucher,
    VoucherUse,
)
from pxtui.policy.judgement import Finding, Judgement, judge
from pxtui.policy.parameters import Rulebook, forwards
from pxtui.policy.working_days import WorkingDays
from pxtui.progress import Watch

_MOST_NAMED = 5


def check(context: Context, number: str) -> Judgement:
    """Judge the present application of the case with this number.

    Raises:
        PxtuiError: there is no such case, or a year without a holiday calendar decides.
    """
    return judge_case(context, find(context, number))


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """The verdict of the check on one row."""

    word: str
    """不符, 注意 or 通过."""
    messages: tuple[str, ...]
    blocks: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A judgement with the application that was judged."""

    application: Application
    judgement: Judgement
    approved: frozenset[int]
    """Who was approved, by 序号; empty before the decision."""
    notes: tuple[str, ...] = ()
    """What the register has to say and no rule, in Chinese: frauds of the enterprise. They change no judgement."""
    lists: Compared = comparing.NOTHING
    """What lists from elsewhere have of its people; a hit changes no judgement either."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is shown of the application and its rows: by the rules, and by lists."""
        return (*self.judgement.findings, *self.lists.findings)


def overview(context: Context, number: str, watch: Watch | None = None) -> Overview:
    """Judge the present application of a case; returns it with the judgement.

    Raises:
        Cancelled: `watch` says so.
        Refused: the acting person sees nothing of people.
    """
    require_people(context)
    watch = watch or Watch()
    watch.check()
    case = find(context, number)
    judged = application(context, case)
    watch.check()
    lists = comparing.compared(context, case, judged.roster)
    return replace(overview_from(context, case, judged), lists=lists)


def overview_of(context: Context, case: Case, stage: ApplicationKind) -> Overview:
    """Judge the opening or the claim of a case, whatever its stage."""
    return overview_from(context, case, _application(context, case, stage, roster_edits.trainees(context, case, stage)))


def overview_from(context: Context, case: Case, judged: Application) -> Overview:
    """Judge an application of a case whose facts are gathered already."""
    judgement = _facts(context, case, judged).judged(context.rulebook, context.working_days)
    approved = roster_edits.approved_seqs(context, case, judged.stage)
    return Overview(judged, judgement, approved, fraud.marks(context, case))


def notes(context: Context, number: str) -> tuple[str, ...]:
    """What the register has to say of a case and no rule, in Chinese."""
    return fraud.marks(context, find(context, number))


def row_verdicts(context: Context, number: str) -> dict[int, RowVerdict]:
    """By position in the roster (from 0), the verdict on each row."""
    return by_place(overview(context, number))


def verdicts_of(context: Context, number: str, people: Sequence[Trainee]) -> dict[int, RowVerdict]:
    """By position (from 0), the verdicts on rows that are not stored, judged as the case's roster."""
    return by_place(overview_with(context, find(context, number), people))


def overview_with(context: Context, case: Case, people: Sequence[Trainee]) -> Overview:
    """The present application of a case judged as if its roster were these rows, which are not stored.

    Raises:
        CalendarMissing: a year without a holiday calendar decides.
    """
    return overview_from(context, case, _application(context, case, application_of(case.stage), tuple(people)))


def overview_with_heads(context: Context, number: str, purchased_heads: int | None) -> Overview:
    """The present application of a case judged as if its purchase covered so many people, which is not stored."""
    case = find(context, number)
    return overview_from(context, case, replace(application(context, case), purchased_heads=purchased_heads))


def by_place(checked: Overview) -> dict[int, RowVerdict]:
    """By position in the roster that was judged (from 0), the verdict on each row."""
    by_seq: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        by_seq[finding.seq].append(finding)
    people = checked.application.roster
    return {position: _verdict_on(trainee, by_seq[trainee.seq]) for position, trainee in enumerate(people)}


def verdicts_near(context: Context, number: str, position: int, id_numbers: list[str]) -> dict[int, RowVerdict]:
    """By position (from 0), the verdicts on the rows that a change of one row affects.

    Args:
        id_numbers: the row's ID number after and before the change; rows with either are affected.
    """
    case = find(context, number)
    stage = application_of(case.stage)
    if stage is ApplicationKind.CLAIM:
        # A platform account is sealed and can be compared only where all rows are open.
        return row_verdicts(context, number)
    touched = roster_edits.near(context, case, stage, position, id_numbers)
    rows = tuple(touched.values())
    judged = judge(_application(context, case, stage, rows), context.rulebook, context.working_days)
    found = (*judged.findings, *comparing.compared(context, case, rows).findings)
    return {
        place: _verdict_on(trainee, [finding for finding in found if finding.seq == trainee.seq])
        for place, trainee in touched.items()
    }


def _verdict_on(trainee: Trainee, findings: Sequence[Finding]) -> RowVerdict:
    """The verdict of a row; one without a name cannot be submitted, see `require_names`, whatever the rules say."""
    verdict = row_verdict(findings)
    if canonical(trainee.name):
        return verdict
    return RowVerdict("不符", ("没有姓名，请照身份证补填。", *verdict.messages), verdict.blocks + 1)


def require_names(people: Sequence[Trainee]) -> None:
    """Refuse a roster with rows that name nobody: they would be granted and published without a name.

    Raises:
        Refused: there is such a row.
    """
    nameless = [trainee.seq for trainee in people if not canonical(trainee.name)]
    if nameless:
        seqs = "、".join(map(str, nameless[:_MOST_NAMED])) + "号" + "等" * (len(nameless) > _MOST_NAMED)
        raise Refused(f"第{seqs}没有姓名（共{len(nameless)}人），请照身份证补填，或删去这一行。")


def row_verdict(findings: Sequence[Finding]) -> RowVerdict:
    """The verdict of a row's findings, messages of blocks first."""
    ordered = sorted(findings, key=lambda finding: not finding.blocks)
    blocks = sum(finding.blocks for finding in findings)
    word = "不符" if blocks else "注意" if findings else "通过"
    return RowVerdict(word, tuple(finding.message for finding in ordered), blocks)


def judge_case(context: Context, case: Case) -> Judgement:
    """Judge the present application of a case."""
    return facts_of(context, case).judged(context.rulebook, context.working_days)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The facts of a judgement, to be frozen with it."""

    application: Application
    by_hand: Mapping[int, ByHand]
    """By 序号, the reviewer's deductions of single rows of a claim; empty for an opening."""

    def judged(self, rulebook: Rulebook, working_days: WorkingDays) -> Judgement:
        """The judgement by the rules, with the reviewer's deductions applied.

        Raises:
            CalendarMissing: a year without a holiday calendar decides.
        """
        judgement = judge(self.application, rulebook, working_days)
        notice = rulebook.for_class_starting(self.application.training.starts_on)
        return with_deductions(self.application, judgement, self.by_hand, notice)


def facts_of(context: Context, case: Case) -> CaseFacts:
    """The facts of a case's present application, with deductions by hand."""
    return _facts(context, case, application(context, case))


def of_approved(context: Context, case: Case) -> CaseFacts:
    """The facts of an opening with those alone who are approved: what a change of the class is judged by."""
    approved = roster_edits.approved_seqs(context, case, ApplicationKind.OPENING)
    people = roster_edits.trainees(context, case, ApplicationKind.OPENING)
    staying = tuple(person for person in people if person.seq in approved)
    return opening_as(context, case, training_facts(case), staying)


def opening_as(context: Context, case: Case, training: Training, people: tuple[Trainee, ...]) -> CaseFacts:
    """The facts of an opening, were its class and its roster these."""
    return CaseFacts(replace(_application(context, case, ApplicationKind.OPENING, people), training=training), {})


def _facts(context: Context, case: Case, judged: Application) -> CaseFacts:
    is_claim = judged.stage is ApplicationKind.CLAIM
    return CaseFacts(judged, deductions_by_hand.of_rows(context, case, judged.roster) if is_claim else {})


def application(context: Context, case: Case) -> Application:
    """The present application of a case as the rules judge it."""
    stage = application_of(case.stage)
    return _application(context, case, stage, roster_edits.trainees(context, case, stage))


def _application(context: Context, case: Case, stage: ApplicationKind, people: tuple[Trainee, ...]) -> Application:
    is_claim = stage is ApplicationKind.CLAIM
    entered = claim_filing.vouchers(context, case) if is_claim else ()
    used, uses = _used_vouchers(context, case, entered) if is_claim else ((), ())
    numbers = [trainee.id_number for trainee in people]
    history = (
        *past_trainings.of_people(context, numbers, except_case=case),
        *exchange_known.trainings(context, case, numbers),
        *bundle_claims.trainings(context, case, numbers),
    )
    known = Known(
        lifting.day_for(context, case),
        _opening_roster(context, case) if is_claim else None,
        entered,
        used,
        uses,
        history,
    )
    return application_with(context.rulebook, case, stage, people, known)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of an application beside the case and its roster."""

    lifted_on: date | None
    opening_roster: tuple[str, ...] | None
    vouchers: tuple[Voucher, ...]
    vouchers_used: tuple[str, ...]
    voucher_sources: tuple[VoucherUse, ...]
    history: tuple[PastTraining, ...]


def application_with(
    rules: Rulebook, case: Case, stage: ApplicationKind, people: tuple[Trainee, ...], known: Known
) -> Application:
    """An application of a case out of what was gathered."""
    is_claim = stage is ApplicationKind.CLAIM
    received_on = case.claim_received_on if is_claim else case.opening_received_on
    return Application(
        stage=stage,
        decided_on=received_on or case.starts_on,
        lifted_on=known.lifted_on,
        office=_handed_in_for(rules, case),
        opened_by=case.opened_by if is_claim else None,
        applicant=applicant_facts(case),
        training=training_facts(case),
        materials=frozenset(map(Material, case.claim_materials if is_claim else case.opening_materials)),
        evidence=frozenset(map(Evidence, case.evidence)),
        roster=people,
        opening_roster=known.opening_roster,
        purchased_heads=case.purchased_heads,
        vouchers=known.vouchers,
        vouchers_used=known.vouchers_used,
        history=known.history,
        voucher_sources=known.voucher_sources,
    )


def _handed_in_for(rules: Rulebook, case: Case) -> str:
    """The office at which a case was handed in; what the zone's committee collects is for the office it forwards to."""
    if not forwards(case.office_code):
        return case.office_code
    return rules.for_class_starting(case.starts_on).zone_office


def _used_vouchers(
    context: Context, case: Case, entered: tuple[Voucher, ...]
) -> tuple[tuple[str, ...], tuple[VoucherUse, ...]]:
    """The numbers that are used elsewhere, and where: in this register, at other offices, as the bundle says."""
    others = (*exchange_known.voucher_uses(context, case, entered), *bundle_claims.voucher_uses(context, case))
    here, uses = claim_filing.used_elsewhere(context, case, entered)
    numbers = dict.fromkeys((*here, *(use.number for use in others)))
    return tuple(numbers), (*uses, *others)


def _opening_roster(context: Context, case: Case) -> tuple[str, ...] | None:
    if not case.opening_roster_known:
        return None
    vault = context.vault
    approved = context.session.exec(
        select(Enrolment)
        .where(col(Enrolment.case_id) == case.id)
        .where(col(Enrolment.application) == ApplicationKind.OPENING.value)
        .where(col(Enrolment.approved).is_(True))
        .order_by(col(Enrolment.position))
    )
    return tuple(row.unseal(vault, "id_number") for row in approved)
