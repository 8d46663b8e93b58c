"""The check of an application as it stood when the application was decided, and the clause that the decision names."""

import re
from collections.abc import Iterable

from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.check import eligibility
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, OPENING_GRANTED, OPENING_TURNED_DOWN, application_of
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.printed.asking import Asking
from pxtui.errors import Damaged
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Finding

_DECISIONS = frozenset({Action.APPROVE, Action.REFUSE})
_DECIDED = {
    ApplicationKind.OPENING: OPENING_GRANTED | OPENING_TURNED_DOWN,
    ApplicationKind.CLAIM: CLAIM_DECIDED,
}
_ONE = r"(?:末段|附件[1-4]|[一二三四五六](?:[（(][一二三四五][）)])?)"
_SEVERAL = rf"{_ONE}(?:[、，和]{_ONE})*"
_NAMED = re.compile(rf"(?:依据|根据|按照|违反|不符合)[^。；]{{0,40}}?({_SEVERAL})(?=[、，。；）)的条款规]|$)")
_ALONE = re.compile(rf"第?({_SEVERAL})条?")
CLAUSE_ASKED_FOR = "审批意见没有依据，写明条款如“三”"


def check_at_decision(asking: Asking, kind: ApplicationKind) -> Overview:
    """The check as the decision froze it; before a decision, and where none is on file, that of today.

    What the register learns later changes no paper about what was decided.
    """
    if kind not in asking.checks_at_decision:
        asking.checks_at_decision[kind] = _read(asking, kind)
    return asking.checks_at_decision[kind]


def _read(asking: Asking, kind: ApplicationKind) -> Overview:
    context, case = asking.context, asking.case
    row = check_frozen.newest(context, case, _DECISIONS, kind) if case.stage in _DECIDED[kind] else None
    if row is not None:
        try:
            facts = check_frozen.thawed(context, row, case).facts
        except Damaged:
            # Without the frozen facts those of today are the best there are.
            row = None
    if row is None:
        is_present = application_of(case.stage) is kind
        return asking.overview if is_present else eligibility.overview_of(context, case, kind)
    judgement = facts.judged(context.rulebook, context.working_days)
    approved = asking.approved_seqs(kind)
    return Overview(facts.application, judgement, approved)


def clauses_in(text: str) -> str:
    """The clauses that a text names behind 依据, 根据, 按照, 违反 or 不符合, or that it consists of; else empty."""
    alone = _ALONE.fullmatch(text.strip())
    found = alone or _NAMED.search(text)
    return "" if found is None else found.group(1).replace("（", "(").replace("）", ")")


def clause_of_refusal(asking: Asking, kind: ApplicationKind) -> str:
    """The clause on which a refusal stands; empty where nobody has named one.

    From the opinion, else from what the check had against the application as a whole, else from the reason with which
    a paper about this decision was issued, now or before.
    """
    case = asking.case
    opinion = (case.claim_opinion if kind is ApplicationKind.CLAIM else case.opening_opinion) or ""
    return clauses_in(opinion) or _of_blocks(asking, kind) or clauses_in(asking.reason) or _told_before(asking, kind)


def _of_blocks(asking: Asking, kind: ApplicationKind) -> str:
    judgement = check_at_decision(asking, kind).judgement
    whole = [finding for finding in judgement.findings if finding.blocks and finding.seq is None]
    if not judgement.eligible and not whole:
        whole = [finding for finding in judgement.findings if finding.blocks]
    return clauses_of(whole)


def clauses_of(findings: Iterable[Finding]) -> str:
    """The clauses of some findings, each once."""
    return "、".join(dict.fromkeys(finding.clause for finding in findings if finding.clause))


def _told_before(asking: Asking, kind: ApplicationKind) -> str:
    """The clause that a clerk named for an earlier paper about the same decision."""
    about = (Act.CASE_REFUSE, Act.CASE_APPROVE, Act.PAPER_ISSUE)
    entries = asking.context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == asking.case.id, col(JournalEntry.action).in_(about))
        .order_by(col(JournalEntry.id).desc())
    )
    for entry in entries:
        if entry.action != Act.PAPER_ISSUE:
            return ""
        _, after = journal.values(asking.context, entry)
        if after.get("application") == kind.value and (clause := str(after.get("clause", ""))):
            return clause
    return ""
