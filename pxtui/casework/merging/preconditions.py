"""What has to be done in a register before it can be one with others, because it cannot go along half done."""

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from db.models import OutgoingFile, StaffChange


def sentences(session: Session) -> Iterator[str]:
    """A Chinese sentence for each: what it is, and what to do."""
    changes = session.exec(select(func.count()).where(col(StaffChange.decided_on).is_(None))).one()
    if changes:
        yield f"有{changes}项人员或设置的更改等第二人确认，请先在那里确认或撤销。"
    unwritten = session.exec(select(func.count()).where(col(OutgoingFile.written_at).is_(None))).one()
    if unwritten:
        yield f"有{unwritten}个已登记出具而没有写成的文件，请先在那里重新打开程序补写，或运行 pxtui unwritten。"
