"""Roster as plain values: rows read, rows refused, cells put right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal, TypeAlias

Form: TypeAlias = Literal[2, 4]
"""Attachment 2 (at the opening) or Attachment 4 (at the claim) of the notice."""

_UNSHOWN = "（密码，不显示）"

HIDDEN = "（隐藏或筛选掉的行）"
"""Stands in `was` before what a row says that nobody sees in a spreadsheet program."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person; the last five are Attachment 4's and empty in an Attachment 2."""

    seq: int
    name: str
    sex: str | None
    """男, 女, or None where the sheet says nothing readable."""
    age: int | None
    id_number: str
    phone: str
    remark: str
    course_hours: Decimal | None
    """学时 of 45 minutes, as the two below."""
    completed_hours: Decimal | None
    account: str
    password: str
    passed: bool | None

    def as_json(self, form: Form) -> dict[str, object]:
        """The row as `pxtui-roster/1` has it."""
        row: dict[str, object] = {
            "seq": self.seq,
            "name": self.name,
            "sex": self.sex,
            "age": self.age,
            "id_number": self.id_number,
            "phone": self.phone,
            "remark": self.remark,
        }
        if form == 4:
            row |= {
                "course_hours": _json_number(self.course_hours),
                "completed_hours": _json_number(self.completed_hours),
                "account": self.account,
                "password": self.password,
                "passed": self.passed,
            }
        return row


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken over; `row` counts from 1, `cell` is the address to look at (E7)."""

    sheet: str
    row: int
    cell: str
    seq: int
    reason: str
    """Sentence for the clerk, in Chinese: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell of a row taken over whose text was changed; control characters in `was` are spelt out."""

    row: int
    cell: str
    was: str
    now: str
    is_secret: bool = False
    """Whether it is a password, whose text nobody is shown."""

    @property
    def reads_blank(self) -> bool:
        """Whether the cell said something that nobody understands: nothing was put right, it counts as blank."""
        return bool(self.was.strip()) and not self.now

    @property
    def shown(self) -> tuple[str, str]:
        """What the cell said and what it is taken for, for the eyes of a clerk and of a firm."""
        if self.is_secret:
            return _UNSHOWN, self.now and _UNSHOWN
        return self.was, self.now

    @property
    def sentence(self) -> str:
        """What became of the cell, in Chinese."""
        was, now = self.shown
        if self.reads_blank:
            return f"读不懂 {self.cell}：“{was}”，按空白，请核对原件"
        return f"修正 {self.cell}：“{was}”改为“{now}”"


def put_right(repairs: Iterable[Repair]) -> list[Repair]:
    """Those that were put right, and not read as blank."""
    return [repair for repair in repairs if not repair.reads_blank]


def read_as_blank(repairs: Iterable[Repair]) -> list[Repair]:
    """Those that were not understood and count as blank."""
    return [repair for repair in repairs if repair.reads_blank]


class RowKind(Enum):
    """What a row is that is nobody's; the value is its name for the clerk."""

    BLANK = "空行"
    TITLE = "标题"
    HEADER = "表头"
    NUMBERED = "只有序号"
    """A template's running number, before anybody is entered."""
    TOTAL = "合计"
    NOTE = "说明"
    SIGNATURE = "签字栏"
    EXAMPLE = "示例"
    RULE = "填写要求"
    RULED_LINE = "分隔线"


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row that was neither taken over nor refused; `row` counts from 1."""

    row: int
    kind: RowKind


def others_sentence(others: Iterable[OtherRow]) -> str:
    """How many rows were nobody's, by kind, blank ones aside; empty where none was."""
    counts = Counter(other.kind.value for other in others if other.kind is not RowKind.BLANK)
    kinds = "、".join(f"{kind}{count}行" for kind, count in counts.items())
    return f"另有{kinds}，没有当作人员" if kinds else ""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet and what it was taken for."""

    letter: str
    heading: str
    """Text above it; empty where there is none."""
    meaning: str
    """The prescribed heading of what it holds; empty: it was passed over."""
    is_hidden: bool = False
    sample: str = ""
    """The end of the first text below the heading, by which a person tells columns apart."""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A whole roster."""

    form: Form
    sheet: str
    rows: tuple[RosterRow, ...]
    refused: tuple[Refusal, ...]
    repairs: tuple[Repair, ...]
    columns: tuple[SheetColumn, ...] = ()
    """From left to right; those without content and heading are missing."""
    others: tuple[OtherRow, ...] = ()
    """The rest of the rows: with `rows` and `refused`, all of the sheet."""
    notes: tuple[str, ...] = ()
    """Sentences for the clerk about what else stands in the file."""

    @property
    def read_as_blank(self) -> list[Repair]:
        """The cells that were not understood and count as blank."""
        return read_as_blank(self.repairs)

    @property
    def repairs_sentence(self) -> str:
        """How many cells were put right, and how many read as blank."""
        blank = len(self.read_as_blank)
        return f"修正{len(self.repairs) - blank}处" + (f"，读不懂、按空白{blank}处" if blank else "")

    @property
    def others_sentence(self) -> str:
        """See `others_sentence`."""
        return others_sentence(self.others)

    def as_json(self) -> dict[str, object]:
        """The answer `pxtui-roster/1`."""
        return {
            "schema": "pxtui-roster/1",
            "form": self.form,
            "sheet": self.sheet,
            "rows": [row.as_json(self.form) for row in self.rows],
            "refused": [
                {"sheet": it.sheet, "row": it.row, "cell": it.cell, "seq": it.seq, "reason": it.reason}
                for it in self.refused
            ],
            "repairs": [{"row": it.row, "cell": it.cell, "was": it.was, "now": it.now} for it in self.repairs],
        }


def _json_number(hours: Decimal | None) -> int | float | None:
    if hours is None:
        return None
    return int(hours) if hours == hours.to_integral_value() else float(hours)
