"""Issue of papers: numbered without gaps, recorded, stored byte for byte, and printed again from the store."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import col, or_, select

from db.models import Act, Case, PaperIssued
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.serials import next_serial
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal, outgoing
from pxtui.casework.office.context import Context
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, KINDS, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.clock import CHINA
from pxtui.errors import NotFound, Refused
from pxtui.papers.writing import office_template
from pxtui.papers.writing.file_names import file_name
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import UNWORDED, words_of
from pxtui.policy.working_days import CalendarMissing
from pxtui.progress import Watch

VERSION_CHARACTERS = 8

_CORRECTION_TERM = "until_day"
"""Name of the correction notice's value that is the last day for the correction."""
_OFFICE_FOLDER = "报表"
_NAMES = {form: kind.name for form, kind in (BY_FORM | OFFICE_KINDS).items()}
_NAMED = 3
"""How many issued papers a refusal names."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of paper, and whether a case can have it now."""

    form: str
    name: str
    why_not: str
    """The obstacle in Chinese; empty: it can be issued."""
    needs_reason: str
    """What the clerk's reason must say, in Chinese; empty: no reason is needed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The clerk's options for a paper."""

    reason: str = ""
    with_passwords: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper for a list; `issued_at` is YYYY-MM-DD HH:MM, China time."""

    id: int
    name: str
    number: str
    issued_at: str
    staff_name: str
    file_name: str


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """The papers of a case: kinds on offer, and issued papers."""

    offers: list[Offer]
    issued: list[Issued]


def desk(context: Context, number: str) -> PaperDesk:
    """The page of a case's papers."""
    return PaperDesk(offers(context, number), issued_before(context, number))


def offers(context: Context, number: str) -> list[Offer]:
    """Every kind of paper with the obstacle to its issue."""
    asking = Asking(context, find(context, number))
    return [_offer(asking, kind) for kind in KINDS]


def _offer(asking: Asking, kind: PaperKind) -> Offer:
    try:
        return Offer(kind.form, kind.name, _why_not(asking, kind), kind.needs_reason(asking))
    except CalendarMissing as fault:
        # The papers that need no verdict are there all the same.
        return Offer(kind.form, kind.name, fault.sentence.rstrip("。"), "")


def _why_not(asking: Asking, kind: PaperKind) -> str:
    return "案件已作废" if asking.case.stage is Stage.VOIDED else kind.why_not(asking)


def possible_now(context: Context, number: str, reason: str = "") -> list[str]:
    """The forms that can be issued now; those that need a reason only where `reason` is given."""
    return [offer.form for offer in offers(context, number) if not offer.why_not and (reason or not offer.needs_reason)]


def issue(
    context: Context,
    number: str,
    forms: Sequence[str],
    folder: Path | None = None,
    wish: Wish = Wish(),
    watch: Watch | None = None,
) -> list[Path]:
    """Record that papers are issued, every one of them or none; they are written when the transaction stands.

    Args:
        folder: of the files; None: the case's folder in the data folder.

    Raises:
        PxtuiError: the case cannot have such a paper now, a paper needs a reason, or the disk refuses.
        Cancelled: `watch` says so; no file is written.
    """
    asking = Asking(context, find(context, number), wish.reason, wish.with_passwords, wish.seed)
    where = _folder(context, folder, asking.case.number)
    prepared = [_prepare(asking, _kind(form)) for some in (watch or Watch()).chunks(forms, 1) for form in some]
    return [_put(context, where, paper) for paper in prepared]


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
    office = context.rulebook.latest.offices[context.office].short_name
    period = f"{first}" if first == last else f"{first:%Y-%m}"
    paper = _enter(asking, kind, kind.gather(asking), about=(period, office))
    return _put(context, _folder(context, folder, _OFFICE_FOLDER), paper)


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
    paper = _enter(asking, _kind(form), content, about=about)
    return _put(context, _folder(context, folder, _OFFICE_FOLDER), paper)


def issued_before(context: Context, number: str | None) -> list[Issued]:
    """The issued papers of a case, the newest first; `number` None: those about whole offices."""
    case_id = None if number is None else find(context, number).id
    about_it = select(PaperIssued).where(col(PaperIssued.case_id) == case_id)
    return [
        Issued(
            paper.id,
            _NAMES[paper.form],
            paper.number,
            f"{paper.issued_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            paper.staff_name,
            paper.file_name,
        )
        for paper in context.session.exec(about_it.order_by(col(PaperIssued.id).desc()))
    ]


