"""Issue of papers: which a case may have and needs, one or all of them, and those of batches and of the office."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlmodel import col, select

from db.about import About, beside
from db.models import PaperIssued
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.printed import entering, foundations, issue_rules
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, KINDS, OFFICE_KINDS, PaperKind
from pxtui.casework.printed.decided_check import clauses_in
from pxtui.casework.printed.entering import OFFICE_FOLDER, EnteredPaper
from pxtui.casework.printed.hand_ins import Per
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.printed.reprinting import Issued as Issued
from pxtui.casework.printed.reprinting import issued_as as issued_as
from pxtui.casework.printed.reprinting import issued_before as issued_before
from pxtui.casework.printed.reprinting import print_again as print_again
from pxtui.casework.printed.reprinting import shown
from pxtui.errors import NotFound, Refused
from pxtui.policy.working_days import CalendarMissing
from pxtui.progress import Watch

_DRAWN_ANEW = "写明重新抽样的原因"
_CORRECTION_TERM = "until_day"
"""Name of the correction notice's value that is the last day for the correction."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of paper, and whether a case may have it now."""

    form: str
    name: str
    why_not: str
    """The obstacle in Chinese; empty: it can be issued."""
    needs_reason: str
    """What the clerk's reason must say, in Chinese; empty: no reason is needed."""
    is_due: bool = False
    """The case needs it at this stage."""
    issued: Issued | None = None
    """As it was issued, where nothing has changed since: it is printed again under its number."""
    choice: str = ""
    """Why the clerk has to choose between this one and another, in Chinese; empty: there is no choice."""

    @property
    def is_missing(self) -> bool:
        """Whether the case needs it now, and it can be issued without a choice or a reason, and is not."""
        return self.is_due and not self.left_out and self.issued is None

    @property
    def left_out(self) -> str:
        """Why it is not among all that a case needs now, in Chinese; empty where it is."""
        if self.why_not or (self.choice and not self.issued):
            return self.why_not or self.choice
        return _reason_wanted(self.needs_reason) if self.needs_reason and not self.issued else ""


@dataclass(frozen=True, slots=True)
class Wish:
    """The clerk's options for a paper."""

    reason: str = ""
    with_passwords: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """The papers of a case: kinds on offer, and issued papers."""

    offers: list[Offer]
    issued: list[Issued]


@dataclass(frozen=True, slots=True)
class AllIssued:
    """What came of issuing all that a case needs now."""

    written: list[Path] = field(default_factory=list)
    """Of new papers."""
    again: list[Path] = field(default_factory=list)
    """Of papers that were issued before and are unchanged, printed again under their numbers."""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Names of papers that wait for a clerk's choice or reason, each with what is wanted, in Chinese."""
    unfit: list[tuple[str, str]] = field(default_factory=list)
    """Names of other papers of this stage, each with the obstacle in Chinese."""


def desk(context: Context, number: str) -> PaperDesk:
    """The page of a case's papers."""
    return PaperDesk(offers(context, number), issued_before(context, number))


def offers(context: Context, number: str) -> list[Offer]:
    """Every kind of paper with the obstacle to its issue."""
    asking = Asking(context, find(context, number))
    forms = set(context.session.exec(select(PaperIssued.form).where(col(PaperIssued.case_id) == asking.case.id)))
    return [_offer(asking, kind, was_issued=kind.form in forms) for kind in KINDS]


def _offer(asking: Asking, kind: PaperKind, *, was_issued: bool) -> Offer:
    is_due = asking.case.stage in issue_rules.RULES[kind.form].due
    try:
        is_due = issue_rules.is_at_due_stage(asking, kind.form)
        if why_not := issue_rules.why_not(asking, kind.form):
            return Offer(kind.form, kind.name, why_not, "", is_due)
        issued = _issued_unchanged(asking, kind) if was_issued else None
        wanted = _lacking_reason(asking, kind)
        if issued is None:
            choice = issue_rules.RULES[kind.form].choice(asking)
            return Offer(kind.form, kind.name, "", wanted, is_due, choice=choice)
        drawn_anew = _DRAWN_ANEW if issue_rules.RULES[kind.form].is_drawn else ""
        return Offer(kind.form, kind.name, "", wanted or drawn_anew, is_due, shown(issued))
    except CalendarMissing as fault:
        # The papers that need no verdict are there all the same.
        return Offer(kind.form, kind.name, fault.sentence.rstrip("。"), "", is_due)


