"""What was recognised of a roster that came in, before any of it is stored."""

from collections.abc import Callable, Iterable

from pxtui.casework import roster_import
from pxtui.casework.roster_import import RosterReading, Taken
from screens.case_screen import CaseScreen
from screens.theme import CAUTION, FAULT, GOOD
from screens.widgets.listing import Column, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_COLUMNS = (
    Column("序号", 4, right=True),
    Column("姓名", 12),
    Column("性别", 4),
    Column("年龄", 4, right=True),
    Column("身份证号", 18),
    Column("联系电话", 12),
    Column("备注", 0),
)
_NOTES_HEIGHT = 8
_MOST_NOTES = 200


class Preview(CaseScreen):
    """The rows as they would be taken; below them what was put right and what was refused, cell by cell."""

    name_in_registry = "preview"

    def __init__(self, number: str, reading: RosterReading, replaced: int, taken: Callable[[Taken], None]) -> None:
        """`taken` hears what became of it."""
        super().__init__(number)
        self._tell = taken
        self._reading = reading
        self._replaced = replaced
        self._listing = Listing(_COLUMNS)
        self._notes = Prose()
        self._notes.styles.height = _NOTES_HEIGHT

    @property
    def pane(self) -> Pane:
        """The rows."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """Rows above, notes below."""
        return (self._listing, self._notes)

    def load(self) -> None:
        """Show what was read."""
        reading = self._reading
        counts = f"{len(reading.rows)}人  未读出{len(reading.refused)}行  修正{len(reading.repairs)}处"
        self.show_title(f"导入预览：附件{reading.form}，工作表“{reading.sheet}”", counts)
        self._listing.show(
            (
                str(row.seq),
                row.name,
                row.sex or "",
                "" if row.age is None else str(row.age),
                row.id_number,
                row.phone,
                row.remark,
            )
            for row in reading.rows
        )
        self._notes.show(*self._paragraphs())
        replaced = f"，替换现有{self._replaced}人" if self._replaced else ""
        self.say(f"尚未存入。Enter导入{len(reading.rows)}人{replaced}；Esc放弃。")

    def do_take(self) -> None:
        """Enter."""
        self.write(roster_import.take_reading, self.number, self._reading, then=self._taken, hold=True)

    def _taken(self, taken: Taken) -> None:
        self.leave()
        self._tell(taken)

    def pressed(self, key: str) -> None:
        """Left and right scroll the notes."""
        if key in ("left", "right"):
            self._notes.press("pageup" if key == "left" else "pagedown")

    def _paragraphs(self) -> Iterable[Paragraph]:
        for refused in self._reading.refused[:_MOST_NOTES]:
            yield f"未读出 {refused.sheet} {refused.cell}：{refused.reason}", FAULT
        for repair in self._reading.repairs[:_MOST_NOTES]:
            yield f"修正 {repair.cell}：“{repair.was}”改为“{repair.now}”", CAUTION
        if not self._reading.refused and not self._reading.repairs:
            yield "全部原样读出，没有修正。", GOOD

    def help_texts(self) -> tuple[str, ...]:
        """What the preview is for."""
        return (
            "导入预览：上面是识别出的人员，下面是未读出和修正的单元格（左右键翻页）。Enter整体导入，可在花名册继续修改。",
        )