def issued_as(context: Context, number: str | None, called: str) -> int:
    """The id of the newest issued paper with this number, file name or version code.

    `number`: of the case; None: of papers about whole offices.

    Raises:
        PxtuiError: no such paper was issued.
    """
    case_id = None if number is None else find(context, number).id
    names = (col(PaperIssued.number), col(PaperIssued.file_name), col(PaperIssued.version_code))
    issued = select(PaperIssued.id).where(
        col(PaperIssued.case_id) == case_id, or_(*(name == called.strip() for name in names))
    )
    found = context.session.exec(issued.order_by(col(PaperIssued.id).desc())).first() if called.strip() else None
    if found is None:
        before = [paper.number or paper.file_name for paper in issued_before(context, number)]
        known = f"最近出具的有：{'、'.join(before[:_NAMED])}" if before else "还没有出具过文书"
        raise NotFound(f"没有已出具的“{called}”，{known}。")
    return found


def print_again(context: Context, issued_id: int, folder: Path | None = None) -> Path:
    """Write an issued paper again from the store, byte for byte; returns its path.

    Raises:
        PxtuiError: there is no such paper, its content was not kept, or the disk refuses.
    """
    paper = context.session.get(PaperIssued, issued_id)
    if paper is None:
        raise NotFound("没有这份已出具的文书，请刷新后再试。")
    content = base64.b64decode(paper.unseal(context.vault, "content"))
    if hashlib.sha256(content).hexdigest() != paper.digest:
        raise Refused(f"“{paper.file_name}”没有留存原件，不能原样重印；可以另出一份新的。")
    case = None if paper.case_id is None else context.session.get(Case, paper.case_id)
    where = _folder(context, folder, _OFFICE_FOLDER if case is None else case.number)
    path = _put(context, where, _Paper(_called(paper), paper.file_name, content))
    summary = f"重印{_NAMES[paper.form]}（{paper.number or paper.version_code}）"
    journal.record(context, case, Act.PAPER_AGAIN, summary)
    return path


