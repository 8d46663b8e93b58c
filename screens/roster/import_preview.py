"""What was recognised of a roster that came in, before any of it is stored."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from pxtui.casework.check import roster_import
from pxtui.casework.check.roster_import import Outlook, RosterChanges, RosterReading, RosterRow, Taken
from screens.frame.command import CommandId
from screens.frame.screen import Handlers
from screens.roster.preview_screen import PreviewScreen
from screens.terminal.theme import CAUTION, FAULT, GOOD, TEXT
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_COLUMNS = (
    ListColumn("序号", 4, right=True),
    ListColumn("姓名", 10),
    ListColumn("性别", 4),
    ListColumn("年龄", 4, right=True),
    ListColumn("身份证号", 18),
    ListColumn("联系电话", 12),
    ListColumn("备注", 0),
    ListColumn("审查", 4),
)


class Preview(PreviewScreen):
    """The rows as they would be taken; below them the columns, what was refused and what was put right, all of it."""

    name_in_keymap = "preview"
    scrolling_keys = "上下键、PgUp、PgDn、Home、End"

    def __init__(
        self,
        number: str,
        readings: Sequence[RosterReading],
        replaced: int,
        taken: Callable[[Taken], None],
        is_appended: bool = False,
    ) -> None:
        """`readings`: of one file, one a sheet; one of them is taken. `taken` hears what became of it.

        `is_appended`: offered is to put them behind the `replaced` people there, and not in their place.
        """
        super().__init__(number, _COLUMNS)
        self._tell = taken
        self._readings = self._sent = readings
        self._shown = 0
        self._replaced = replaced
        self._wants_append = is_appended and replaced > 0
        self._outlook: Outlook | None = None
        """What would come of it; None until it is known."""
        self._row = 0

    def handlers(self) -> Handlers:
        """Ins for appending, Ctrl+N for another sheet of the file."""
        return {**super().handlers(), "append": self.do_append, "other_sheet": self.do_other_sheet}

    def labels(self) -> Mapping[CommandId, str]:
        """What the keys do with what is shown."""
        rows = self.reading.rows
        return {
            "take": "导入" if rows else "",
            "append": ("替换" if self._is_appended else "接后") if rows and self._replaced else "",
            "other_sheet": "换一张" if len(self._readings) > 1 else "",
        }

    @property
    def reading(self) -> RosterReading:
        """What is shown."""
        return self._readings[self._shown]

    def load(self) -> None:
        """Show what was read, behind the people that are there where that is wanted."""
        reading = self.reading
        if self._wants_append and not self._is_appended and reading.rows:
            self.read(roster_import.behind_those_there, self.number, reading, then=self._append, hold=True)
            return
        counts = f"{len(reading.rows)}人  未读出{len(reading.refused)}行  {reading.repairs_sentence}"
        sheet = f"工作表“{reading.sheet}”"
        if len(self._readings) > 1:
            sheet += f"（{len(self._readings)}张名单中的第{self._shown + 1}张）"
        self.show_title(f"导入预览：附件{reading.form}，{sheet}", counts)
        self.show_keys()
        self._outlook = None
        self._show_rows(keep=False)
        self._notes.show(*self._paragraphs())
        self.say(f"尚未存入。{self._what_enter_does()}；Esc放弃。")
        # Nobody takes a list whose changes, and the money that they change, were not shown yet.
        self.read(roster_import.outlook, self.number, reading, then=partial(self._show_outlook, self._shown), hold=True)

    def _show_outlook(self, shown: int, outlook: Outlook) -> None:
        if shown == self._shown:
            self._outlook = outlook
            self._show_rows(keep=True)
            self._notes.show(*self._paragraphs(), keep=True)

    def _show_rows(self, *, keep: bool) -> None:
        verdicts = self._outlook.verdicts if self._outlook is not None else {}
        words = (verdicts[place].word if verdicts else "" for place in range(len(self.reading.rows)))
        self._listing.show((_cells(row, word) for row, word in zip(self.reading.rows, words, strict=True)), keep=keep)

    def do_take(self) -> None:
        """Enter; twice where something stays out."""
        if not self.reading.rows:
            self.warn("没有一行能够导入；请按下面未读出的原因改好文件，再导入。")
        elif (left_out := self._left_out()) and not self.is_warned:
            self.warn_once(f"{left_out}，不会导入；再按Enter导入其余{len(self.reading.rows)}人，Esc放弃。")
        else:
            watch = self.long_work("正在导入", "已取消导入，花名册没有改动。")
            self.write(roster_import.take_reading, self.number, self.reading, watch, then=self._taken, hold=True)

    def _what_enter_does(self) -> str:
        heads = len(self.reading.rows)
        if not heads:
            return "没有一行能够导入，原因见下面"
        if not self._replaced:
            return f"Enter导入{heads}人"
        if self._is_appended:
            return f"Enter接在现有{self._replaced}人后面，共{heads}人；Ins改为替换"
        return f"Enter替换现有{self._replaced}人，换成这{heads}人；Ins改为接在后面"

    @property
    def _is_appended(self) -> bool:
        return self._readings is not self._sent

    def do_append(self) -> None:
        """Ins: behind the rows that stand there, and not in their place."""
        if not self.reading.rows or not self._replaced:
            self.say(
                f"{'花名册还没有人员' if self.reading.rows else '没有人员可以接后或替换'}，{self._what_enter_does()}。"
            )
            return
        self._wants_append = not self._wants_append
        self._readings = self._sent
        self.load()

    def _append(self, joined: RosterReading) -> None:
        self._readings = [*self._sent[: self._shown], joined, *self._sent[self._shown + 1 :]]
        self.load()
        self._listing.press("end")

    def do_other_sheet(self) -> None:
        """Ctrl+N: the roster on the next sheet."""
        if len(self._readings) > 1:
            self._readings = self._sent
            self._shown = (self._shown + 1) % len(self._readings)
            self.load()
        else:
            self.say("这份文件里只有这一张名单。")

    def after_key(self) -> None:
        """Another row has another verdict."""
        super().after_key()
        row, self._row = self._row, self._listing.index
        if self._outlook is not None and row != self._row and (verdict := self._outlook.verdicts.get(self._row)):
            self.say("".join(verdict.messages))

    def _taken(self, taken: Taken) -> None:
        self.leave()
        self._tell(taken)

    def _left_out(self) -> str:
        refused = f"有{len(self.reading.refused)}行没有读出" if self.reading.refused else ""
        others = f"另有{len(self._readings) - 1}张名单" if len(self._readings) > 1 else ""
        return "，".join(filter(None, (refused, others)))

    def _paragraphs(self) -> Iterable[Paragraph]:
        reading = self.reading
        # The money goes before all else: it stands where nobody has to scroll.
        changes = self._outlook.changes if self._outlook is not None else RosterChanges()
        if changes.figures.sentence:
            yield changes.figures.sentence, CAUTION
        cells: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for refused in reading.refused:
            cells[refused.sheet, refused.reason].append(refused.cell)
        for (sheet, reason), addresses in cells.items():
            yield f"未读出{len(addresses)}行，工作表“{sheet}”{'、'.join(addresses)}：{reason}", FAULT
        for sentence in reading.notes:
            yield f"{sentence}。", CAUTION
        if reading.others_sentence:
            yield f"{reading.others_sentence}。", TEXT
        yield from self._about_columns()
        for sentence in changes.sentences_of_rows:
            yield sentence, CAUTION
        for repair in reading.repairs:
            yield repair.sentence, CAUTION
        if not reading.refused and not reading.repairs:
            yield "全部原样读出，没有修正。", GOOD

    def _about_columns(self) -> Iterable[Paragraph]:
        known = [
            f"{column.letter}{column.meaning}"
            + (f"（{column.heading}）" if column.heading not in ("", column.meaning) else "")
            for column in self.reading.columns
            if column.meaning
        ]
        ignored = [
            f"{column.letter}{column.heading or '（无表头）'}" for column in self.reading.columns if not column.meaning
        ]
        by_content = "" if any(column.heading for column in self.reading.columns) else "没有表头，按内容和次序"
        yield f"{by_content}认出：{' '.join(known)}", TEXT
        if ignored:
            yield f"没有用到的列：{' '.join(ignored)}", CAUTION

    def help_texts(self) -> tuple[str, ...]:
        """What the preview is for."""
        return (
            "导入预览：上面是识别出的人员；下面依次是补贴金额的变化、未读出的行、各列认作什么、与原名单逐格的差异、修正和读不懂的单元格，一条不漏。",
            "Tab在上下两部分之间换，左右键随时翻下面的说明；一个文件有几张名单时用Ctrl+N换一张。",
            "名单里已有人员时，粘贴的接在后面，文件替换现有名单；Ins换成另一种，提示行写明Enter会怎样。有未读出的行时要再按一次；导入后可在花名册继续修改，F8整体撤销。",
        )


def _cells(row: RosterRow, word: str) -> tuple[str, ...]:
    age = "" if row.age is None else str(row.age)
    return (str(row.seq), row.name, row.sex or "", age, row.id_number, row.phone, row.remark, word)
