"""Cells of a roster that differ between two rows of one person, old and new as a clerk and a firm may read them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pxtui.casework.staff.sight import masked_account
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.text import canonical_code
from pxtui.policy import words
from pxtui.policy.facts import Trainee

BLANK = "空"
"""Stands where a cell has nothing, old or new."""

CELLS = "cells"
"""In the journal's values after, of a person who was put right: the changed cells."""

_OLD_SECRET, _NEW_SECRET = "原密码", "新密码（内容不显示）"
_VERDICTS = {True: "合格", False: "不合格", None: ""}

SEQ, NAME, ID_NUMBER = "序号", "姓名", "身份证号"
_PHONE, _ACCOUNT = "联系电话", "学员平台账号"
_MASKS: dict[str, Callable[[str], str]] = {_PHONE: phone.masked, _ACCOUNT: masked_account}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell, old and new; `BLANK` where there was or is nothing."""

    label: str
    """Heading of the column."""
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change in Chinese."""
        return f"{self.label}由{self.before}改为{self.after}"


def cell_changes(before: Trainee | None, after: Trainee | None) -> tuple[CellChange, ...]:
    """Every cell that differs, in the order of Attachment 4; None: there is no such row, and its cells are blank.

    ID numbers are masked, but for the digits by which two masked ones differ; of a password it is said that it is
    another one, never its text.
    """
    return tuple(_changes(before, after))


def differing_numbers(before: str, after: str) -> tuple[str, str]:
    """Two ID numbers, masked; where the masks would hide what differs, the differing characters are shown."""
    return _differing(canonical_code(before), canonical_code(after), id_number.masked)


def masked_cell(cell: CellChange) -> CellChange:
    """The change with masked phones and accounts, as lists and the journal show it; what the firm signs is whole."""
    mask = _MASKS.get(cell.label)
    if mask is None:
        return cell
    before, after = ("" if side == BLANK else side for side in (cell.before, cell.after))
    was, now = _differing(before, after, mask)
    return CellChange(cell.label, was or BLANK, now or BLANK)


def _differing(was: str, now: str, mask: Callable[[str], str]) -> tuple[str, str]:
    masked = mask(was), mask(now)
    if masked[0] != masked[1]:
        return masked
    return _shown_where_other(was, now, masked[0]), _shown_where_other(now, was, masked[1])


def _shown_where_other(number: str, other: str, masked: str) -> str:
    return "".join(
        character if character != another else cover
        for character, another, cover in zip(number, other, masked, strict=True)
    )


def _changes(before: Trainee | None, after: Trainee | None) -> Iterator[CellChange]:
    for label, value, in_words in _COLUMNS:
        was, now = (_said(value, row) for row in (before, after))
        if was != now:
            old, new = in_words(was, now)
            yield CellChange(label, old or BLANK, new or BLANK)


def _said(value: Callable[[Trainee], Any], row: Trainee | None) -> Any:
    """What a cell says; nothing is the same whether the cell or the whole row is missing."""
    said = None if row is None else value(row)
    return None if said == "" else said


def _plain(was: Any, now: Any) -> tuple[str, str]:
    return "" if was is None else str(was), "" if now is None else str(now)


def _in_hours(was: Decimal | None, now: Decimal | None) -> tuple[str, str]:
    return "" if was is None else words.hours(was), "" if now is None else words.hours(now)


def _in_verdicts(was: bool | None, now: bool | None) -> tuple[str, str]:
    return _VERDICTS[was], _VERDICTS[now]


def _in_masks(was: str | None, now: str | None) -> tuple[str, str]:
    return differing_numbers(was or "", now or "")


def _in_secret(was: str | None, now: str | None) -> tuple[str, str]:
    return _OLD_SECRET if was else "", _NEW_SECRET if now else ""


_COLUMNS: tuple[tuple[str, Callable[[Trainee], Any], Callable[[Any, Any], tuple[str, str]]], ...] = (
    (SEQ, lambda row: row.seq, _plain),
    (NAME, lambda row: row.name, _plain),
    ("性别", lambda row: row.sex, _plain),
    ("年龄", lambda row: row.age, _plain),
    (ID_NUMBER, lambda row: canonical_code(row.id_number), _in_masks),
    (_PHONE, lambda row: row.phone, _plain),
    ("课程学时", lambda row: row.course_hours, _in_hours),
    ("完成学时", lambda row: row.completed_hours, _in_hours),
    (_ACCOUNT, lambda row: row.account, _plain),
    ("密码", lambda row: row.password, _in_secret),
    ("考核是否合格", lambda row: row.passed, _in_verdicts),
    ("备注", lambda row: row.remark, _plain),
)
"""Heading, what the cell says, and how two that differ are worded."""