def _kind(form: str) -> PaperKind:
    if form not in BY_FORM:
        raise NotFound(f"没有名为“{form}”的文书，可用：{'、'.join(BY_FORM)}。")
    return BY_FORM[form]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper that is entered as issued and is to be written."""

    called: str
    """What it is, in Chinese, with its number."""
    file_name: str
    content: bytes


def _put(context: Context, folder: Path, paper: _Paper) -> Path:
    """Have a paper written once it stands in the register; where it will be."""
    path = folder / paper.file_name
    outgoing.put(context, path, paper.content, paper.called)
    return path


def _called(issued: PaperIssued) -> str:
    return f"{_NAMES[issued.form]}{issued.number or issued.version_code}"


def _prepare(asking: Asking, kind: PaperKind) -> _Paper:
    """Enter a paper as issued."""
    case = asking.case
    if why_not := _why_not(asking, kind):
        raise Refused(f"不能出具“{kind.name}”：{why_not}。")
    if (why_asked := kind.needs_reason(asking)) and not asking.reason.strip():
        raise Refused(f"“{kind.name}”须写明理由（{why_asked}），请填写后再试。")
    content = kind.gather(asking)
    if _CORRECTION_TERM in content.facts.values:
        until = content.facts.values[_CORRECTION_TERM]
        case.correction_until = until if isinstance(until, date) else None
        asking.context.session.add(case)
    # Platform passwords are kept nowhere but in the roster: such a sheet is not printed again, but anew. Between commit
    # and writing alone it lies sealed among the files that are to be written, and is erased there when it is.
    return _enter(
        asking,
        kind,
        content,
        about=(case.number, case.applicant_name),
        remark=_remark(asking, kind),
        is_kept=not _bears_passwords(asking, kind),
    )


def _enter(
    asking: Asking | OfficeAsking,
    kind: PaperKind | OfficeKind,
    content: Content,
    *,
    about: tuple[str, str],
    remark: str = "",
    is_kept: bool = True,
) -> _Paper:
    """Enter a paper as issued; its file name has `about` in front and at the end."""
    context, case = asking.context, asking.case
    office = context.office if case is None else case.office_code
    version = _version(content.facts)
    if (before := _issued_alike(asking, kind, version)) is not None:
        # A second number for one and the same decision would be a second decision in the file.
        summary = f"{kind.name}{before.number}已出具过，原样重印（版本{version}{remark}）"
        journal.record(context, case, Act.PAPER_REPRINT, summary)
        kept = base64.b64decode(before.unseal(context.vault, "content"))
        return _Paper(_called(before), before.file_name, kept)
    serial, number = _next_number(asking, kind, office)
    facts = replace(content.facts, version=version, number=number, issued_on=content.facts.issued_on or context.today)
    written = _written(context, kind, content, facts)
    title = kind.name.split()[0] + ("" if serial is None else f"{serial:04}")
    paper = PaperIssued(
        case_id=None if case is None else case.id,
        office_code=office,
        form=kind.form,
        year=context.today.year,
        serial=serial,
        number=number,
        file_name=file_name(about[0], title, about[1], kind.extension),
        version_code=version,
        digest=hashlib.sha256(written).hexdigest(),
        issued_at=context.at,
        staff_name=context.clerk,
    )
    paper.seal(context.vault, content=base64.b64encode(written if is_kept else b"").decode())
    context.session.add(paper)
    context.session.flush()
    journal.record(context, case, Act.PAPER_ISSUE, f"出具{kind.name}{number}（版本{version}{remark}）")
    return _Paper(_called(paper), paper.file_name, written)


def _issued_alike(asking: Asking | OfficeAsking, kind: PaperKind | OfficeKind, version: str) -> PaperIssued | None:
    """The numbered paper of this case and form with the same version; None: there is none."""
    if asking.case is None or not kind.mark:
        return None
    return asking.context.session.exec(
        select(PaperIssued)
        .where(
            col(PaperIssued.case_id) == asking.case.id,
            col(PaperIssued.form) == kind.form,
            col(PaperIssued.version_code) == version,
            col(PaperIssued.serial).is_not(None),
        )
        .order_by(col(PaperIssued.id).desc())
    ).first()


def _written(context: Context, kind: PaperKind | OfficeKind, content: Content, facts: Facts) -> bytes:
    template = context.home.templates / f"{kind.form}.xlsx"
    if kind.extension == "xlsx" and template.is_file():
        return office_template.filled(template, facts)
    return content.render(facts, words_of(kind.form, context.home.wording) if kind.worded else UNWORDED)


def _next_number(
    asking: Asking | OfficeAsking, kind: PaperKind | OfficeKind, office_code: str
) -> tuple[int | None, str]:
    """The next serial number of an office, form and year, and the paper's number; None and empty without a mark."""
    if not kind.mark:
        return None, ""
    context = asking.context
    year = context.today.year
    serial = next_serial(
        context,
        PaperIssued.serial,
        col(PaperIssued.office_code) == office_code,
        col(PaperIssued.form) == kind.form,
        col(PaperIssued.year) == year,
    )
    office = context.rulebook.latest.offices[office_code].short_name
    return serial, f"{office}{kind.mark}〔{year}〕{serial:04}号"


def _folder(context: Context, folder: Path | None, number: str) -> Path:
    chosen = folder or context.home.papers / number
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"不能建立文件夹“{chosen}”，请检查路径和权限。") from fault
    return chosen


def _remark(asking: Asking, kind: PaperKind) -> str:
    """The journal's remark beside the version: printed passwords, and the reason."""
    passwords = "，印出平台密码" if _bears_passwords(asking, kind) else ""
    reason = f"，理由：{asking.reason}" if asking.reason else ""
    return f"{passwords}{reason}"


def _bears_passwords(asking: Asking, kind: PaperKind) -> bool:
    return asking.with_passwords and kind.form == "attachment-4"


def _version(facts: Facts) -> str:
    """The version code of a paper: the first 8 hexadecimal digits of SHA-256 over its values and tables."""
    printed = json.dumps([facts.values, facts.tables], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(printed.encode()).hexdigest()[:VERSION_CHARACTERS].upper()