def _lacking_reason(asking: Asking, kind: PaperKind) -> str:
    return "" if kind.is_answered(asking) else kind.needs_reason(asking)


def _asked_for(asking: Asking, kind: PaperKind) -> str:
    lacking = _lacking_reason(asking, kind)
    return _reason_wanted(lacking) if lacking else ""


def _reason_wanted(what: str) -> str:
    return f"须写明理由（{what}）"


def _issued_unchanged(asking: Asking, kind: PaperKind) -> PaperIssued | None:
    """The paper as it was issued, where it would say the same now; None: there is none."""
    if issue_rules.RULES[kind.form].is_drawn and not asking.seed:
        return _drawn_before(asking, kind)
    content = kind.gather(asking)
    return entering.issued_alike(asking, kind, entering.version_of(kind, content.facts), asking.case.number)


def _drawn_before(asking: Asking, kind: PaperKind) -> PaperIssued | None:
    """The newest one of this application, whatever was drawn."""
    of_case = select(PaperIssued).where(col(PaperIssued.case_id) == asking.case.id, col(PaperIssued.form) == kind.form)
    paper = asking.context.session.exec(of_case.order_by(col(PaperIssued.id).desc())).first()
    if paper is None:
        return None
    moments = (paper.issued_at, asking.context.at)
    then, now = (asking.course.place(Per.APPLICATION, moment) for moment in moments)
    return paper if then == now else None


def _about(number: str, *_: object, **__: object) -> About:
    # A paper may tell of the one before: with the second of several the end of the journal is held, and no number of
    # a series may be waited for from there that another holds who waits for that end.
    return About(cases=(number,), names=("papers",))


@beside(_about)
def issue(
    context: Context,
    number: str,
    forms: Sequence[str],
    folder: Path | None = None,
    wish: Wish = Wish(),
    watch: Watch | None = None,
) -> list[Path]:
    """Record that papers are issued, every one of them or none; they are written when the transaction stands.

    One that was issued before and is unchanged is printed again under its number.

    Args:
        folder: of the files; None: the case's folder in the data folder.

    Raises:
        PxtuiError: the case cannot have such a paper now, a paper needs a reason, or the disk refuses.
        Cancelled: `watch` says so; no file is written.
    """
    asking = Asking(context, find(context, number), wish.reason, wish.with_passwords, wish.seed)
    where = entering.folder_for(context, folder, asking.case.number)
    prepared = [_prepare(asking, _kind(form)) for some in (watch or Watch()).chunks(forms, 1) for form in some]
    return [entering.put(context, where, paper) for paper in prepared]


@beside(_about)
def issue_due(
    context: Context, number: str, folder: Path | None = None, wish: Wish = Wish(), watch: Watch | None = None
) -> AllIssued:
    """Issue all that a case needs at its stage, and print again what it has of that; see `issue`.

    Raises:
        PxtuiError: the disk refuses.
        Cancelled: `watch` says so; no file is written.
    """
    asking = Asking(context, find(context, number), wish.reason, wish.with_passwords, wish.seed)
    # A reason is for what cannot be issued without one: with it, what was issued before would not be found unchanged.
    plain = replace(asking, reason="") if asking.reason else asking
    where = entering.folder_for(context, folder, asking.case.number)
    prepared: list[EnteredPaper] = []
    outcome = AllIssued()
    due = [kind for kind in KINDS if asking.case.stage in issue_rules.RULES[kind.form].due]
    for some in (watch or Watch()).chunks(due, 1):
        for kind in some:
            offer = _offer(plain, kind, was_issued=True)
            if not offer.is_due:
                continue
            if offer.issued is not None:
                outcome.again.append(print_again(context, offer.issued.id, folder))
            elif offer.why_not:
                outcome.unfit.append((kind.name, offer.why_not))
            elif lacking := offer.choice or _asked_for(asking, kind):
                outcome.left_out.append((kind.name, lacking))
            else:
                prepared.append(_entered(asking, kind))
    outcome.written.extend(entering.put(context, where, paper) for paper in prepared)
    return outcome


