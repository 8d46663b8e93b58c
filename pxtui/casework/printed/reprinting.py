"""Issued papers: their list, and printing one again from the store, byte for byte."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, or_, select

from db.models import Act, Case, PaperIssued
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.printed import entering
from pxtui.casework.printed.entering import NAMES, OFFICE_FOLDER, EnteredPaper
from pxtui.clock import CHINA
from pxtui.errors import NotFound, Refused

_NAMED = 3
"""How many issued papers a refusal names."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper for a list; `issued_at` is YYYY-MM-DD HH:MM, China time."""

    id: int
    name: str
    number: str
    issued_at: str
    staff_name: str
    file_name: str


def issued_before(context: Context, number: str | None) -> list[Issued]:
    """The issued papers of a case, the newest first; `number` None: those about whole offices."""
    case_id = None if number is None else find(context, number).id
    # A case that was passed on keeps what the office before issued.
    seen = roles.of_seen_offices(context, PaperIssued.office_code) if number is None else ()
    about_it = select(PaperIssued).where(col(PaperIssued.case_id) == case_id, *seen)
    return [shown(paper) for paper in context.session.exec(about_it.order_by(col(PaperIssued.id).desc()))]


def shown(paper: PaperIssued) -> Issued:
    """An issued paper for a list."""
    return Issued(
        paper.id,
        NAMES[paper.form],
        paper.number,
        f"{paper.issued_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        paper.staff_name,
        paper.file_name,
    )


def issued_as(context: Context, number: str | None, called: str) -> int:
    """The id of the newest issued paper with this number, file name or version code.

    `number`: of the case; None: of papers about whole offices.

    Raises:
        PxtuiError: no such paper was issued.
    """
    case_id = None if number is None else find(context, number).id
    names = (col(PaperIssued.number), col(PaperIssued.file_name), col(PaperIssued.version_code))
    seen = roles.of_seen_offices(context, PaperIssued.office_code) if number is None else ()
    issued = select(PaperIssued.id).where(
        col(PaperIssued.case_id) == case_id, or_(*(name == called.strip() for name in names)), *seen
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
    entering.require_sight(context, paper.form)
    if not entering.is_kept_whole(context, paper):
        raise Refused(f"“{paper.file_name}”没有留存原件，不能原样重印；可以另出一份新的。")
    case = None if paper.case_id is None else context.session.get_one(Case, paper.case_id)
    roles.require_seen(context, paper.office_code if case is None else case.office_code, paper.number or "这份文书")
    where = entering.folder_for(context, folder, OFFICE_FOLDER if case is None else case.number)
    again = EnteredPaper(entering.called(paper), paper.file_name, entering.kept_bytes(context, paper))
    path = entering.put(context, where, again)
    summary = f"重印{NAMES[paper.form]}（{paper.number or paper.version_code}）"
    journal.record(context, case, Act.PAPER_AGAIN, summary)
    return path
