"""Papers are issued: numbered without gaps, recorded, kept as they were, and printed again exactly so."""

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
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.serials import next_serial
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, KINDS, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.clock import CHINA
from pxtui.errors import NotFound, Refused
from pxtui.papers.writing import office_template
from pxtui.papers.writing.file_names import file_name
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import UNWORDED, words_of
from pxtui.papers.writing.workbook_file import store
from pxtui.policy.working_days import CalendarMissing
from pxtui.progress import Watch

VERSION_CHARACTERS = 8

_CORRECTION_TERM = "until_day"
"""What a correction notice calls the last day for the correction."""
_OFFICE_FOLDER = "报表"
_NAMES = {form: kind.name for form, kind in (BY_FORM | OFFICE_KINDS).items()}
_NAMED = 3
"""Of the papers that were issued, as many as a sentence has room for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of paper and whether a case has it now."""

    form: str
    name: str
    why_not: str
    """Empty: it can be issued."""
    needs_reason: str
    """What the reason is asked for; empty: none is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clerk asks for beside the form."""

    reason: str = ""
    with_passwords: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was issued before."""

    id: int
    name: str
    number: str
    issued_at: str
    staff_name: str
    file_name: str


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """All about a case's papers: those that it may have, and those that it had."""

    offers: list[Offer]
    issued: list[Issued]


def desk(context: Context, number: str) -> PaperDesk:
    """What the page of papers shows."""
    return PaperDesk(offers(context, number), issued_before(context, number))


def offers(context: Context, number: str) -> list[Offer]:
    """Every kind of paper, and why a case does not have it now."""
    asking = Asking(context, find(context, number))
    return [_offer(asking, kind) for kind in KINDS]


def _offer(asking: Asking, kind: PaperKind) -> Offer:
    try:
        return Offer(kind.form, kind.name, kind.why_not(asking), kind.needs_reason(asking))
    except CalendarMissing as fault:
        # The papers that need no verdict are there all the same.
        return Offer(kind.form, kind.name, fault.sentence.rstrip("。"), "")


def possible_now(context: Context, number: str, reason: str = "") -> list[str]:
    """The forms that a case has now; those that need a reason only where one is given."""
    return [offer.form for offer in offers(context, number) if not offer.why_not and (reason or not offer.needs_reason)]


def issue(
    context: Context,
    number: str,
    forms: Sequence[str],
    folder: Path | None = None,
    wish: Wish = Wish(),
    watch: Watch | None = None,
) -> list[Path]:
    """Write papers and record that they were issued: every one of them or none.

    Args:
        folder: where to; the case's folder in the data folder where None.

    Raises:
        PxtuiError: the case has no such paper now, a paper needs a reason, or the disk refuses.
        Cancelled: `watch` says so; no file is written.
    """
    asking = Asking(context, find(context, number), wish.reason, wish.with_passwords, wish.seed)
    where = _folder(context, folder, asking.case.number)
    prepared = [_prepare(asking, _kind(form)) for some in (watch or Watch()).chunks(forms, 1) for form in some]
    for name, content in prepared:
        store(content, where / name)
    return [where / name for name, _ in prepared]