def issue_for_office(context: Context, form: str, day: date, folder: Path | None = None) -> Path:
    """Write a paper about the whole office and record its issue; returns its path.

    Args:
        day: a day in the paper's period.
        folder: of the file; None: the office's folder in the data folder.

    Raises:
        PxtuiError: there is no such paper, its period is in the future, or the disk refuses.
    """
    if form not in OFFICE_KINDS:
        raise NotFound(f"没有名为“{form}”的报表，可用：{'、'.join(OFFICE_KINDS)}。")
    kind = OFFICE_KINDS[form]
    first, last = kind.days(day)
    if first > context.today:
        raise Refused(f"{day}还没有到，不能出具{kind.name}，请改正日期。")
    asking = OfficeAsking(context, first, last)
    office = context.rulebook.latest.office(context.office).short_name
    period = _period(first, last)
    paper = entering.enter(asking, kind, kind.gather(asking), about=(period, office))
    return entering.put(context, entering.folder_for(context, folder, OFFICE_FOLDER), paper)


def _period(first: date, last: date) -> str:
    """A day, month or year, as the names of files begin with it."""
    if first == last:
        return f"{first}"
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def issue_of_several(
    context: Context, form: str, content: Content, about: tuple[str, str], folder: Path | None = None
) -> Path:
    """Write a paper about several cases and record its issue; returns its path.

    Args:
        content: of the paper, gathered by the caller.
        about: beginning, such as the batch's number, and end of the file name.
        folder: of the file; None: the office's folder in the data folder.

    Raises:
        PxtuiError: the disk refuses.
    """
    asking = OfficeAsking(context, context.today, context.today)
    paper = entering.enter(asking, _kind(form), content, about=about)
    return entering.put(context, entering.folder_for(context, folder, OFFICE_FOLDER), paper)


def _kind(form: str) -> PaperKind:
    if form not in BY_FORM:
        raise NotFound(f"没有名为“{form}”的文书，可用：{'、'.join(BY_FORM)}。")
    return BY_FORM[form]


def _prepare(asking: Asking, kind: PaperKind) -> EnteredPaper:
    """Enter a paper as issued, if the case may have it."""
    if why_not := issue_rules.why_not(asking, kind.form):
        raise Refused(f"不能出具“{kind.name}”：{why_not}。")
    if why_asked := _lacking_reason(asking, kind):
        raise Refused(f"“{kind.name}”须写明理由（{why_asked}），请填写后再试。")
    return _entered(asking, kind)


def _entered(asking: Asking, kind: PaperKind) -> EnteredPaper:
    case = asking.case
    content = kind.gather(asking)
    foundations.require_founded(asking.context, kind, content.facts)
    # Platform passwords are kept nowhere but in the roster: such a sheet is not printed again, but anew. Between commit
    # and writing alone it lies sealed among the files that are to be written, and is erased there when it is.
    paper = entering.enter(
        asking,
        kind,
        content,
        about=(case.number, case.applicant_name),
        remark=_remark(asking, kind),
        is_kept=not _bears_passwords(asking, kind),
        told=_told(asking, kind),
    )
    if _CORRECTION_TERM in content.facts.values and not paper.is_again:
        until = content.facts.values[_CORRECTION_TERM]
        case.correction_until = until if isinstance(until, date) else None
        asking.context.session.add(case)
    return paper


def _told(asking: Asking, kind: PaperKind) -> dict[str, str] | None:
    """What the clerk said, and the clause that it names, for later papers about the same decision."""
    if not asking.reason.strip():
        return None
    clause = clauses_in(asking.reason)
    about = {"application": asking.application.stage.value, "clause": clause} if clause else {}
    return about | {"form": kind.form, "reason": asking.reason.strip()}


def _remark(asking: Asking, kind: PaperKind) -> str:
    """The journal's remark beside the version: printed passwords, and the reason."""
    passwords = "，印出平台密码" if _bears_passwords(asking, kind) else ""
    reason = f"，理由：{asking.reason}" if asking.reason else ""
    return f"{passwords}{reason}"


def _bears_passwords(asking: Asking, kind: PaperKind) -> bool:
    return asking.with_passwords and kind.form == "attachment-4"
