"""Entering a paper as issued: number without gaps, bytes, entry in the journal; or the unchanged one of before."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.models import Act, PaperIssued
from pxtui.casework.lifecycle.serials import next_serial
from pxtui.casework.office import journal, outgoing
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import OUTCOME_NAMES
from pxtui.casework.printed import contacts
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.casework.printed.issued_titles import PAPER, TITLE
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.staff.sight import require_full
from pxtui.casework.staff.sign_in import marks
from pxtui.casework.verifying import notices
from pxtui.errors import Refused
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing import office_template
from pxtui.papers.writing.file_names import file_name
from pxtui.papers.writing.letter import Facts, title_of
from pxtui.papers.writing.wording import UNWORDED, words_of

VERSION_CHARACTERS = 8
OFFICE_FOLDER = "报表"
WITH_NUMBERS = frozenset({"attachment-1", "attachment-2", "attachment-3", "attachment-4", "check-record"})
"""Forms on which full numbers stand: ID numbers, phones, accounts."""
_WITH_PASSWORDS = "（含密码）"
NAMES = {form: kind.name for form, kind in (BY_FORM | OFFICE_KINDS).items()}

_ABOUT_THE_ISSUE = frozenset({"answered_day", "officer", "checked_day", "until_day", "correct_by_day", "late_reason"})
"""Values that tell who issued a paper of a case and when, not of the matter: with others it is the same paper."""
_BEAR_THE_HEAD = frozenset({"daily-ledger", "monthly-ledger", "shift-list", "fund-approval", "payment-table"})
"""Papers that are signed and filed: `pxtui verify --anchor` holds the register against them."""
_REMARK = "remark"
"""Column of a payment table that tells the bank's answers too: an order that was carried out is no other order."""


@dataclass(frozen=True, slots=True)
class EnteredPaper:
    """A paper that is entered as issued and is to be written."""

    called: str
    """What it is, in Chinese, with its number."""
    file_name: str
    content: bytes
    is_again: bool = False
    """It was issued before and is unchanged."""


def enter(
    asking: Asking | OfficeAsking,
    kind: PaperKind | OfficeKind,
    content: Content,
    *,
    about: tuple[str, str],
    remark: str = "",
    is_kept: bool = True,
    told: Mapping[str, Any] | None = None,
) -> EnteredPaper:
    """Enter a paper as issued; one that is unchanged since its issue comes out as it was, under its number.

    Args:
        about: beginning and end of the file's name.
        remark: for the journal, beside the version.
        is_kept: whether its bytes may be stored.
        told: values for the journal, sealed.

    Raises:
        PxtuiError: it would bear a contact of the office that nobody has set, or numbers that the role sees masked.
    """
    context, case, version = asking.context, asking.case, version_of(kind, content.facts)
    require_sight(context, kind.form)
    if (before := issued_alike(asking, kind, version, about[0])) is not None:
        return _as_before(asking, kind, before, remark)
    _require_contacts(context, kind, content)
    office = context.office if case is None else case.office_code
    serial, number = _next_number(asking, kind, office)
    facts = as_issued(context, content.facts, number, _with_head(context, kind.form, version))
    content_bytes, own_title = written(context, kind, content, facts), _title_of(kind, facts, context)
    title = _file_title(own_title or kind.name.split()[0], serial, is_kept=is_kept)
    paper = PaperIssued(
        case_id=None if case is None else case.id,
        office_code=office,
        form=kind.form,
        year=context.today.year,
        serial=serial,
        number=number,
        file_name=file_name(about[0], title, about[1], kind.extension),
        version_code=version,
        digest=hashlib.sha256(content_bytes).hexdigest(),
        issued_at=context.at,
        staff_name=context.clerk,
    )
    paper.seal(context.vault, content=base64.b64encode(content_bytes if is_kept else b"").decode())
    context.session.add(paper)
    context.session.flush()
    noted = {**(told or {}), PAPER: paper.id} | ({TITLE: own_title} if own_title else {})
    journal.record(context, case, Act.PAPER_ISSUE, f"出具{kind.name}{number}（版本{version}{remark}）", after=noted)
    return EnteredPaper(called(paper), paper.file_name, content_bytes)


def require_sight(context: Context, form: str) -> None:
    """Refuse a paper with full numbers to who sees them masked.

    Raises:
        Refused: the acting person's role does.
    """
    if form in WITH_NUMBERS:
        require_full(context, f"带完整号码的{NAMES[form]}")


def _with_head(context: Context, form: str, version: str) -> str:
    """The version as it stands on a paper, with the head of the chain on papers that leave the reach of its key."""
    return f"{version} 链{head}" if form in _BEAR_THE_HEAD and (head := notices.head(context)) else version


def _require_contacts(context: Context, kind: PaperKind | OfficeKind, content: Content) -> None:
    if kind.worded:
        words = words_of(kind.form, context.home.wording)
        contacts.require_contacts(context, kind.name, kind.form, content.facts, words)


