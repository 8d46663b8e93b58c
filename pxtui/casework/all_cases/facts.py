"""The facts of some hundred open cases, as `check.eligibility` has those of one: so many statements for them all."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlmodel import col

from db import history as archive_history
from db.models import BundleTraining, Case, Enrolment, ExchangedTraining, RowDeduction
from pxtui.casework.all_cases.used_vouchers import Uses, uses_of
from pxtui.casework.calendar import lifting
from pxtui.casework.check.eligibility import CaseFacts, Known, application_with
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.exchange import bundle_claims
from pxtui.casework.exchange import known as exchange_known
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.casework.roster.rows import RowOfCase, of_cases
from pxtui.policy.facts import ApplicationKind, PastTraining


def facts_of_many(context: Context, cases: Sequence[Case]) -> Iterator[tuple[Case, CaseFacts]]:
    """Each case with the facts of its present application; of at most 500 cases, by 13 statements.

    Where a voucher is used elsewhere is not told: no verdict has it.
    """
    ids = [case.id for case in cases]
    rosters: defaultdict[int, list[RowOfCase]] = defaultdict(list)
    for row in of_cases(context, ids):
        rosters[row.case_id].append(row)
    gathered = _Gathered(context, ids)
    for case in cases:
        yield case, gathered.facts(case, rosters[case.id])


class _Gathered:
    """What is known beside the rosters of some cases."""

    def __init__(self, context: Context, ids: Sequence[int]) -> None:
        self._context = context
        session = context.session
        self._lifted_on = lifting.in_force(context)
        self._uses: Uses = uses_of(context, ids)
        self._trainings: defaultdict[bytes, list[archive_history.KnownTraining]] = defaultdict(list)
        for training in archive_history.trainings_of_cases(session, ids, past_trainings.STAGES):
            self._trainings[training.id_key].append(training)
        own = select(col(Enrolment.id_key)).where(col(Enrolment.case_id).in_(ids), col(Enrolment.id_key).is_not(None))
        self._exchanged: defaultdict[bytes, list[ExchangedTraining]] = defaultdict(list)
        for told in session.scalars(
            select(ExchangedTraining).where(col(ExchangedTraining.id_key).in_(own), col(ExchangedTraining.struck) == "")
        ):
            self._exchanged[told.id_key].append(told)
        self._bundled: defaultdict[int, list[BundleTraining]] = defaultdict(list)
        for told_here in session.scalars(
            select(BundleTraining).where(col(BundleTraining.case_id).in_(ids)).order_by(col(BundleTraining.id))
        ):
            self._bundled[told_here.case_id].append(told_here)
        self._deductions: defaultdict[int, list[RowDeduction]] = defaultdict(list)
        for deduction in session.scalars(select(RowDeduction).where(col(RowDeduction.case_id).in_(ids))):
            self._deductions[deduction.case_id].append(deduction)

    def facts(self, case: Case, rows: Sequence[RowOfCase]) -> CaseFacts:
        """The facts of one of the cases."""
        stage = application_of(case.stage)
        is_claim = stage is ApplicationKind.CLAIM
        own = [row for row in rows if row.application == stage.value and not row.left]
        people = tuple(row.trainee for row in own)
        known = Known(
            lifted_on=self._lifted_on or case.lifted_on,
            opening_roster=_opening_roster(case, rows) if is_claim else None,
            vouchers=tuple(self._uses.own[case.id]) if is_claim else (),
            vouchers_used=self._uses.elsewhere(case) if is_claim else (),
            voucher_sources=(),
            history=self._history(case, own),
        )
        judged = application_with(self._context.rulebook, case, stage, people, known)
        deductions = self._deductions[case.id] if is_claim else ()
        return CaseFacts(judged, deductions_by_hand.among(self._context, deductions, people))

    def _history(self, case: Case, rows: Sequence[RowOfCase]) -> tuple[PastTraining, ...]:
        numbers = {row.id_key: row.trainee.id_number for row in rows if row.id_key is not None}
        here = (training for key in numbers for training in self._trainings[key] if training.case_id != case.id)
        theirs = [told for key in numbers for told in self._exchanged[key]]
        return (
            *(past_trainings.past_training(training, numbers[training.id_key]) for training in here),
            *exchange_known.counting(self._context, case, theirs, numbers),
            *(
                bundle_claims.past_training(told, numbers[told.id_key])
                for told in self._bundled[case.id]
                if told.id_key in numbers
            ),
        )


def _opening_roster(case: Case, rows: Sequence[RowOfCase]) -> tuple[str, ...] | None:
    if not case.opening_roster_known:
        return None
    opening = ApplicationKind.OPENING.value
    return tuple(row.trainee.id_number for row in rows if row.application == opening and row.approved)