def issue_for_office(context: Context, form: str, day: date, folder: Path | None = None) -> Path:
    """Write a paper about the whole office and record that it was issued.

    Args:
        day: the day that it tells of, or any day of the month.
        folder: where to; the office's folder in the data folder where None.

    Raises:
        PxtuiError: there is no such paper, the day has not come, or the disk refuses.
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
    name, content = _enter(asking, kind, kind.gather(asking), about=(period, office))
    path = _folder(context, folder, _OFFICE_FOLDER) / name
    store(content, path)
    return path


def issue_of_several(
    context: Context, form: str, content: Content, about: tuple[str, str], folder: Path | None = None
) -> Path:
    """Write a paper about several cases, gathered by whoever has them together, and record that it was issued.

    Args:
        about: what its file name begins with, such as the batch's number, and ends with.
        folder: where to; the office's folder in the data folder where None.

    Raises:
        PxtuiError: the disk refuses.
    """
    asking = OfficeAsking(context, context.today, context.today)
    name, written = _enter(asking, _kind(form), content, about=about)
    path = _folder(context, folder, _OFFICE_FOLDER) / name
    store(written, path)
    return path


def issued_before(context: Context, number: str | None) -> list[Issued]:
    """The papers of a case that were issued, the newest first; None: those about whole offices."""
    case_id = None if number is None else find(context, number).id
    about_it = select(PaperIssued).where(col(PaperIssued.case_id) == case_id)
    return [
        Issued(
            one.id,
            _NAMES[one.form],
            one.number,
            f"{one.issued_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            one.staff_name,
            one.file_name,
        )
        for one in context.session.exec(about_it.order_by(col(PaperIssued.id).desc()))
    ]


def issued_as(context: Context, number: str | None, called: str) -> int:
    """The id of the newest paper of a case, or about whole offices, with this number, file name or version code.

    Raises:
        PxtuiError: none was issued that is called so.
    """
    case_id = None if number is None else find(context, number).id
    names = (col(PaperIssued.number), col(PaperIssued.file_name), col(PaperIssued.version_code))
    issued = select(PaperIssued.id).where(
        col(PaperIssued.case_id) == case_id, or_(*(name == called.strip() for name in names))
    )
    found = context.session.exec(issued.order_by(col(PaperIssued.id).desc())).first() if called.strip() else None
    if found is None:
        before = [one.number or one.file_name for one in issued_before(context, number)]
        known = f"最近出具的有：{'、'.join(before[:_NAMED])}" if before else "还没有出具过文书"
        raise NotFound(f"没有已出具的“{called}”，{known}。")
    return found


def print_again(context: Context, issued_id: int, folder: Path | None = None) -> Path:
    """Write a paper that was issued before, byte for byte as it was.

    Raises:
        PxtuiError: there is no such paper, its content was not kept, or the disk refuses.
    """
    one = context.session.get(PaperIssued, issued_id)
    if one is None:
        raise NotFound("没有这份已出具的文书，请刷新后再试。")
    content = base64.b64decode(one.unseal(context.vault, "content"))
    if hashlib.sha256(content).hexdigest() != one.digest:
        raise Refused(f"“{one.file_name}”没有留存原件，不能原样重印；可以另出一份新的。")
    case = None if one.case_id is None else context.session.get(Case, one.case_id)
    path = _folder(context, folder, _OFFICE_FOLDER if case is None else case.number) / one.file_name
    store(content, path)
    summary = f"重印{_NAMES[one.form]}（{one.number or one.version_code}）"
    journal.record(context, case, Act.PAPER_AGAIN, summary)
    return path


def _kind(form: str) -> PaperKind:
    if form not in BY_FORM:
        raise NotFound(f"没有名为“{form}”的文书，可用：{'、'.join(BY_FORM)}。")
    return BY_FORM[form]


def _prepare(asking: Asking, kind: PaperKind) -> tuple[str, bytes]:
    """Enter a paper as issued; its file name and content."""
    case = asking.case
    if why_not := kind.why_not(asking):
        raise Refused(f"不能出具“{kind.name}”：{why_not}。")
    if (why_asked := kind.needs_reason(asking)) and not asking.reason.strip():
        raise Refused(f"“{kind.name}”须写明理由（{why_asked}），请填写后再试。")
    content = kind.gather(asking)
    if _CORRECTION_TERM in content.facts.values:
        until = content.facts.values[_CORRECTION_TERM]
        case.correction_until = until if isinstance(until, date) else None
        asking.context.session.add(case)
    # Platform passwords are kept nowhere but in the roster: such a sheet is not printed again, but anew.
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
) -> tuple[str, bytes]:
    """Enter a paper as issued; its file name, which has `about` in front and at the end, and its content."""
    context, case = asking.context, asking.case
    office = context.office if case is None else case.office_code
    version = _version(content.facts)
    if (before := _issued_alike(asking, kind, version)) is not None:
        # A second number for one and the same decision would be a second decision in the file.
        told = f"{kind.name}{before.number}已出具过，原样重印（版本{version}{remark}）"
        journal.record(context, case, Act.PAPER_REPRINT, told)
        return before.file_name, base64.b64decode(before.unseal(context.vault, "content"))
    serial, number = _next_number(asking, kind, office)
    facts = replace(content.facts, version=version, number=number, issued_on=content.facts.issued_on or context.today)
    written = _written(context, kind, content, facts)
    paper = kind.name.split()[0] + ("" if serial is None else f"{serial:04}")
    one = PaperIssued(
        case_id=None if case is None else case.id,
        office_code=office,
        form=kind.form,
        year=context.today.year,
        serial=serial,
        number=number,
        file_name=file_name(about[0], paper, about[1], kind.extension),
        version_code=version,
        digest=hashlib.sha256(written).hexdigest(),
        issued_at=context.at,
        staff_name=context.clerk,
    )
    one.seal(context.vault, content=base64.b64encode(written if is_kept else b"").decode())
    context.session.add(one)
    context.session.flush()
    journal.record(context, case, Act.PAPER_ISSUE, f"出具{kind.name}{number}（版本{version}{remark}）")
    return one.file_name, written


def _issued_alike(asking: Asking | OfficeAsking, kind: PaperKind | OfficeKind, version: str) -> PaperIssued | None:
    """The numbered paper of this case that says the same; None: there is none."""
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
    """The next number of an office, form and year."""
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
    """What the journal says beside the version."""
    passwords = "，印出平台密码" if _bears_passwords(asking, kind) else ""
    reason = f"，理由：{asking.reason}" if asking.reason else ""
    return f"{passwords}{reason}"


def _bears_passwords(asking: Asking, kind: PaperKind) -> bool:
    return asking.with_passwords and kind.form == "attachment-4"


def _version(facts: Facts) -> str:
    """A short code of what is printed, the same as long as nothing of it changes."""
    told = json.dumps([facts.values, facts.tables], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:VERSION_CHARACTERS].upper()