def _as_before(
    asking: Asking | OfficeAsking, kind: PaperKind | OfficeKind, before: PaperIssued, remark: str
) -> EnteredPaper:
    """A paper that is printed again under its number."""
    summary = f"{kind.name}{before.number}已出具过，原样重印（版本{before.version_code}{remark}）"
    journal.record(asking.context, asking.case, Act.PAPER_REPRINT, summary)
    return EnteredPaper(called(before), before.file_name, kept_bytes(asking.context, before), is_again=True)


def _file_title(title: str, serial: int | None, *, is_kept: bool) -> str:
    """What a file is called between its beginning and its end."""
    # Two files of one name, one of them with everybody's password, would be taken for each other.
    return title + ("" if serial is None else f"{serial:04}") + ("" if is_kept else _WITH_PASSWORDS)


def _title_of(kind: PaperKind | OfficeKind, facts: Facts, context: Context) -> str:
    """The title on a paper of a form that has several; empty where the form alone tells it."""
    first = LETTERS[kind.form][0] if kind.form in LETTERS else None
    if first is None or first.other_title is None:
        return ""
    return title_of(first, facts, words_of(kind.form, context.home.wording))


def put(context: Context, folder: Path, paper: EnteredPaper) -> Path:
    """Have a paper written once it stands in the register; where it will be."""
    path = folder / paper.file_name
    outgoing.put(context, path, paper.content, paper.called)
    return path


def folder_for(context: Context, folder: Path | None, number: str) -> Path:
    """The folder of papers about a case or the office, made where it is missing.

    Raises:
        PxtuiError: the disk refuses.
    """
    if folder is None:
        outgoing.make_office_folder(context.home)
    chosen = folder or context.home.papers / number
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"不能建立文件夹“{chosen}”，请检查路径和权限。") from fault
    return chosen


def called(issued: PaperIssued) -> str:
    """What an issued paper is, in Chinese, with its number."""
    return f"{NAMES[issued.form]}{issued.number or issued.version_code}"


def kept_bytes(context: Context, issued: PaperIssued) -> bytes:
    """The bytes of an issued paper; other ones where they were not stored."""
    return base64.b64decode(issued.unseal(context.vault, "content"))


def is_kept_whole(context: Context, issued: PaperIssued) -> bool:
    """Whether an issued paper can be printed again byte for byte."""
    return hashlib.sha256(kept_bytes(context, issued)).hexdigest() == issued.digest


def issued_alike(
    asking: Asking | OfficeAsking, kind: PaperKind | OfficeKind, version: str, begins: str
) -> PaperIssued | None:
    """The newest issued paper of this form about the same with the same version, if it was kept; None: there is none.

    Args:
        begins: the beginning of its file's name: the number of the case or batch, or the day of a report.
    """
    context, case = asking.context, asking.case
    about = (
        (col(PaperIssued.case_id) == case.id,)
        if case is not None
        else (
            col(PaperIssued.case_id).is_(None),
            col(PaperIssued.office_code) == context.office,
            col(PaperIssued.file_name).startswith(f"{begins} ", autoescape=True),
        )
    )
    found = context.session.exec(
        select(PaperIssued)
        .where(*about, col(PaperIssued.form) == kind.form, col(PaperIssued.version_code) == version)
        .order_by(col(PaperIssued.id).desc())
        .limit(1)
    ).first()
    return found if found is not None and is_kept_whole(context, found) else None


def version_of(kind: PaperKind | OfficeKind, facts: Facts) -> str:
    """The version code of a paper: the first 8 hexadecimal digits of SHA-256 over its values and tables.

    What tells of the issue alone is left out, so that the same matter has the same code on another day.
    """
    values, tables = facts.values, facts.tables
    if isinstance(kind, PaperKind):
        values = {name: value for name, value in values.items() if name not in _ABOUT_THE_ISSUE}
    if kind.form == "payment-table":
        tables = {
            table: [{**line, _REMARK: _without_answer(str(line.get(_REMARK, "")))} for line in lines]
            for table, lines in tables.items()
        }
    printed = json.dumps([values, tables], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(printed.encode()).hexdigest()[:VERSION_CHARACTERS].upper()


def _without_answer(remark: str) -> str:
    return "；".join(part for part in remark.split("；") if part not in OUTCOME_NAMES.values())


def as_issued(context: Context, facts: Facts, number: str, version: str = "") -> Facts:
    """The facts with number, version and day of issue; beside the version what the office does without."""
    marked = "　".join(filter(None, (version, marks(context))))
    return replace(facts, version=marked, number=number, issued_on=facts.issued_on or context.today)


def written(context: Context, kind: PaperKind | OfficeKind, content: Content, facts: Facts) -> bytes:
    """A paper as a file, by the office's own template, else with the office's own wording.

    Raises:
        PxtuiError: the template or the wording has a mistake.
    """
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
    office = context.rulebook.latest.office(office_code).short_name
    return serial, f"{office}{kind.mark}〔{year}〕{serial}号"
